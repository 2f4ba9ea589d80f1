/// Finds the splits of one tree, level by level, from histograms of gradients.
struct SplitSearch {
    /// Of every split, level by level: the column and the last bin that goes left (64: all go left).
    private(set) var splitColumns: [Int] = []
    private(set) var splitBins: [Int] = []
    /// Where the rows of each leaf stand in the order of the rows.
    private(set) var leafRanges: [Range<Int>] = []

    private let table: BinnedTable
    private let columns: [Int]
    private let depth: Int
    private let leafWeight: Float
    private static let slots = 64

    init(table: BinnedTable, columns: [Int], depth: Int, leafWeight: Float) {
        self.table = table
        self.columns = columns
        self.depth = depth
        self.leafWeight = leafWeight
    }

    /// A row on its way to the right side of a split.
    struct Row {
        var number: Int32
        var gradient: SIMD2<Float>
    }

    /// - Parameters:
    ///   - gradient: gradient and weight of the rows listed in `order`; both are reordered.
    ///   - spare: room for as many rows.
    mutating func run(gradient: inout [SIMD2<Float>], order: inout [Int32], spare: inout [Row]) {
        let size = columns.count * Self.slots
        var ranges = [0..<order.count]
        var histograms = [SIMD2<Float>](repeating: .zero, count: size)
        fill(&histograms, at: 0, order: order, range: ranges[0], gradient: gradient)
        for level in 0..<depth {
            var nextRanges: [Range<Int>] = []
            let isLast = level == depth - 1
            var next = [SIMD2<Float>](repeating: .zero, count: isLast ? 0 : 2 * ranges.count * size)
            for (n, range) in ranges.enumerated() {
                let best = bestSplit(histograms, at: n * size)
                splitColumns.append(best.column)
                splitBins.append(best.bin)
                let middle = partition(&order, &gradient, &spare, range, best.column, best.bin)
                let left = range.lowerBound..<middle
                let right = middle..<range.upperBound
                nextRanges += [left, right]
                if isLast { continue }
                let (small, large) = left.count <= right.count ? (2 * n, 2 * n + 1) : (2 * n + 1, 2 * n)
                fill(&next, at: small * size, order: order, range: nextRanges[small], gradient: gradient)
                next.withUnsafeMutableBufferPointer { next in
                    histograms.withUnsafeBufferPointer { histograms in
                        for i in 0..<size {
                            next[large * size + i] = histograms[n * size + i] - next[small * size + i]
                        }
                    }
                }
            }
            ranges = nextRanges
            histograms = next
        }
        leafRanges = ranges
    }

    private func fill(
        _ histograms: inout [SIMD2<Float>], at offset: Int, order: [Int32], range: Range<Int>,
        gradient: [SIMD2<Float>]
    ) {
        let rows = table.rows
        histograms.withUnsafeMutableBufferPointer { histograms in
            table.bins.withUnsafeBufferPointer { bins in
                order.withUnsafeBufferPointer { order in
                    gradient.withUnsafeBufferPointer { gradient in
                        var c = 0
                        while c < columns.count {
                            let h = offset + c * Self.slots
                            let from = columns[c] * rows
                            // Two columns at once: neighbouring updates then seldom wait for each other.
                            let second = c + 1 < columns.count ? columns[c + 1] * rows : -1
                            if second >= 0 {
                                for k in range {
                                    let r = Int(order[k])
                                    let g = gradient[k]
                                    histograms[h + Int(bins[from + r])] += g
                                    histograms[h + Self.slots + Int(bins[second + r])] += g
                                }
                            } else {
                                for k in range { histograms[h + Int(bins[from + Int(order[k])])] += gradient[k] }
                            }
                            c += 2
                        }
                    }
                }
            }
        }
    }

    private func bestSplit(_ histograms: [SIMD2<Float>], at offset: Int) -> (column: Int, bin: Int) {
        histograms.withUnsafeBufferPointer { histograms in
            var total = SIMD2<Float>.zero
            for b in 0..<Self.slots { total += histograms[offset + b] }
            var best = (column: columns.first ?? 0, bin: Self.slots)
            var bestGain = total.x * total.x / (total.y + 1) * 1.000001
            for (c, column) in columns.enumerated() {
                var left = SIMD2<Float>.zero
                for b in 0..<table.edges[column].count {
                    left += histograms[offset + c * Self.slots + b]
                    let right = total - left
                    if left.y < leafWeight { continue }
                    if right.y < leafWeight { break }
                    let gain = left.x * left.x / (left.y + 1) + right.x * right.x / (right.y + 1)
                    if gain > bestGain {
                        bestGain = gain
                        best = (column, b)
                    }
                }
            }
            return best
        }
    }

    /// Brings the rows that go left to the front of the range, both sides in their old order.
    private func partition(
        _ order: inout [Int32], _ gradient: inout [SIMD2<Float>], _ spare: inout [Row], _ range: Range<Int>,
        _ column: Int, _ bin: Int
    ) -> Int {
        let from = column * table.rows
        return order.withUnsafeMutableBufferPointer { order in
            gradient.withUnsafeMutableBufferPointer { gradient in
                spare.withUnsafeMutableBufferPointer { spare in
                    table.bins.withUnsafeBufferPointer { bins in
                        var left = range.lowerBound
                        var right = 0
                        for k in range {
                            let r = order[k]
                            let g = gradient[k]
                            // Writing both ways costs less than guessing wrongly which one it will be.
                            let goesLeft = Int(bins[from + Int(r)]) <= bin
                            order[left] = r
                            gradient[left] = g
                            spare[right] = Row(number: r, gradient: g)
                            left += goesLeft ? 1 : 0
                            right += goesLeft ? 0 : 1
                        }
                        for k in 0..<right {
                            order[left + k] = spare[k].number
                            gradient[left + k] = spare[k].gradient
                        }
                        return left
                    }
                }
            }
        }
    }
}
