import EnergyCore

/// How many trees and how they grow.
struct TreeSettings: Sendable {
    var trees: Int
    var depth: Int
    var rate: Float
    var leafWeight: Float
    var featureShare: Double
    /// About how many rows each tree sees.
    var rowsPerTree: Int
    /// About how many rows of a leaf its value is taken from.
    var leafRows: Int
    var seed: UInt64
}

/// Grows boosted trees on binned features. Holds its working memory so that trees cost no allocation.
struct TreeGrower {
    private let table: BinnedTable
    private let use: [Int]
    private let targets: [Float]
    private let settings: TreeSettings
    private var random: SeededGenerator
    /// Current values for all rows, those that are not trained on as well.
    private(set) var fitted: [Float]
    /// Gradient and weight of the rows of the current tree, in their order.
    private var gradient: [SIMD2<Float>]
    private var order: [Int32] = []
    private var spare: [SplitSearch.Row]
    private var pairs: [Weighted]

    init(_ table: BinnedTable, use: [Int], targets: [Float], settings: TreeSettings) {
        self.table = table
        self.use = use
        self.targets = targets
        self.settings = settings
        random = SeededGenerator(seed: settings.seed)
        fitted = Array(repeating: 0, count: table.rows)
        gradient = []
        spare = Array(repeating: SplitSearch.Row(number: 0, gradient: .zero), count: table.rows)
        pairs = Array(repeating: Weighted(value: 0, weight: 0), count: table.rows)
    }

    /// Trains on the given rows.
    mutating func grow(on rows: [Int32]) -> BoostedTrees {
        let start = median(of: rows)
        var model = BoostedTrees(start: start, depth: settings.depth)
        for i in fitted.indices { fitted[i] = start }
        for _ in 0..<settings.trees { addTree(to: &model, rows: rows) }
        return model
    }

    private mutating func median(of rows: [Int32]) -> Float {
        for (n, r) in rows.enumerated() {
            pairs[n] = Weighted(value: targets[Int(r)], weight: 1)
        }
        return pairs.withUnsafeMutableBufferPointer {
            UnsafeMutableBufferPointer(rebasing: $0[0..<rows.count]).quantile(0.5)
        }
    }

    private mutating func addTree(to model: inout BoostedTrees, rows: [Int32]) {
        pickRows(from: rows)
        let columns = pickColumns()
        var search = SplitSearch(table: table, columns: columns, depth: settings.depth, leafWeight: settings.leafWeight)
        search.run(gradient: &gradient, order: &order, spare: &spare)
        let leaves = leafValues(search)
        model.append(
            features: search.splitColumns.map { UInt16(use[$0]) },
            thresholds: zip(search.splitColumns, search.splitBins).map { column, bin in
                bin < table.edges[column].count ? table.edges[column][bin] : .infinity
            },
            leaves: leaves)
        apply(search, leaves: leaves)
    }

    private mutating func pickRows(from rows: [Int32]) {
        let count = min(rows.count, settings.rowsPerTree)
        let all = rows.count <= settings.rowsPerTree
        if order.count != count {
            order = Array(repeating: 0, count: count)
            gradient = Array(repeating: .zero, count: count)
        }
        // A local generator stays in a register.
        var random = random
        order.withUnsafeMutableBufferPointer { order in
            gradient.withUnsafeMutableBufferPointer { gradient in
                targets.withUnsafeBufferPointer { targets in
                    fitted.withUnsafeBufferPointer { fitted in
                        rows.withUnsafeBufferPointer { rows in
                            for n in 0..<count {
                                let r = all ? rows[n] : rows[random.below(rows.count)]
                                let residual = targets[Int(r)] - fitted[Int(r)]
                                order[n] = r
                                gradient[n] = SIMD2(residual > 0 ? 1 : residual < 0 ? -1 : 0, 1)
                            }
                        }
                    }
                }
            }
        }
        self.random = random
    }

    private mutating func pickColumns() -> [Int] {
        let wanted = max(1, Int((settings.featureShare * Double(table.columns)).rounded()))
        var all = Array(0..<table.columns)
        for i in 0..<min(wanted, all.count) { all.swapAt(i, i + random.below(all.count - i)) }
        return all.prefix(wanted).sorted()
    }

    /// Median of what is left in each leaf, times the learning rate.
    private mutating func leafValues(_ search: SplitSearch) -> [Float] {
        let rate = settings.rate
        let leafRows = settings.leafRows
        return pairs.withUnsafeMutableBufferPointer { pairs in
            order.withUnsafeBufferPointer { order in
                targets.withUnsafeBufferPointer { targets in
                    fitted.withUnsafeBufferPointer { fitted in
                        search.leafRanges.map { range in
                            let stride = max(1, range.count / leafRows)
                            var n = 0
                            var k = range.lowerBound
                            while k < range.upperBound {
                                let i = Int(order[k])
                                pairs[n] = Weighted(value: targets[i] - fitted[i], weight: 1)
                                n += 1
                                k += stride
                            }
                            return rate * UnsafeMutableBufferPointer(rebasing: pairs[0..<n]).quantile(0.5)
                        }
                    }
                }
            }
        }
    }

    private mutating func apply(_ search: SplitSearch, leaves: [Float]) {
        let splits = search.splitColumns.count
        let depth = settings.depth
        let rows = table.rows
        let starts = search.splitColumns.map { $0 * rows }
        let limits = search.splitBins.map { UInt8(truncatingIfNeeded: $0) }
        table.bins.withUnsafeBufferPointer { bins in
            starts.withUnsafeBufferPointer { starts in
                limits.withUnsafeBufferPointer { limits in
                    leaves.withUnsafeBufferPointer { leaves in
                        fitted.withUnsafeMutableBufferPointer { fitted in
                            for r in 0..<rows {
                                var node = 0
                                for _ in 0..<depth {
                                    let right = bins[starts[node] + r] > limits[node]
                                    node = 2 * node + (right ? 2 : 1)
                                }
                                fitted[r] += leaves[node - splits]
                            }
                        }
                    }
                }
            }
        }
    }
}

extension SeededGenerator {
    /// Evenly spread over 0..<bound.
    fileprivate mutating func below(_ bound: Int) -> Int {
        Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }
}
