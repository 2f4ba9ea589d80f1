extension LinearProgram {
    /// The programme with a row `first / limit + second / limit <= 1` for each of these pairs.
    ///
    /// Every plan that keeps the pairs meets these rows. They are as strong as a bit per pair would be
    /// with the bits relaxed, without the columns.
    func withPairRows(for positions: [Int], limits: PairLimits) -> LinearProgram {
        var added: [Int: [(row: Int32, value: Double)]] = [:]
        for (offset, position) in positions.enumerated() {
            let row = Int32(truncatingIfNeeded: rowCount + offset)
            for (column, limit) in [
                (pairs[position].first, limits.first[position]), (pairs[position].second, limits.second[position]),
            ] where limit.isFinite && limit > 0 {
                added[column.index, default: []].append((row, 1 / limit))
            }
        }
        var starts: [Int32] = [0]
        var rows: [Int32] = []
        var entries: [Double] = []
        starts.reserveCapacity(columnCount + 1)
        rows.reserveCapacity(entryCount + 2 * positions.count)
        entries.reserveCapacity(entryCount + 2 * positions.count)
        for column in 0..<columnCount {
            rows += rowIndices[self.entries(of: column)]
            entries += values[self.entries(of: column)]
            for entry in added[column] ?? [] {
                rows.append(entry.row)
                entries.append(entry.value)
            }
            starts.append(Int32(truncatingIfNeeded: rows.count))
        }
        let count = positions.count
        return LinearProgram(
            columnLower: columnLower, columnUpper: columnUpper, cost: cost, costOffset: costOffset,
            rowLower: rowLower + [Double](repeating: -.infinity, count: count),
            rowUpper: rowUpper + [Double](repeating: 1, count: count), columnStarts: starts, rowIndices: rows,
            values: entries, integers: integers, pairs: pairs)
    }
}

extension Basis {
    /// The basis with further rows, none of which is binding.
    func addingRows(_ count: Int) -> Basis { Basis(codes: codes + [UInt8](repeating: Self.basic, count: count)) }

    private static let basic: UInt8 = 1
}
