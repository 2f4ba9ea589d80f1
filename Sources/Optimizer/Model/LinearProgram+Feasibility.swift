extension LinearProgram {
    /// The largest amount by which these column values break a bound or a row, as a fraction of the
    /// broken limit (of 1 where the limit is smaller than that).
    package func violation(of columns: [Double]) -> Double {
        var worst = 0.0
        for index in 0..<columnCount {
            worst = max(worst, Self.excess(columns[index], columnLower[index], columnUpper[index]))
        }
        let rows = activities(of: columns)
        for index in 0..<rowCount {
            worst = max(worst, Self.excess(rows[index], rowLower[index], rowUpper[index]))
        }
        return worst
    }

    /// True if a lower limit lies above its upper one (or is not a number).
    var hasCrossedLimits: Bool {
        for index in 0..<columnCount where !(columnLower[index] <= columnUpper[index]) { return true }
        for index in 0..<rowCount where !(rowLower[index] <= rowUpper[index]) { return true }
        return false
    }

    /// Puts values that stand a rounding error outside their bounds onto them.
    func clamped(_ columns: [Double]) -> [Double] {
        var clamped = columns
        for index in clamped.indices {
            clamped[index] = min(max(clamped[index], columnLower[index]), columnUpper[index])
        }
        return clamped
    }

    private static func excess(_ value: Double, _ lower: Double, _ upper: Double) -> Double {
        if value < lower { return (lower - value) / max(1, abs(lower)) }
        if value > upper { return (value - upper) / max(1, abs(upper)) }
        return value.isNaN ? .infinity : 0
    }
}
