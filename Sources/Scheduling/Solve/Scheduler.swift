import Optimizer

/// Computes schedules. A pure function of a snapshot: no store, no clock, no log.
package enum Scheduler {
    /// The cheapest schedule of a snapshot.
    package static func schedule(
        _ snapshot: SchedulingSnapshot, _ limits: SolveLimits = SolveLimits()
    ) throws(SchedulingFailure) -> SolvedSchedule {
        guard !snapshot.devices.isEmpty || !snapshot.inflexible.isEmpty || !snapshot.sums.isEmpty else {
            throw .noDevices
        }
        let contradictions = ConstraintValidation.contradictions(in: snapshot)
        guard contradictions.isEmpty else { throw .contradictions(contradictions) }
        let problem = SchedulingProblem(snapshot)
        switch ProblemSolver.solve(problem, limits) {
        case .optimal(let plan): return SolvedSchedule(plan, problem, gap: 0)
        case .stopped(let plan?, let gap): return SolvedSchedule(plan, problem, gap: gap ?? .infinity)
        case .stopped(nil, _): throw limits.cancellation?.isCancelled == true ? .cancelled : .timeLimit
        case .infeasible: throw .infeasible
        case .unbounded: throw .unbounded
        case .numericalTrouble: throw .numericalTrouble
        }
    }
}

/// A schedule with what it costs.
package struct SolvedSchedule: Hashable, Sendable {
    package var problem: SchedulingProblem
    /// MW per device and step, consumption positive.
    package var powers: [[Double]]
    /// MWh at the start and at the end of every step; nil for devices without a stock.
    package var stocks: [[Double]?]
    /// Per commitment, in their order.
    package var costs: [CommitmentCost]
    /// By how much the plan may be dearer than the optimum, as a fraction; 0 for an optimum.
    package var gap: Double
    /// How it was found.
    package var method: SolvedPlan.Method

    init(_ plan: SolvedPlan, _ problem: SchedulingProblem, gap: Double) {
        self.problem = problem
        powers = plan.powers
        method = plan.method
        self.gap = gap
        costs = CostEvaluator.costs(of: plan.powers, in: problem)
        stocks = problem.devices.enumerated().map { index, device in
            device.start.map { [$0] + problem.stocks(of: index, plan.powers) }
        }
    }

    /// Sum of all commitments, tie-breakers included.
    package var cost: Double { costs.reduce(0) { $0 + $1.cost } }
}
