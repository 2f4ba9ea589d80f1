/// A linear model for one range of horizons, fitted for absolute error by reweighting, and once more without each fold.
struct RidgeModel: Sendable {
    private let columns: RidgeColumns
    private let centre: [Float]
    private let scale: [Float]
    /// Coefficients of the standardised columns, the constant last: all samples first, then without fold 0, 1, ...
    private let coefficients: [[Float]]

    init(_ samples: SampleSet, tuning: ForecastTuning, regressors: Int) {
        let columns = RidgeColumns(regressors: regressors)
        self.columns = columns
        let table = StandardTable(samples, columns: columns)
        centre = table.centre
        scale = table.scale
        var weights = [Float](repeating: 1, count: samples.count)
        var fits: [[Float]] = []
        for round in 0..<3 {
            let grams = table.grams(weights: weights, folds: samples.foldIndices)
            let total = grams.dropFirst().reduce(grams[0], +)
            let full = Self.solve(total, columns: columns.count, penalty: tuning.ridgePenalty)
            if round == 2 {
                fits =
                    [full]
                    + grams.map { Self.solve(total - $0, columns: columns.count, penalty: tuning.ridgePenalty) }
            } else {
                weights = Self.weights(for: table.residuals(full))
            }
        }
        coefficients = fits
    }

    /// Value by all samples, or by those outside `fold`.
    func predict(_ row: UnsafePointer<Float>, without fold: Int? = nil) -> Float {
        let b = coefficients[fold.map { $0 + 1 } ?? 0]
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: columns.count) { z in
            guard let start = z.baseAddress else { return 0 }
            columns.write(row, to: start)
            var sum = b[columns.count]
            for i in 0..<columns.count { sum += b[i] * (start[i] - centre[i]) * scale[i] }
            return sum
        }
    }

    /// Weights that turn squared into absolute error, with mean one.
    private static func weights(for residuals: [Float]) -> [Float] {
        let mean = residuals.reduce(0) { $0 + abs($1) } / Float(max(residuals.count, 1))
        let floor = max(0.1 * mean, .leastNormalMagnitude)
        let weights = residuals.map { 1 / max(abs($0), floor) }
        let sum = weights.reduce(0, +)
        guard sum > 0, sum.isFinite else { return [Float](repeating: 1, count: residuals.count) }
        let factor = Float(weights.count) / sum
        return weights.map { $0 * factor }
    }

    private static func solve(_ gram: GramMatrix, columns: Int, penalty: Double) -> [Float] {
        let n = columns + 1
        let total = max(gram[columns, columns], 1e-30)
        var a = [Double](repeating: 0, count: n * n)
        var b = [Double](repeating: 0, count: n)
        for i in 0..<n {
            for j in 0...i { a[i * n + j] = gram[i, j] / total }
            b[i] = gram[i, columns + 1] / total
            if i < columns { a[i * n + i] += penalty }
        }
        return Cholesky.solve(&a, &b) ? b.map(Float.init) : [Float](repeating: 0, count: n)
    }
}
