/// Values of one local time of day on earlier days, summarised.
struct DayLags {
    var first = 0.0
    var second = 0.0
    var firstIndex = 0
    /// A week before.
    var week = 0.0
    /// Mean of seven days.
    var days = 0.0
    /// Mean of up to four weeks at the same weekday.
    var weeks = 0.0
    /// Mean of the last days of the same type, within two weeks.
    var sameType = 0.0

    /// - Parameter k: how many days back the first known value lies.
    @inline(__always)
    init(_ filled: [Double], axis: TimeAxis, at t: Int, firstDay k: Int) {
        var daySum = 0.0
        var dayCount = 0.0
        var weekSum = 0.0
        var weekCount = 0.0
        var typeSum = 0.0
        var typeCount = 0.0
        let type = axis.dayType[t]
        var weekBefore: Double?
        for day in k...max(k + 6, 14) {
            let i = axis.lag(t, days: day)
            guard i >= 0 else { break }
            let value = filled[i]
            if day < k + 7 {
                daySum += value
                dayCount += 1
                if day == k {
                    first = value
                    firstIndex = i
                } else if day == k + 1 {
                    second = value
                }
            }
            if day == 7 || day == 14, axis.dayType[i] == type {
                weekSum += value
                weekCount += 1
                if day == 7 { weekBefore = value }
            }
            if typeCount < 4, axis.dayType[i] == type {
                typeSum += value
                typeCount += 1
            }
        }
        days = dayCount > 0 ? daySum / dayCount : 0
        if dayCount == 1 { second = first }
        for day in [21, 28] where day >= k {
            let i = axis.lag(t, days: day)
            if i < 0 { break }
            if axis.dayType[i] != type { continue }
            weekSum += filled[i]
            weekCount += 1
        }
        sameType = typeCount > 0 ? typeSum / typeCount : days
        // A holiday says nothing about the working day a week later, nor the other way round.
        week = weekBefore ?? (typeCount > 0 && k <= 7 ? sameType : days)
        weeks = weekCount > 0 ? weekSum / weekCount : sameType
    }

    /// What a plain mind would expect.
    var expectation: Double {
        0.4 * days + 0.3 * weeks + 0.3 * sameType
    }
}
