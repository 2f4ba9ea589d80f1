import Testing

@testable import Optimizer

@Suite("Pairs and integers")
struct ChoiceTests {
    /// A full lossy battery, paid to take energy: burning it by charging and discharging at once would pay.
    private func paidToConsume(enforced: Bool) -> LinearProgram {
        var builder = LinearProgramBuilder()
        let charge = builder.addColumn(upper: 2, cost: -10)
        let discharge = builder.addColumn(upper: 2, cost: 10)
        let stock = builder.addColumn(lower: 0, upper: 4)
        let balance = builder.addRow(equals: 4)
        builder.add(1, to: balance, stock)
        builder.add(-0.8, to: balance, charge)
        builder.add(1.25, to: balance, discharge)
        if enforced { builder.addPair(charge, discharge) }
        return builder.build()
    }

    @Test("a pair is enforced where burning energy would pay")
    func enforcesPair() {
        #expect(Solver.solve(paidToConsume(enforced: false)).objective < -1)
        let solution = Solver.solve(paidToConsume(enforced: true))
        #expect(solution.status == .optimal)
        #expect(abs(solution.objective) < 1e-9)
        #expect(solution.nodes > 0)
    }

    @Test("a cost that only the pair keeps from falling without end")
    func boundsUnboundedRelaxation() {
        var builder = LinearProgramBuilder()
        let above = builder.addColumn(cost: 10)
        let below = builder.addColumn(cost: -12)
        let power = builder.addColumn(lower: -3, upper: 5, cost: 0)
        let balance = builder.addRow(equals: 0)
        builder.add(1, to: balance, above)
        builder.add(-1, to: balance, below)
        builder.add(-1, to: balance, power)
        builder.addPair(above, below)
        let solution = Solver.solve(builder.build())
        #expect(solution.status == .optimal)
        #expect(abs(solution.objective + 36) < 1e-9)
        #expect(solution.columns == [0, 3, -3])
    }

    @Test("whole numbers")
    func knapsack() {
        var builder = LinearProgramBuilder()
        let row = builder.addRow(upper: 10)
        for (worth, weight) in [(7.0, 5.0), (4, 3), (3, 2), (6, 4.5)] {
            let taken = builder.addColumn(upper: 1, cost: -worth, isInteger: true)
            builder.add(weight, to: row, taken)
        }
        let solution = Solver.solve(builder.build())
        #expect(solution.status == .optimal)
        #expect(abs(solution.objective + 14) < 1e-9)
        #expect(solution.columns == [1, 1, 1, 0])
    }

    @Test("no way to meet the rows with one column of the pair at zero")
    func infeasiblePair() {
        var builder = LinearProgramBuilder()
        let first = builder.addColumn(upper: 1)
        let second = builder.addColumn(upper: 1)
        let row = builder.addRow(lower: 1.5)
        builder.add(1, to: row, first)
        builder.add(1, to: row, second)
        builder.addPair(first, second)
        #expect(Solver.solve(builder.build()).status == .infeasible)
    }

    @Test("agrees with trying every combination", arguments: 0..<15)
    func agreesWithEnumeration(block: Int) {
        for seed in block * 40..<(block + 1) * 40 {
            let program = RandomChoices(seed: seed).program
            let solution = Solver.solve(program)
            let best = bestOfAll(program)
            #expect(solution.hasPlan == best.isFinite, "seed \(seed): \(solution.status)")
            guard best.isFinite else { continue }
            #expect(solution.status == .optimal, "seed \(seed)")
            #expect(abs(solution.objective - best) <= 1e-9 * max(1, abs(best)), "seed \(seed)")
            #expect(program.respectsChoices(solution.columns), "seed \(seed)")
            #expect(program.violation(of: solution.columns) <= 1e-9, "seed \(seed)")
        }
    }

    /// The cheapest plan over all sides of all pairs and all values of integers.
    private func bestOfAll(_ program: LinearProgram) -> Double {
        let session = SolverSession(program)
        var best = Double.infinity
        for sides in 0..<(1 << program.pairs.count) {
            for (position, pair) in program.pairs.enumerated() {
                let (open, closed) = sides >> position & 1 == 0 ? (pair.first, pair.second) : (pair.second, pair.first)
                session.setBounds(of: open, lower: 0, upper: program.columnUpper[open.index])
                session.setBounds(of: closed, lower: 0, upper: 0)
            }
            for bits in 0..<(1 << program.integers.count) {
                for (position, column) in program.integers.enumerated() {
                    let value = Double(bits >> position & 1)
                    session.setBounds(of: column, lower: value, upper: value)
                }
                let solution = session.solve()
                if solution.status == .optimal { best = min(best, solution.objective) }
            }
        }
        return best
    }
}
