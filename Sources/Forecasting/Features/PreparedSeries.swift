import EnergyCore

/// A series made ready for features: outliers clipped, gaps filled, running sums and a simple day-ahead expectation
/// for every interval.
struct PreparedSeries: Sendable {
    let axis: TimeAxis
    /// Number of known intervals; the first unknown one has this index.
    let origin: Int
    /// Winsorised observations, NaN where missing.
    let observed: [Double]
    /// The same with gaps filled.
    let filled: [Double]
    let isSolar: Bool
    /// Range of the winsorised values of the window that sets the clipping.
    let range: ClosedRange<Double>
    let neverNegative: Bool
    let neverPositive: Bool
    let regressors: [PreparedRegressor]
    private let sums: [Double]
    private let deviationSums: [Double]
    /// Deviation of the observation from the expectation.
    let deviation: [Float]

    /// - Parameter forTraining: false to prepare only what a forecast from the end of the series looks at.
    init(_ input: ForecastInput, tuning: ForecastTuning, forTraining: Bool = true) {
        let values = input.values
        origin = values.count
        let count = values.count + input.horizon
        let perDay = 86_400 / input.resolution.inSeconds
        isSolar = SolarPattern.holds(values, perDay: perDay)
        let flags = HolidayFlags.flags(in: input.regressors, perDay: perDay, count: count)
        axis = TimeAxis(input, count: count, standardTime: isSolar, holidayFlags: flags)
        let recent = values.suffix(max(1, Int(90 * perDay))).filter { !$0.isNaN }
        neverNegative = !recent.contains { $0 < 0 }
        neverPositive = !recent.contains { $0 > 0 }
        let latest = values.suffix(max(1, Int(14 * perDay))).filter { !$0.isNaN }
        range = Self.clippingRange(recent, latest: latest, slack: isSolar ? tuning.solarSlack : tuning.slack)
        let low = range.lowerBound
        let high = range.upperBound
        observed = values.map { $0.isNaN ? $0 : min(max($0, low), high) }
        filled = GapFilling.filled(observed, axis: axis)
        sums = Self.runningSums(filled)
        regressors = input.regressors.map { PreparedRegressor($0, count: count) }
        deviation = Self.deviations(filled, axis: axis, latestDays: forTraining ? 366 : 2)
        deviationSums = Self.runningSums(deviation.map(Double.init))
    }

    /// Mean of the filled values in a half-open range of indices; the range is cut to what exists.
    @inline(__always)
    func mean(_ low: Int, _ high: Int) -> Double {
        let a = max(low, 0)
        let b = min(high, origin)
        return b > a ? (sums[b] - sums[a]) / Double(b - a) : 0
    }

    @inline(__always)
    func meanDeviation(_ low: Int, _ high: Int) -> Double {
        let a = max(low, 0)
        let b = min(high, origin)
        return b > a ? (deviationSums[b] - deviationSums[a]) / Double(b - a) : 0
    }

    static func runningSums(_ values: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: values.count + 1)
        var sum = 0.0
        for (i, value) in values.enumerated() {
            sum += value
            result[i + 1] = sum
        }
        return result
    }

    /// Bounds for clipping: one night of extreme prices would otherwise return through every lag. Where a series rested
    /// most of the time, what is usual in the latest weeks is no outlier.
    private static func clippingRange(_ recent: [Double], latest: [Double], slack: Double) -> ClosedRange<Double> {
        guard !recent.isEmpty else { return 0...0 }
        var (low, high) = middle(recent, leavingOut: 0.01)
        let rest = quantile(recent, 0.5)
        if !latest.isEmpty, recent.count(where: { $0 == rest }) * 2 > recent.count {
            let (a, b) = middle(latest, leavingOut: 0.03)
            low = min(low, a)
            high = max(high, b)
        }
        return (low - slack * (high - low))...(high + slack * (high - low))
    }

    private static func middle(_ values: [Double], leavingOut share: Double) -> (Double, Double) {
        let sorted = values.sorted()
        let last = Double(sorted.count - 1)
        return (sorted[Int(share * last)], sorted[Int(((1 - share) * last).rounded(.up))])
    }

    /// Observation minus the mean of the last days and weeks at the same time, where a week of history exists.
    private static func deviations(_ filled: [Double], axis: TimeAxis, latestDays: Double) -> [Float] {
        var result = [Float](repeating: 0, count: filled.count)
        let first = max(Int(7 * axis.perDay) + 4, filled.count - Int(latestDays * axis.perDay))
        guard first < filled.count else { return result }
        for t in first..<filled.count {
            result[t] = Float(filled[t] - DayLags(filled, axis: axis, at: t, firstDay: 1).expectation)
        }
        return result
    }
}
