/// A regressor with its gaps bridged and running sums.
struct PreparedRegressor: Sendable {
    let isPastOnly: Bool
    let values: [Double]
    private let sums: [Double]

    init(_ regressor: Regressor, count: Int) {
        isPastOnly = regressor.isPastOnly
        var values = Array(regressor.values.prefix(count))
        while values.count < count { values.append(.nan) }
        GapFilling.interpolate(&values)
        self.values = values
        sums = PreparedSeries.runningSums(values)
    }

    @inline(__always)
    func mean(_ low: Int, _ high: Int) -> Double {
        let a = max(low, 0)
        let b = min(max(high, a + 1), values.count)
        return (sums[b] - sums[a]) / Double(b - a)
    }
}
