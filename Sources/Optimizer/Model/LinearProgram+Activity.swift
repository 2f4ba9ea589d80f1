extension LinearProgram {
    /// Smallest and largest activity of a row over the column bounds, with infinite parts counted
    /// apart so that one column's share can be taken out again.
    struct ActivityRange {
        var low = 0.0
        var high = 0.0
        var infiniteLows = 0
        var infiniteHighs = 0

        mutating func add(_ coefficient: Double, _ lower: Double, _ upper: Double, sign: Double = 1) {
            let (atLow, atHigh) =
                coefficient > 0
                ? (coefficient * lower, coefficient * upper) : (coefficient * upper, coefficient * lower)
            if atLow.isFinite { low += sign * atLow } else { infiniteLows += Int(sign) }
            if atHigh.isFinite { high += sign * atHigh } else { infiniteHighs += Int(sign) }
        }

        var lowest: Double { infiniteLows > 0 ? -.infinity : low }
        var highest: Double { infiniteHighs > 0 ? .infinity : high }
    }

    /// The activity range of every row.
    func activityRanges() -> [ActivityRange] {
        var ranges = [ActivityRange](repeating: ActivityRange(), count: rowCount)
        for column in 0..<columnCount {
            for entry in entries(of: column) {
                ranges[Int(rowIndices[entry])].add(values[entry], columnLower[column], columnUpper[column])
            }
        }
        return ranges
    }

    /// Positions of a column's matrix entries.
    func entries(of column: Int) -> Range<Int> { Int(columnStarts[column])..<Int(columnStarts[column + 1]) }
}
