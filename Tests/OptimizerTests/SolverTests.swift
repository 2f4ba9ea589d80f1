import Testing

@testable import Optimizer

@Suite("Solving linear programmes")
struct SolverTests {
    /// max 3x + 2y, x + y <= 4, x + 3y <= 6, x <= 3
    private func textbook() -> LinearProgram {
        var builder = LinearProgramBuilder()
        let x = builder.addColumn(upper: 3, cost: -3)
        let y = builder.addColumn(cost: -2)
        let first = builder.addRow(upper: 4)
        let second = builder.addRow(upper: 6)
        builder.add(1, to: first, x)
        builder.add(1, to: first, y)
        builder.add(1, to: second, x)
        builder.add(3, to: second, y)
        return builder.build()
    }

    @Test("an optimum comes with plan, duals and reduced costs")
    func optimum() {
        let solution = Solver.solve(textbook())
        #expect(solution.status == .optimal)
        #expect(abs(solution.objective + 11) < 1e-12)
        #expect(solution.columns == [3, 1])
        #expect(solution.rows == [4, 6])
    }

    @Test("rows that contradict each other are infeasible")
    func infeasible() {
        var builder = LinearProgramBuilder()
        let x = builder.addColumn(upper: 3, cost: 1)
        let row = builder.addRow(lower: 4)
        builder.add(1, to: row, x)
        let solution = Solver.solve(builder.build())
        #expect(solution.status == .infeasible)
        #expect(!solution.hasPlan)
    }

    @Test("an objective without end is unbounded")
    func unbounded() {
        var builder = LinearProgramBuilder()
        let x = builder.addColumn(cost: -1)
        let y = builder.addColumn(cost: 0)
        let row = builder.addRow(upper: 4)
        builder.add(1, to: row, x)
        builder.add(-1, to: row, y)
        #expect(Solver.solve(builder.build()).status == .unbounded)
    }

    @Test("a programme without rows or columns is solved")
    func empty() {
        #expect(Solver.solve(LinearProgramBuilder().build()).status == .optimal)
        var builder = LinearProgramBuilder()
        _ = builder.addColumn(lower: 1, upper: 2, cost: 5)
        #expect(Solver.solve(builder.build()).objective == 5)
    }

    @Test("a changed programme is solved again from the last basis")
    func resolve() {
        let session = SolverSession(textbook())
        #expect(session.solve().objective == -11)
        session.setBounds(of: Column(0), lower: 0, upper: 2)
        #expect(abs(session.solve().objective - (-6 - 2 * 4 / 3)) < 1e-9)
    }
}
