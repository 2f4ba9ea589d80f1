import Testing

@testable import Optimizer

@Suite("One store with costs that are not convex")
struct OneStoreNonConvexTests {
    @Test("paid to take energy: a full battery does not burn it by charging and discharging at once")
    func noBurning() throws {
        var problem = OneStoreProblem(initialStock: 4)
        problem.addPiece(slope: -10 * 0.8, length: 2 / 0.8)
        problem.addPiece(slope: -10 / 0.8, length: 2 * 0.8)
        problem.endStep(lowestChange: -2 / 0.8, costAtLowest: 20, stockLower: 0, stockUpper: 4)
        #expect(problem.nonConvexStep == 0)
        let plan = try problem.solve()
        #expect(abs(plan.objective) < 1e-12)
        #expect(abs(plan.changes[0]) < 1e-12)
    }

    @Test("agrees with the convex routine where costs are convex")
    func agreesWithMerging() throws {
        for seed in 0..<300 {
            let problem = RandomStore(seed: seed).problem
            guard let merged = try? problem.solve() else {
                #expect(throws: OneStoreError.self) { try problem.solveNonConvex() }
                continue
            }
            let walked = try problem.solveNonConvex()
            #expect(abs(walked.objective - merged.objective) <= 1e-9 * max(1, abs(merged.objective)), "seed \(seed)")
        }
    }

    @Test("agrees with branching on random problems", arguments: 0..<15)
    func agreesWithBranching(block: Int) throws {
        for seed in block * 40..<(block + 1) * 40 {
            let random = RandomTariff(seed: seed)
            let solution = Solver.solve(random.program)
            guard let plan = try? random.problem.solve() else {
                #expect(solution.status == .infeasible, "seed \(seed)")
                continue
            }
            #expect(solution.status == .optimal, "seed \(seed)")
            #expect(abs(plan.objective - solution.objective) <= 1e-9 * max(1, abs(solution.objective)), "seed \(seed)")
            for step in 0..<random.problem.stepCount {
                #expect(plan.stocks[step] >= random.problem.stockLower[step] - 1e-9, "seed \(seed)")
                #expect(plan.stocks[step] <= random.problem.stockUpper[step] + 1e-9, "seed \(seed)")
            }
        }
    }
}
