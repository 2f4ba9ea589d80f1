import Foundation

/// Pairs of what was known and what happened, for one range of horizons.
struct SampleSet: Sendable {
    let width: Int
    private(set) var count = 0
    private(set) var features: [Float] = []
    private(set) var targets: [Float] = []
    private(set) var targetIndex: [Int] = []
    private(set) var knownBefore: [Int] = []
    private(set) var folds: [UInt8] = []
    /// Sample numbers per fold.
    private(set) var foldIndices: [[Int32]]

    /// - Parameters:
    ///   - horizons: in intervals, half-open.
    ///   - first: first target interval.
    ///   - halfLife: days after which samples lie half as dense; this is how recent days count more.
    init(
        _ builder: FeatureBuilder, horizons: Range<Int>, first: Int, limit: Int, halfLife: Double, folds: FoldPlan
    ) {
        width = builder.width
        foldIndices = Array(repeating: [], count: folds.count)
        let series = builder.series
        let perDay = series.axis.perDay
        let age = Double(series.origin - first) / perDay
        guard first < series.origin, age > 0 else { return }
        features = Array(repeating: 0, count: limit * width)
        let span = horizons.count
        let known = 1 - exp2(-age / halfLife)
        for n in 0..<limit {
            let quantile = (Double(n) + 0.5) / Double(limit) * known
            let back = -halfLife * log2(1 - quantile)
            let t = series.origin - 1 - Int(back * perDay)
            guard t >= first, !series.observed[t].isNaN else { continue }
            let s = t - horizons.lowerBound - (7 * n + 3 * Int(series.axis.day[t])) % span
            guard s >= 1 else { continue }
            let row = count * width
            features.withUnsafeMutableBufferPointer { buffer in
                if let start = buffer.baseAddress { builder.write(knownBefore: s, at: t, to: start + row) }
            }
            targets.append(Float(series.observed[t]))
            targetIndex.append(t)
            knownBefore.append(s)
            let fold = folds.fold(of: t)
            self.folds.append(UInt8(fold))
            foldIndices[fold].append(Int32(count))
            count += 1
        }
    }

    @inline(__always)
    func withRow(_ row: Int, _ body: (UnsafePointer<Float>) -> Void) {
        features.withUnsafeBufferPointer { buffer in
            if let start = buffer.baseAddress { body(start + row * width) }
        }
    }
}
