import Optimizer

/// How a solve ended.
package enum SolveOutcome: Sendable, Equatable {
    /// The best plan there is.
    case optimal(SolvedPlan)
    /// Time was up or the solve was cancelled; the best plan found by then, with the part by which it may be dearer.
    case stopped(SolvedPlan?, gap: Double?)
    /// No plan keeps all hard limits.
    case infeasible
    /// Costs can fall without end: a price with no limit behind it.
    case unbounded
    /// Rounding kept the solver from a plan that it can vouch for.
    case numericalTrouble
}

/// Power per device and step.
package struct SolvedPlan: Sendable, Equatable {
    /// Which way led there.
    package enum Method: String, Sendable {
        case oneStore = "exact routine for one store"
        case linear = "linear programme"
        case mixed = "linear programme with sign bits"
    }

    /// MW, consumption positive, in the order of the problem's devices.
    package var powers: [[Double]]
    package var method: Method
}

/// Limits of a solve.
package struct SolveLimits: Sendable {
    /// Far beyond what real requests take; only searches over many sign bits can come near it.
    package var timeLimit: Duration? = .seconds(120)
    package var cancellation: CancellationToken?
    /// False to leave the exact routine out, for cross-checks.
    package var allowsOneStore = true

    package init() {}

    /// The usual limits, and what stops a solve that runs under them.
    package static func stoppable() -> (limits: SolveLimits, stop: @Sendable () -> Void) {
        let token = CancellationToken()
        var limits = SolveLimits()
        limits.cancellation = token
        return (limits, { token.cancel() })
    }
}

/// Finds the cheapest plan of a scheduling problem.
package enum ProblemSolver {
    /// The optimum of the mixed-integer programme; bits are used only where the relaxation breaks them.
    package static func solve(_ problem: SchedulingProblem, _ limits: SolveLimits = SolveLimits()) -> SolveOutcome {
        if problem.devices.isEmpty {
            // Known flows alone: nothing to choose, but limits may be broken all the same.
            let isKept = CostEvaluator.violations(of: [], in: problem).isEmpty
            return isKept ? .optimal(SolvedPlan(powers: [], method: .oneStore)) : .infeasible
        }
        if limits.allowsOneStore {
            if let outcome = OneStoreMapping.solve(problem) { return outcome }
            if let parts = DeviceSplit.problems(of: problem) { return solve(parts, limits) }
        }
        let programme = ProgrammeBuilder.programme(for: problem)
        var options = SolveOptions()
        options.timeLimit = limits.timeLimit
        options.cancellation = limits.cancellation
        return outcome(of: Solver.solve(programme.linear, options), programme, problem)
    }

    /// Puts the plans of single devices together. The first that has none ends the search.
    private static func solve(_ parts: [SchedulingProblem], _ limits: SolveLimits) -> SolveOutcome {
        var powers: [[Double]] = []
        var method = SolvedPlan.Method.oneStore
        var gap: Double?
        for part in parts {
            switch solve(part, limits) {
            case .optimal(let plan):
                powers += plan.powers
                if plan.method != .oneStore { method = plan.method }
            case .stopped(let plan?, let own):
                powers += plan.powers
                method = plan.method
                gap = max(gap ?? 0, own ?? .infinity)
            case let other: return other
            }
        }
        let plan = SolvedPlan(powers: powers, method: method)
        return gap.map { .stopped(plan, gap: $0) } ?? .optimal(plan)
    }

    private static func outcome(
        of solution: Solution, _ programme: Programme, _ problem: SchedulingProblem
    ) -> SolveOutcome {
        func plan() -> SolvedPlan? {
            guard solution.hasPlan else { return nil }
            let powers = cleaned(programme.powers(in: solution.columns), problem)
            return SolvedPlan(powers: powers, method: solution.nodes > 0 ? .mixed : .linear)
        }
        switch solution.status {
        case .optimal: return plan().map { .optimal($0) } ?? .numericalTrouble
        case .infeasible: return .infeasible
        case .unbounded: return .unbounded
        case .timeLimit, .cancelled: return .stopped(plan(), gap: solution.relativeGap)
        case .numericalTrouble: return .numericalTrouble
        }
    }

    /// Puts powers that miss zero or a limit by a rounding error onto it.
    private static func cleaned(_ powers: [[Double]], _ problem: SchedulingProblem) -> [[Double]] {
        zip(powers, problem.devices).map { power, device in
            power.indices.map { step in
                let value = min(max(power[step], device.powerLower[step]), device.powerUpper[step])
                return abs(value) < 1e-12 ? 0 : value
            }
        }
    }
}
