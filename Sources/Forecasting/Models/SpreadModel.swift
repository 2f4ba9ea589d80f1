/// How far the truth strays from the forecast: a size that depends on the features, times the quantiles of held-out
/// errors in units of that size.
struct SpreadModel: Sendable {
    private let size: BoostedTrees
    private let leastSize: Float
    private let low: Float
    private let high: Float
    private let isKnown: Bool

    /// - Parameters:
    ///   - centre: held-out forecasts of all samples.
    ///   - rows: the samples to learn from.
    init(
        _ table: BinnedTable, use: [Int], targets: [Float], centre: [Float], rows: [Int], tuning: ForecastTuning,
        seed: UInt64
    ) {
        isKnown = rows.count >= 24
        let errors = zip(targets, centre).map { $0 - $1 }
        let sizes = errors.map { abs($0) }
        var settings = tuning.settings(seed: seed)
        settings.trees = tuning.scaleTrees
        settings.rate = 0.2
        var grower = TreeGrower(table, use: use, targets: sizes, settings: settings)
        size = grower.grow(on: rows.map(Int32.init))
        var sum: Float = 0
        for i in rows { sum += sizes[i] }
        let least = 0.05 * sum / Float(max(rows.count, 1))
        leastSize = least
        guard least > 0 else {
            (low, high) = (0, 0)
            return
        }
        let ratios = rows.map { errors[$0] / max(grower.fitted[$0], least) }
        low = min(0, sampleQuantile(ratios, 0.1)) * tuning.widening
        high = max(0, sampleQuantile(ratios, 0.9)) * tuning.widening
    }

    /// Nil when there were too few samples to say.
    func spread(_ row: UnsafePointer<Float>) -> (low: Float, high: Float)? {
        guard isKnown else { return nil }
        let size = max(size.predict(row), leastSize)
        return (low * size, high * size)
    }
}
