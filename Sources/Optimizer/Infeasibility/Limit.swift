/// One side of a column's bounds or of a row's range.
package enum Limit: Hashable, Sendable {
    case lower(of: Column)
    case upper(of: Column)
    case least(of: Row)
    case most(of: Row)
}

extension LinearProgram {
    /// The value of a limit; infinite if it is absent.
    package subscript(limit: Limit) -> Double {
        get {
            switch limit {
            case .lower(let column): columnLower[column.index]
            case .upper(let column): columnUpper[column.index]
            case .least(let row): rowLower[row.index]
            case .most(let row): rowUpper[row.index]
            }
        }
        set {
            switch limit {
            case .lower(let column): columnLower[column.index] = newValue
            case .upper(let column): columnUpper[column.index] = newValue
            case .least(let row): rowLower[row.index] = newValue
            case .most(let row): rowUpper[row.index] = newValue
            }
        }
    }

    /// All limits that are present: columns first, then rows.
    package var limits: [Limit] {
        let columns = (0..<columnCount).flatMap { [Limit.lower(of: Column($0)), .upper(of: Column($0))] }
        let rows = (0..<rowCount).flatMap { [Limit.least(of: Row($0)), .most(of: Row($0))] }
        return (columns + rows).filter { self[$0].isFinite }
    }
}

extension SolverSession {
    /// Changes one limit.
    package func set(_ limit: Limit, to value: Double) {
        switch limit {
        case .lower(let column): setBounds(of: column, lower: value, upper: program.columnUpper[column.index])
        case .upper(let column): setBounds(of: column, lower: program.columnLower[column.index], upper: value)
        case .least(let row): setLimits(of: row, lower: value, upper: program.rowUpper[row.index])
        case .most(let row): setLimits(of: row, lower: program.rowLower[row.index], upper: value)
        }
    }
}
