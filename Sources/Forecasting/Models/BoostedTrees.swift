/// A sum of shallow decision trees fitted for absolute error.
struct BoostedTrees: Sendable {
    /// Splits of complete trees, level by level, `splits` per tree.
    private(set) var features: [UInt16] = []
    private(set) var thresholds: [Float] = []
    private(set) var leaves: [Float] = []
    var start: Float
    private let depth: Int

    init(start: Float, depth: Int) {
        self.start = start
        self.depth = depth
    }

    var treeCount: Int { leaves.count >> depth }

    mutating func append(features: [UInt16], thresholds: [Float], leaves: [Float]) {
        self.features += features
        self.thresholds += thresholds
        self.leaves += leaves
    }

    /// - Parameter row: all features, as written by the feature builder.
    func predict(_ row: UnsafePointer<Float>) -> Float {
        let splits = (1 << depth) - 1
        var sum = start
        features.withUnsafeBufferPointer { features in
            thresholds.withUnsafeBufferPointer { thresholds in
                leaves.withUnsafeBufferPointer { leaves in
                    for tree in 0..<treeCount {
                        var node = 0
                        let base = tree * splits
                        for _ in 0..<depth {
                            let right = row[Int(features[base + node])] > thresholds[base + node]
                            node = 2 * node + (right ? 2 : 1)
                        }
                        sum += leaves[tree << depth + node - splits]
                    }
                }
            }
        }
        return sum
    }
}
