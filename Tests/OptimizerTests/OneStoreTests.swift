import Testing

@testable import Optimizer

@Suite("One store by merging slopes")
struct OneStoreTests {
    /// Two hours cheap, two hours dear; a lossy battery.
    private func arbitrage(prices: [Double], stock: Double = 0) -> OneStoreProblem {
        var problem = OneStoreProblem(initialStock: stock)
        for price in prices {
            problem.addPiece(slope: price * 0.9, length: 1 / 0.9)
            problem.addPiece(slope: price / 0.9, length: 0.9)
            problem.endStep(lowestChange: -1 / 0.9, costAtLowest: -price, stockLower: 0, stockUpper: 1.8)
        }
        return problem
    }

    @Test("buys when energy is cheap and sells when it is dear")
    func buysLow() throws {
        let plan = try arbitrage(prices: [10, 10, 100, 100]).solve()
        #expect(zip(plan.changes, [0.9, 0.9, -(1.8 - 1 / 0.9), -1 / 0.9]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(abs(plan.objective - (20 - 100 - 100 * (1.8 - 1 / 0.9) * 0.9)) < 1e-9)
        #expect(zip(plan.stocks, [0.9, 1.8, 1 / 0.9, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test("the margin must cover the losses")
    func staysIdle() throws {
        let plan = try arbitrage(prices: [10, 12, 11]).solve()
        #expect(plan.changes.allSatisfy { abs($0) < 1e-12 })
    }

    @Test("the step that cannot be met is named, with what is possible there")
    func namesInfeasibleStep() {
        var problem = OneStoreProblem(initialStock: 1)
        for step in 0..<4 {
            problem.addPiece(slope: 5, length: 1)
            problem.endStep(lowestChange: 0, stockLower: step == 2 ? 5 : 0, stockUpper: 6)
        }
        #expect(throws: OneStoreError.infeasible(step: 2, reachable: 1...4, allowed: 5...6)) { try problem.solve() }
        #expect(throws: OneStoreError.infeasible(step: 2, reachable: 1...4, allowed: 5...6)) {
            try problem.solveNonConvex()
        }
    }

    @Test("no steps, and steps without any freedom, are solved")
    func degenerate() throws {
        #expect(try OneStoreProblem(initialStock: 1).solve().objective == 0)
        var problem = OneStoreProblem(initialStock: 1)
        for _ in 0..<3 { problem.endStep(lowestChange: 0.5, costAtLowest: 2, stockLower: 0, stockUpper: 3) }
        let plan = try problem.solve()
        #expect(plan.objective == 6)
        #expect(plan.stocks == [1.5, 2, 2.5])
        #expect(problem.stockValues(of: plan) == [0, 0, 0])
    }

    @Test("flow arriving over the step decays: the factor is smooth up to no loss")
    func flowFactor() {
        #expect(OneStoreProblem.flowFactor(retention: 1) == 1)
        #expect(abs(OneStoreProblem.flowFactor(retention: 0.5) - 0.5 / 0.6931471805599453) < 1e-15)
        let (near, far) = (
            OneStoreProblem.flowFactor(retention: 1 - 0.99999e-4), OneStoreProblem.flowFactor(retention: 1 - 1.00001e-4)
        )
        #expect(abs(near - far - 1e-9) < 1e-11)
    }

    @Test("agrees with the solver on random problems", arguments: 0..<20)
    func agreesWithSolver(block: Int) throws {
        for seed in block * 50..<(block + 1) * 50 {
            let random = RandomStore(seed: seed)
            let solution = Solver.solve(random.program)
            do {
                let plan = try random.problem.solve()
                #expect(solution.status == .optimal, "seed \(seed)")
                #expect(
                    abs(plan.objective - solution.objective) <= 1e-9 * max(1, abs(solution.objective)), "seed \(seed)")
                checkLimits(plan, random.problem, seed)
                checkStockValues(plan, random.problem, seed)
            } catch {
                #expect(solution.status == .infeasible, "seed \(seed): \(error)")
            }
        }
    }

    private func checkLimits(_ plan: OneStorePlan, _ problem: OneStoreProblem, _ seed: Int) {
        for step in 0..<problem.stepCount {
            #expect(plan.stocks[step] >= problem.stockLower[step] - 1e-9, "seed \(seed) step \(step)")
            #expect(plan.stocks[step] <= problem.stockUpper[step] + 1e-9, "seed \(seed) step \(step)")
        }
    }

    /// Stock values are duals: with each balance priced at them, the best plan that may ignore the
    /// balances costs as much as the plan.
    private func checkStockValues(_ plan: OneStorePlan, _ problem: OneStoreProblem, _ seed: Int) {
        let values = problem.stockValues(of: plan)
        var dual = problem.stepCount > 0 ? -problem.retention[0] * problem.initialStock * values[0] : 0
        for step in 0..<problem.stepCount {
            let price = problem.flowFactors[step] * values[step]
            dual += problem.costAtLowest[step] - price * problem.lowestChange[step]
            for piece in problem.pieceStarts[step]..<problem.pieceStarts[step + 1] {
                dual += min(0, problem.slopes[piece] - price) * problem.lengths[piece]
            }
            let later = step + 1 < problem.stepCount ? problem.retention[step + 1] * values[step + 1] : 0
            let pull = values[step] - later
            dual += pull > 0 ? pull * problem.stockLower[step] : pull * problem.stockUpper[step]
        }
        #expect(abs(dual - plan.objective) <= 1e-7 * max(1, abs(plan.objective)), "seed \(seed)")
    }
}
