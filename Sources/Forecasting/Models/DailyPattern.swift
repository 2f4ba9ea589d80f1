import Foundation

/// The value that a time of day usually has, from few days of history: weighted medians over the days nearby, mixed by
/// how well they would have told days left out, and carried on from the latest deviation.
struct DailyPattern: Sendable {
    /// One way to take the usual value.
    struct View: Sendable {
        /// Days after which a day counts half.
        let halfLife: Double
        /// How much more days of the same type count.
        let sameType: Float
        let kind: Kind
    }

    /// How the values of the days become one.
    enum Kind: Sendable {
        case median, mean
        /// Mean over the whole day around: for series that do not follow the time of day.
        case level
    }

    static let views = [
        View(halfLife: 4, sameType: 1, kind: .median),
        View(halfLife: 5, sameType: 8, kind: .median),
        View(halfLife: 14, sameType: 25, kind: .median),
        View(halfLife: 3, sameType: 1, kind: .mean),
        View(halfLife: 1, sameType: 3, kind: .mean),
        View(halfLife: 2, sameType: 1, kind: .level),
    ]

    let series: PreparedSeries
    /// Share of each view, for the first day ahead and for later ones.
    var shares: [[Float]]
    /// How fast the deviations of the last hours fade, in hours.
    var fadeHours = 3.0
    /// First interval that the views were judged on.
    let judgedFrom: Int
    /// Whether only earlier days were used to judge, as it is in earnest; young histories cannot afford that.
    let judgesByPast: Bool
    /// Usual value of the judged intervals without their own day, and without the day before as well.
    var leftOut: [[Float]] = []
    /// Running sums of what the judged intervals lie above their usual value.
    var residualSums: [Double] = [0]
    let hour: Int
    let median: Float
    /// Share of the usual value, the rest goes to the median of all; below one for histories under two days.
    private let trust: Float
    /// Share of plain values of the latest days while too few days are known to judge the views.
    private let caution: Float

    /// - Parameter trained: a pattern of the same series at an earlier moment, to go on with what it learned.
    init(_ series: PreparedSeries, trained: DailyPattern? = nil) {
        self.series = series
        let axis = series.axis
        hour = max(1, Int((1 / axis.hoursPerStep).rounded()))
        let days = Double(series.origin) / axis.perDay
        judgesByPast = days >= 14
        let affordable = trained == nil ? max(3, min(28, 2700 / axis.perDay)) : 2
        let judgedDays = min(affordable, judgesByPast ? days - 7 : days)
        judgedFrom = max(0, series.origin - Int(axis.perDay * judgedDays))
        let recent = series.observed.suffix(Int(axis.perDay * 28)).filter { !$0.isNaN }
        median = Float(quantile(recent, 0.5))
        trust = days >= 2 ? 1 : Float(days / (days + 0.25))
        caution = Float(min(max(1 - days / 6, 0), 0.6))
        shares = []
        judge(keeping: trained?.shares)
        residualSums = PreparedSeries.runningSums(residuals().map(Double.init))
        fadeHours = trained?.fadeHours ?? fittedFade()
    }

    /// Value expected at `t`, at or after the origin.
    func value(at t: Int) -> Float {
        var usual = trust * usualValue(at: t) + (1 - trust) * median
        if caution > 0, let yesterday = latestDay(at: t) { usual += caution * (yesterday - usual) }
        return usual + carried(from: series.origin, to: t)
    }

    /// Value that would have been expected at `t` just before `s`, with the day of `t` left out; nil for intervals
    /// that were not judged.
    func heldOutValue(at t: Int, knownBefore s: Int) -> Float? {
        guard s - hour >= judgedFrom, t < series.origin else { return nil }
        return leftOut[lead(from: s, to: t)][t - judgedFrom] + carried(from: s, to: t)
    }

    /// The latest known value at the same time of day; if that day was of another type, the mean of it and of the latest
    /// day of the same type, as far as there is one.
    private func latestDay(at t: Int) -> Float? {
        let type = series.axis.dayType[t]
        var latest: Float?
        for day in 1...60 {
            let i = series.axis.lag(t, days: day)
            if i < 0 { break }
            guard i < series.origin else { continue }
            let value = Float(series.filled[i])
            if series.axis.dayType[i] == type { return latest.map { ($0 + value) / 2 } ?? value }
            latest = latest ?? value
        }
        return latest
    }

    /// What is left of the deviation before `s` at `t`.
    private func carried(from s: Int, to t: Int) -> Float {
        guard s - hour >= judgedFrom else { return 0 }
        let i = s - judgedFrom
        let last = residualSums[i] - residualSums[i - 1]
        let lastHour = (residualSums[i] - residualSums[i - hour]) / Double(hour)
        let ahead = Double(t - s + 1) * series.axis.hoursPerStep
        return Float(0.5 * (last + lastHour) * exp(-ahead / fadeHours))
    }

    /// 0 for targets within a day, 1 for later ones.
    private func lead(from s: Int, to t: Int) -> Int {
        Double(t - s) < series.axis.perDay ? 0 : 1
    }

    private func usualValue(at t: Int) -> Float {
        var pool = PatternPool(series, hour: hour)
        pool.gather(at: t, before: series.origin)
        let shares = shares[lead(from: series.origin, to: t)]
        var sum: Float = 0
        for v in Self.views.indices { sum += shares[v] * (pool.value(v) ?? median) }
        return sum
    }
}
