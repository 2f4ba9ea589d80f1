import Foundation

/// Values of one local time on the days nearby.
struct PatternPool {
    private let series: PreparedSeries
    private let hour: Int
    private var values: [Float] = []
    private var distances: [Int] = []
    private var levels: [Float] = []
    private var kinship: [UInt8] = []
    private var isNeighbour: [Bool] = []
    private var pairs: [Weighted] = []
    /// Per view: weight of a day by its distance.
    private let ageWeights: [[Float]] = DailyPattern.views.map { view in
        (0...30).map { exp2f(-Float($0) / Float(view.halfLife)) }
    }

    init(_ series: PreparedSeries, hour: Int) {
        self.series = series
        self.hour = hour
    }

    /// The latest known days before, for a target at or after `limit`.
    mutating func gather(at t: Int, before limit: Int) {
        clear()
        var first = 0
        var day = 0
        while day < 21 {
            day += 1
            let back = series.axis.lag(t, days: min(day + first, series.axis.longestLag))
            if back >= limit {
                // Not known yet at such a distance: count days from the first known one.
                first += 1
                day -= 1
                if first > series.axis.longestLag { break }
                continue
            }
            if back < 0 { break }
            add(back, limit: limit, days: day, type: series.axis.dayType[t])
        }
    }

    /// Days before a known target from `lead` days back; and, unless only the past may tell, days after it but the
    /// next, which is too much like the target.
    mutating func gather(around t: Int, lead: Int, byPast: Bool, before limit: Int) {
        clear()
        let type = series.axis.dayType[t]
        for day in lead...21 {
            let back = series.axis.lag(t, days: day)
            if back < 0 { break }
            add(back, limit: limit, days: day - lead + 1, type: type)
        }
        if byPast { return }
        for day in 2...10 {
            let ahead = series.axis.lead(t, days: day)
            if ahead >= limit { break }
            add(ahead, limit: limit, days: day, type: type)
        }
    }

    private mutating func clear() {
        values.removeAll(keepingCapacity: true)
        distances.removeAll(keepingCapacity: true)
        levels.removeAll(keepingCapacity: true)
        kinship.removeAll(keepingCapacity: true)
        isNeighbour.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ index: Int, limit: Int, days: Int, type: UInt8) {
        let level = Float(series.mean(index - 12 * hour, min(index + 12 * hour, limit)))
        for step in [-hour, 0, hour] {
            let i = index + step
            guard i >= 0, i < limit, !series.observed[i].isNaN else { continue }
            levels.append(level)
            values.append(Float(series.observed[i]))
            distances.append(days)
            let other = series.axis.dayType[index]
            kinship.append(other == type ? 2 : other > 0 && type > 0 ? 1 : 0)
            isNeighbour.append(step != 0)
        }
    }

    mutating func value(_ number: Int) -> Float? {
        let view = DailyPattern.views[number]
        let ages = ageWeights[number]
        guard !values.isEmpty else { return nil }
        pairs.removeAll(keepingCapacity: true)
        var sum: Float = 0
        var total: Float = 0
        for i in values.indices {
            var weight = ages[distances[i]]
            weight *= kinship[i] == 2 ? view.sameType : kinship[i] == 1 ? view.sameType.squareRoot() : 1
            if isNeighbour[i] {
                if view.kind == .level { continue }
                if view.kind == .median { weight *= 0.7 }
            }
            pairs.append(Weighted(value: values[i], weight: weight))
            sum += weight * (view.kind == .level ? levels[i] : values[i])
            total += weight
        }
        return view.kind == .median ? pairs.withUnsafeMutableBufferPointer { $0.quantile(0.5) } : sum / total
    }
}
