/// A programme in which some pairs are enforced by a bit each: `first <= limit * bit`,
/// `second <= limit * (1 - bit)`.
struct BitProgram {
    /// The programme's own columns and rows come first, then the bits and their rows.
    let program: LinearProgram

    /// Nil if a pair's column has no limit, so that no bit can switch it off.
    init?(_ base: LinearProgram, enforcing pairs: [Int], limits: PairLimits) {
        guard pairs.allSatisfy({ limits.first[$0].isFinite && limits.second[$0].isFinite }) else { return nil }
        var extra: [Int: [(row: Int32, value: Double)]] = [:]
        var rowUpper = base.rowUpper
        for (position, pair) in pairs.enumerated() {
            let columns = base.pairs[pair]
            let bit = base.columnCount + position
            let row = Int32(truncatingIfNeeded: rowUpper.count)
            extra[columns.first.index, default: []].append((row, 1))
            extra[bit, default: []].append((row, -limits.first[pair]))
            rowUpper.append(0)
            extra[columns.second.index, default: []].append((row + 1, 1))
            extra[bit, default: []].append((row + 1, limits.second[pair]))
            rowUpper.append(limits.second[pair])
        }
        var starts: [Int32] = [0]
        var rows: [Int32] = []
        var values: [Double] = []
        for column in 0..<base.columnCount + pairs.count {
            if column < base.columnCount {
                rows += base.rowIndices[base.entries(of: column)]
                values += base.values[base.entries(of: column)]
            }
            for entry in extra[column] ?? [] where entry.value != 0 {
                rows.append(entry.row)
                values.append(entry.value)
            }
            starts.append(Int32(truncatingIfNeeded: rows.count))
        }
        let bits = pairs.indices.map { Column(base.columnCount + $0) }
        program = LinearProgram(
            columnLower: base.columnLower + bits.map { _ in 0 }, columnUpper: base.columnUpper + bits.map { _ in 1 },
            cost: base.cost + bits.map { _ in 0 }, costOffset: base.costOffset,
            rowLower: base.rowLower + [Double](repeating: -.infinity, count: 2 * pairs.count), rowUpper: rowUpper,
            columnStarts: starts, rowIndices: rows, values: values, integers: base.integers + bits, pairs: base.pairs)
    }
}
