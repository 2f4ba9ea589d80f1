/// The smallest change of limits that makes a programme feasible.
///
/// Each relaxable statement gets one amount by which all its limits may be loosened, at a price per
/// unit; the cheapest set of amounts is found. Costs of the programme itself play no part.
package struct ElasticProgram {
    /// Limits that are loosened together.
    package struct Statement: Sendable {
        package var limits: [Limit]
        /// What one unit of loosening counts. Equal weights minimise the sum of all amounts.
        package var weight: Double

        package init(_ limits: [Limit], weight: Double = 1) {
            self.limits = limits
            self.weight = weight
        }
    }

    /// The outcome: what to loosen, and a plan that is possible then.
    package struct Relaxation: Sendable {
        /// Amount per statement; 0 for those that can stay.
        package let amounts: [Double]
        /// A plan within the loosened limits.
        package let columns: [Double]
    }

    /// Nil if loosening these statements does not help, or the search was stopped.
    package static func smallestRelaxation(
        of program: LinearProgram, loosening statements: [Statement], _ options: SolveOptions = SolveOptions()
    ) -> Relaxation? {
        let elastic = ElasticProgram(program, statements)
        let solution = Solver.solve(elastic.program, options)
        guard solution.hasPlan else { return nil }
        return Relaxation(
            amounts: elastic.amounts.map { solution[$0] }, columns: Array(solution.columns.prefix(program.columnCount)))
    }

    private let program: LinearProgram
    private let amounts: [Column]

    private init(_ base: LinearProgram, _ statements: [Statement]) {
        var rigid = base
        for limit in statements.lazy.flatMap(\.limits) {
            switch limit {
            case .lower, .least: rigid[limit] = -.infinity
            case .upper, .most: rigid[limit] = .infinity
            }
        }
        var builder = LinearProgramBuilder()
        let whole = Set(base.integers)
        for column in 0..<base.columnCount {
            _ = builder.addColumn(
                lower: rigid.columnLower[column], upper: rigid.columnUpper[column],
                isInteger: whole.contains(Column(column)))
        }
        for row in 0..<base.rowCount { _ = builder.addRow(lower: rigid.rowLower[row], upper: rigid.rowUpper[row]) }
        let byRow = Self.entriesByRow(base)
        for (row, entries) in byRow.enumerated() {
            for entry in entries { builder.add(entry.value, to: Row(row), entry.column) }
        }
        for pair in base.pairs { builder.addPair(pair.first, pair.second) }
        amounts = statements.map { builder.addColumn(cost: $0.weight) }
        for (statement, amount) in zip(statements, amounts) {
            for limit in statement.limits where base[limit].isFinite {
                Self.loosen(limit, at: base[limit], by: amount, byRow, &builder)
            }
        }
        program = builder.build()
    }

    /// The limit as a row of its own, so that loosening it tightens nothing else.
    private static func loosen(
        _ limit: Limit, at value: Double, by amount: Column, _ byRow: [[(column: Column, value: Double)]],
        _ builder: inout LinearProgramBuilder
    ) {
        let row: Row
        switch limit {
        case .lower, .least: row = builder.addRow(lower: value)
        case .upper, .most: row = builder.addRow(upper: value)
        }
        switch limit {
        case .lower(let column), .upper(let column): builder.add(1, to: row, column)
        case .least(let original), .most(let original):
            for entry in byRow[original.index] { builder.add(entry.value, to: row, entry.column) }
        }
        switch limit {
        case .lower, .least: builder.add(1, to: row, amount)
        case .upper, .most: builder.add(-1, to: row, amount)
        }
    }

    private static func entriesByRow(_ program: LinearProgram) -> [[(column: Column, value: Double)]] {
        var rows = [[(column: Column, value: Double)]](repeating: [], count: program.rowCount)
        for column in 0..<program.columnCount {
            for entry in program.entries(of: column) {
                rows[Int(program.rowIndices[entry])].append((Column(column), program.values[entry]))
            }
        }
        return rows
    }
}
