/// Features sorted into at most 64 bins each, column by column: all a tree needs to find its splits.
struct BinnedTable {
    let rows: Int
    let columns: Int
    /// Column-major.
    let bins: [UInt8]
    /// Upper edges per column; a value belongs to the first bin whose edge is not below it.
    let edges: [[Float]]

    /// - Parameter use: which of the features of a row become columns.
    init(features: [Float], width: Int, rows: Int, use: [Int], binCount: Int) {
        self.rows = rows
        columns = use.count
        var bins = [UInt8](repeating: 0, count: rows * use.count)
        var edges: [[Float]] = []
        bins.withUnsafeMutableBufferPointer { bins in
            features.withUnsafeBufferPointer { features in
                for (c, feature) in use.enumerated() {
                    let e = Self.edges(features, feature: feature, width: width, rows: rows, binCount: binCount)
                    edges.append(e)
                    Self.assign(features, feature, width, rows, edges: e, to: bins, at: c * rows)
                }
            }
        }
        self.bins = bins
        self.edges = edges
    }

    /// Quantiles of an even selection of the rows; sorting all of them would cost more than the trees.
    private static func edges(
        _ features: UnsafeBufferPointer<Float>, feature: Int, width: Int, rows: Int, binCount: Int
    ) -> [Float] {
        let taken = min(rows, 512)
        guard taken > 0 else { return [] }
        var sample = [Float](repeating: 0, count: taken)
        for i in 0..<taken { sample[i] = features[(i * rows / taken) * width + feature] }
        sample.sort()
        var edges: [Float] = []
        for b in 1..<binCount {
            let at = b * taken / binCount
            guard at > 0 else { continue }
            let low = sample[at - 1]
            let high = sample[at]
            let edge = low + (high - low) / 2
            let previous = edges.last ?? -Float.infinity
            if high > low && edge > previous { edges.append(edge) }
        }
        return edges
    }

    @inline(__always)
    private static func assign(
        _ features: UnsafeBufferPointer<Float>, _ feature: Int, _ width: Int, _ rows: Int, edges: [Float],
        to bins: UnsafeMutableBufferPointer<UInt8>, at offset: Int
    ) {
        edges.withUnsafeBufferPointer { edges in
            for r in 0..<rows {
                let value = features[r * width + feature]
                var low = 0
                var high = edges.count
                while low < high {
                    let middle = (low + high) >> 1
                    if edges[middle] < value { low = middle + 1 } else { high = middle }
                }
                bins[offset + r] = UInt8(truncatingIfNeeded: low)
            }
        }
    }
}
