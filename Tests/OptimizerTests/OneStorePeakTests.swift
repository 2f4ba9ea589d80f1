import Testing

@testable import Optimizer

@Suite("One store with a peak price")
struct OneStorePeakTests {
    @Test("a convex function of pieces is minimised exactly")
    func convexSearch() throws {
        func cost(_ x: Double) -> (value: Double, slope: Double)? {
            guard x >= 0.3 else { return nil }
            let pieces = [(-5.0, 10.0), (-1, 4), (0.5, 2), (3, -5)].map { (value: $0.0 * x + $0.1, slope: $0.0) }
            return pieces.max { $0.value < $1.value }
        }
        let lowest = try #require(ConvexSearch.minimum(from: -10, to: 10, evaluate: cost))
        #expect(abs(lowest.place - 16.0 / 11) < 1e-9)
        let edge = try #require(ConvexSearch.minimum(from: -10, to: 10) { x in x < 0.3 ? nil : (2 * x, 2) })
        #expect(abs(edge.place - 0.3) < 1e-12)
    }

    @Test("agrees with the solver on random problems", arguments: 0..<10)
    func agreesWithSolver(block: Int) {
        for seed in block * 60..<(block + 1) * 60 {
            let random = RandomPeak(seed: seed)
            let solution = Solver.solve(random.program)
            do {
                let best = try random.problem.solve(with: random.peak)
                #expect(solution.status == .optimal, "seed \(seed)")
                let gap = abs(best.plan.objective - solution.objective)
                #expect(gap <= 1e-9 * max(1, abs(solution.objective)), "seed \(seed)")
            } catch {
                #expect(solution.status == .infeasible, "seed \(seed): \(error)")
            }
        }
    }
}
