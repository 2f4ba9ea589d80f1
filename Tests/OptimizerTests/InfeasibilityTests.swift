import Testing

@testable import Optimizer

@Suite("What makes a programme infeasible")
struct InfeasibilityTests {
    /// A store that must be at 8 after 4 steps of at most 1 each, beginning at 2; and things beside the point.
    private func lateTarget() -> (program: LinearProgram, stocks: [Column], charges: [Column]) {
        var builder = LinearProgramBuilder()
        var stocks: [Column] = []
        var charges: [Column] = []
        for step in 0..<6 {
            charges.append(builder.addColumn(upper: 1, cost: 5))
            stocks.append(builder.addColumn(lower: step == 3 ? 8 : 0, upper: 10))
            let balance = builder.addRow(equals: step == 0 ? 2 : 0)
            builder.add(1, to: balance, stocks[step])
            builder.add(-1, to: balance, charges[step])
            if step > 0 { builder.add(-1, to: balance, stocks[step - 1]) }
        }
        return (builder.build(), stocks, charges)
    }

    @Test("only the statements that contradict each other are named")
    func irreducible() {
        let (program, stocks, charges) = lateTarget()
        let statements: [[Limit]] = [
            charges.map { .upper(of: $0) }, stocks.map { .upper(of: $0) },
            [.lower(of: stocks[3])], stocks.indices.filter { $0 != 3 }.map { .lower(of: stocks[$0]) },
        ]
        #expect(ConflictSearch.conflict(in: program, among: statements) == [0, 2])
    }

    @Test("single limits: those up to the target, none after it")
    func singleLimits() throws {
        let (program, stocks, charges) = lateTarget()
        let statements = charges.map { [Limit.upper(of: $0)] } + stocks.map { [Limit.lower(of: $0)] }
        #expect(ConflictSearch.conflict(in: program, among: statements) == [0, 1, 2, 3, 9])
    }

    @Test("a programme that can be met has no conflict")
    func feasible() {
        var (program, stocks, _) = lateTarget()
        program[.lower(of: stocks[3])] = 6
        #expect(ConflictSearch.conflict(in: program) == nil)
    }

    @Test("a conflict outside all statements is nobody's fault")
    func physicsAlone() {
        let (program, stocks, _) = lateTarget()
        #expect(ConflictSearch.conflict(in: program, among: [[.upper(of: stocks[0])]]) == [])
    }

    @Test("a lower limit above the upper one")
    func emptyRange() {
        var (program, stocks, _) = lateTarget()
        program[.upper(of: stocks[3])] = 7
        let conflict = ConflictSearch.conflict(in: program, among: [[.lower(of: stocks[3])], [.upper(of: stocks[3])]])
        #expect(conflict == [0, 1] || conflict == [0])
    }

    @Test("dropping any statement of the conflict makes the rest satisfiable", arguments: 0..<60)
    func randomConflicts(seed: Int) throws {
        var random = SeededRandom(seed)
        var program = RandomStore(seed: seed).program
        guard program.columnCount > 0 else { return }
        for _ in 0..<3 { program.columnLower[random.whole(0...program.columnCount - 1)] += random.number(0...4) }
        let statements = program.limits.map { [$0] }
        guard let conflict = ConflictSearch.conflict(in: program, among: statements) else {
            #expect(Solver.solve(program).status == .optimal)
            return
        }
        #expect(!conflict.isEmpty)
        for spared in conflict {
            let oracle = FeasibilityOracle(program, options: SolveOptions())
            for position in statements.indices where !conflict.contains(position) || position == spared {
                oracle.drop(statements[position])
            }
            guard case .satisfiable = oracle.check() else {
                Issue.record("seed \(seed): \(statements[spared]) is not needed")
                continue
            }
        }
    }

    @Test("the smallest change: two units less of the target")
    func smallestChange() throws {
        let (program, stocks, charges) = lateTarget()
        let statements = [
            ElasticProgram.Statement([.lower(of: stocks[3])]),
            ElasticProgram.Statement(charges.map { .upper(of: $0) }, weight: 10),
        ]
        let relaxation = try #require(ElasticProgram.smallestRelaxation(of: program, loosening: statements))
        #expect(zip(relaxation.amounts, [2, 0]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test("limits of one statement are loosened by one amount")
    func sharedAmount() throws {
        let (program, _, charges) = lateTarget()
        let statement = ElasticProgram.Statement(charges.map { .upper(of: $0) })
        let relaxation = try #require(ElasticProgram.smallestRelaxation(of: program, loosening: [statement]))
        #expect(abs(relaxation.amounts[0] - 0.5) < 1e-9)
        #expect(abs(relaxation.columns[charges[0].index] - 1.5) < 1e-9)
    }

    @Test("loosening what is not to blame does not help")
    func uselessChange() {
        let (program, stocks, _) = lateTarget()
        let statement = ElasticProgram.Statement(stocks.map { .upper(of: $0) })
        #expect(ElasticProgram.smallestRelaxation(of: program, loosening: [statement]) == nil)
    }
}
