/// What is known before interval `s` that may tell the value of interval `t`.
struct FeatureBuilder: Sendable {
    let series: PreparedSeries
    let width: Int
    private let hour: Int
    private let perDay: Int

    /// Names of the first columns, for the report.
    static let names = [
        "d1", "d2", "d1s", "w1", "mD", "mW", "sT", "y1", "yh", "y24", "y168", "e1", "eh", "e3", "e24",
        "h", "tod", "dow", "type",
    ]
    static let base = names.count
    static let perRegressor = 5

    /// The features that trees look at: all but the mean of the last week.
    static func treeFeatures(width: Int) -> [Int] {
        (0..<width).filter { $0 != 10 }
    }

    init(_ series: PreparedSeries) {
        self.series = series
        width = Self.base + Self.perRegressor * series.regressors.count
        hour = max(1, Int((1 / series.axis.hoursPerStep).rounded()))
        perDay = max(1, Int(series.axis.perDay.rounded()))
    }

    func write(knownBefore s: Int, at t: Int, to row: UnsafeMutablePointer<Float>) {
        let axis = series.axis
        let firstDay = self.firstDay(knownBefore: s, at: t)
        let lags = DayLags(series.filled, axis: axis, at: t, firstDay: firstDay)
        row[0] = Float(lags.first)
        row[1] = Float(lags.second)
        row[2] = Float(series.mean(lags.firstIndex - hour, min(lags.firstIndex + hour + 1, s)))
        row[3] = Float(lags.week)
        row[4] = Float(lags.days)
        row[5] = Float(lags.weeks)
        row[6] = Float(lags.sameType)
        row[7] = Float(series.filled[s - 1])
        row[8] = Float(series.mean(s - hour, s))
        row[9] = Float(series.mean(s - perDay, s))
        row[10] = Float(series.mean(s - 7 * perDay, s))
        row[11] = series.deviation[s - 1]
        row[12] = Float(series.meanDeviation(s - hour, s))
        row[13] = Float(series.meanDeviation(s - 3 * hour, s))
        row[14] = Float(series.meanDeviation(s - perDay, s))
        row[15] = Float(Double(t - s) * axis.hoursPerStep)
        row[16] = axis.hour[t]
        row[17] = axis.dayType[t] == 2 ? 6 : Float(axis.weekday(t))
        row[18] = Float(axis.dayType[t])
        for (j, regressor) in series.regressors.enumerated() {
            write(regressor, s, t, lags.firstIndex, to: row + Self.base + j * Self.perRegressor)
        }
    }

    /// Whole days back to the first known value at the same time; one more when a clock change hides it.
    private func firstDay(knownBefore s: Int, at t: Int) -> Int {
        var k = Int(Double(t - s) / series.axis.perDay) + 1
        while k < series.axis.longestLag - 30, series.axis.lag(t, days: k) >= s { k += 1 }
        return k
    }

    private func write(
        _ x: PreparedRegressor, _ s: Int, _ t: Int, _ lag: Int, to row: UnsafeMutablePointer<Float>
    ) {
        let end = x.isPastOnly ? s - 1 : t
        let now = x.values[end]
        let before = x.values[lag]
        let day = x.mean(end + 1 - perDay, end + 1)
        row[0] = Float(now)
        row[1] = Float(now - before)
        row[2] = Float(day)
        row[3] = Float(now - x.mean(end + 1 - 7 * perDay, end + 1))
        row[4] = Float(before)
    }
}
