/// Collects columns, rows and matrix entries in any order, then makes the column-wise arrays in one
/// pass over the entries.
///
///     var builder = LinearProgramBuilder()
///     let charge = builder.addColumn(upper: 5, cost: 0.25)
///     let discharge = builder.addColumn(upper: 5, cost: -0.20)
///     let stock = builder.addColumn(lower: 2, upper: 10)
///     let balance = builder.addRow(equals: 4)             // stock = 4 + 0.9 charge - discharge / 0.9
///     builder.add(1, to: balance, stock)
///     builder.add(-0.9, to: balance, charge)
///     builder.add(1 / 0.9, to: balance, discharge)
///     builder.addPair(charge, discharge)
///     let solution = Solver.solve(builder.build())
package struct LinearProgramBuilder {
    private var columnLower: [Double] = []
    private var columnUpper: [Double] = []
    private var cost: [Double] = []
    private var rowLower: [Double] = []
    private var rowUpper: [Double] = []
    private var entryRows: [Int32] = []
    private var entryColumns: [Int32] = []
    private var entryValues: [Double] = []
    private var integers: [Column] = []
    private var pairs: [ComplementaryPair] = []
    /// Added to the objective, for costs that no decision can change.
    package var costOffset = 0.0

    package init() {}

    /// Makes room for a programme of about this size.
    package mutating func reserve(columns: Int, rows: Int, entries: Int) {
        columnLower.reserveCapacity(columns)
        columnUpper.reserveCapacity(columns)
        cost.reserveCapacity(columns)
        rowLower.reserveCapacity(rows)
        rowUpper.reserveCapacity(rows)
        entryRows.reserveCapacity(entries)
        entryColumns.reserveCapacity(entries)
        entryValues.reserveCapacity(entries)
    }

    /// A new variable. Without bounds given it is non-negative.
    package mutating func addColumn(
        lower: Double = 0, upper: Double = .infinity, cost: Double = 0, isInteger: Bool = false
    ) -> Column {
        let column = Column(self.cost.count)
        columnLower.append(lower)
        columnUpper.append(upper)
        self.cost.append(cost)
        if isInteger { integers.append(column) }
        return column
    }

    /// A new constraint `lower <= activity <= upper`.
    package mutating func addRow(lower: Double = -.infinity, upper: Double = .infinity) -> Row {
        rowLower.append(lower)
        rowUpper.append(upper)
        return Row(rowLower.count - 1)
    }

    /// A new equation.
    package mutating func addRow(equals value: Double) -> Row {
        addRow(lower: value, upper: value)
    }

    /// Adds `coefficient * column` to a row's activity. Several such calls for one cell add up.
    package mutating func add(_ coefficient: Double, to row: Row, _ column: Column) {
        guard coefficient != 0 else { return }
        entryRows.append(Int32(truncatingIfNeeded: row.index))
        entryColumns.append(Int32(truncatingIfNeeded: column.index))
        entryValues.append(coefficient)
    }

    /// Demands that one of the two columns is zero. Both need a lower bound of zero.
    package mutating func addPair(_ first: Column, _ second: Column) {
        pairs.append(ComplementaryPair(first, second))
    }

    /// The finished programme. Entries come out sorted by column, then row.
    package func build() -> LinearProgram {
        let byRow = Self.sort(entryRows, keyCount: rowLower.count, order: nil)
        let byColumn = Self.sort(entryColumns, keyCount: cost.count, order: byRow)
        var starts: [Int32] = [0]
        var rows: [Int32] = []
        var values: [Double] = []
        starts.reserveCapacity(cost.count + 1)
        rows.reserveCapacity(byColumn.count)
        values.reserveCapacity(byColumn.count)
        var next = 0
        for column in cost.indices {
            let first = rows.count
            while next < byColumn.count, Int(entryColumns[byColumn[next]]) == column {
                let entry = byColumn[next]
                if rows.count > first, rows[rows.count - 1] == entryRows[entry] {
                    values[values.count - 1] += entryValues[entry]
                } else {
                    rows.append(entryRows[entry])
                    values.append(entryValues[entry])
                }
                next += 1
            }
            starts.append(Int32(truncatingIfNeeded: rows.count))
        }
        return LinearProgram(
            columnLower: columnLower, columnUpper: columnUpper, cost: cost, costOffset: costOffset,
            rowLower: rowLower, rowUpper: rowUpper, columnStarts: starts, rowIndices: rows, values: values,
            integers: integers, pairs: pairs)
    }

    /// Positions of `keys` in ascending key order; positions of equal keys keep the given order.
    private static func sort(_ keys: [Int32], keyCount: Int, order: [Int]?) -> [Int] {
        var places = [Int](repeating: 0, count: keyCount + 1)
        for key in keys { places[Int(key) + 1] += 1 }
        for key in 0..<keyCount { places[key + 1] += places[key] }
        var sorted = [Int](repeating: 0, count: keys.count)
        for rank in keys.indices {
            let position = order?[rank] ?? rank
            let key = Int(keys[position])
            sorted[places[key]] = position
            places[key] += 1
        }
        return sorted
    }
}
