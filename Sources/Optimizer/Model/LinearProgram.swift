/// A variable of a `LinearProgram`, by its position.
package struct Column: Hashable, Sendable {
    package let index: Int

    package init(_ index: Int) { self.index = index }
}

/// A constraint of a `LinearProgram`, by its position.
package struct Row: Hashable, Sendable {
    package let index: Int

    package init(_ index: Int) { self.index = index }
}

/// Two columns of which at most one may differ from zero, such as charging and discharging.
///
/// Both columns need a lower bound of zero. The solver begins without the condition and enforces it
/// only for the pairs that break it, see `Solver`.
package struct ComplementaryPair: Hashable, Sendable {
    package let first: Column
    package let second: Column

    package init(_ first: Column, _ second: Column) {
        self.first = first
        self.second = second
    }
}

/// Minimise `cost * x + costOffset` with bounds on every column, a range for every row, and a sparse
/// column-wise matrix. Made with `LinearProgramBuilder`.
///
/// The structure (matrix, pairs, integers) is fixed; bounds and costs may be changed for a re-solve.
/// Absent bounds are infinities.
package struct LinearProgram: Sendable, Equatable {
    /// Lower and upper bound per column.
    package var columnLower: [Double]
    package var columnUpper: [Double]
    /// Objective coefficient per column.
    package var cost: [Double]
    /// Added to the objective, for costs that no decision can change.
    package var costOffset: Double
    /// Lower and upper limit of each row's activity; equal for an equation.
    package var rowLower: [Double]
    package var rowUpper: [Double]
    /// Column `j` has the entries `columnStarts[j] ..< columnStarts[j + 1]` of the next two arrays.
    package let columnStarts: [Int32]
    package let rowIndices: [Int32]
    package let values: [Double]
    /// Columns that take whole numbers only, in ascending order.
    package let integers: [Column]
    /// Pairs of columns of which one must be zero.
    package let pairs: [ComplementaryPair]

    package var columnCount: Int { cost.count }
    package var rowCount: Int { rowLower.count }
    /// Number of matrix entries.
    package var entryCount: Int { values.count }

    /// The objective of a plan with these column values.
    package func objective(of columns: [Double]) -> Double {
        var sum = costOffset
        for index in cost.indices { sum += cost[index] * columns[index] }
        return sum
    }

    /// The activity of every row for these column values.
    package func activities(of columns: [Double]) -> [Double] {
        var rows = [Double](repeating: 0, count: rowCount)
        for column in 0..<columnCount where columns[column] != 0 {
            let value = columns[column]
            for entry in Int(columnStarts[column])..<Int(columnStarts[column + 1]) {
                rows[Int(rowIndices[entry])] += values[entry] * value
            }
        }
        return rows
    }
}
