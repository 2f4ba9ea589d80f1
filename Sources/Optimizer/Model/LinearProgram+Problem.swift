import CCoin

extension LinearProgram {
    /// Lends the arrays to the C side for the duration of `body`.
    func withProblem<Result>(_ body: (ccoin_problem) throws -> Result) rethrows -> Result {
        // An empty array has no address, yet the solver wants one even for no entries.
        let rows = rowIndices.isEmpty ? [0] : rowIndices
        let entries = values.isEmpty ? [0] : values
        return try columnStarts.withUnsafeBufferPointer { starts in
            try rows.withUnsafeBufferPointer { rows in
                try entries.withUnsafeBufferPointer { entries in
                    try withLimits { limits in
                        try body(
                            ccoin_problem(
                                columns: Int32(columnCount), rows: Int32(rowCount), starts: starts.baseAddress,
                                row_indices: rows.baseAddress, values: entries.baseAddress,
                                column_lower: limits[0], column_upper: limits[1], cost: limits[2],
                                row_lower: limits[3], row_upper: limits[4]))
                    }
                }
            }
        }
    }

    /// Column bounds, costs and row limits, one after another in memory.
    private func withLimits<Result>(_ body: ([UnsafePointer<Double>?]) throws -> Result) rethrows -> Result {
        let all = columnLower + columnUpper + cost + rowLower + rowUpper + [0]
        return try all.withUnsafeBufferPointer { buffer in
            let count = columnCount
            let places = [0, count, 2 * count, 3 * count, 3 * count + rowCount]
            return try body(places.map { place in buffer.baseAddress.map { $0 + place } })
        }
    }
}
