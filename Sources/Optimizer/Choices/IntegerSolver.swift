import CCoin
import Synchronization

/// Branch and cut for programmes with integer columns.
enum IntegerSolver {
    /// Cbc keeps some state in globals, so only one search runs at a time.
    private static let turn = Mutex(())

    /// How a search ended.
    struct Outcome {
        let status: Solution.Status
        /// Nil when no plan better than the cutoff exists or was found.
        let columns: [Double]?
        /// No plan costs less.
        let bound: Double
        let iterations: Int
        let nodes: Int
    }

    /// Searches for a plan cheaper than `cutoff` (costs without the programme's offset). Status
    /// `infeasible` means that there is none.
    static func solve(
        _ program: LinearProgram, _ options: SolveOptions, cutoff: Double, until stop: StopSignal
    ) -> Outcome {
        var isInteger = [CChar](repeating: 0, count: program.columnCount)
        for column in program.integers { isInteger[column.index] = 1 }
        var plan = [Double](repeating: 0, count: program.columnCount)
        let result = turn.withLock { _ in
            var settings = ccoin_mip_options(
                relative_gap: options.relativeGap, absolute_gap: 0,
                increment: 1e-10 * max(1, cutoff.isFinite ? abs(cutoff) : 0),
                seconds: stop.remainingSeconds ?? 0, primal_tolerance: Tolerance.primal,
                dual_tolerance: Tolerance.dual, integer_tolerance: 1e-7, cutoff: cutoff, stop: nil, context: nil)
            if stop.canBeRaised {
                settings.stop = StopSignal.callback
                settings.context = Unmanaged.passUnretained(stop).toOpaque()
            }
            return withExtendedLifetime(stop) {
                program.withProblem { problem in
                    withUnsafePointer(to: problem) { ccoin_mip_solve($0, isInteger, &settings, &plan) }
                }
            }
        }
        let status: Solution.Status =
            switch result.status {
            case 0: .optimal
            case 1: .infeasible
            case 2: .unbounded
            case 3, 5: stop.status
            default: .numericalTrouble
            }
        return Outcome(
            status: status, columns: result.has_plan != 0 ? plan : nil, bound: result.bound,
            iterations: Int(result.iterations), nodes: Int(result.nodes))
    }
}
