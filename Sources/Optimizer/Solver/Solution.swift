/// How a solve ended, and with what plan.
package struct Solution: Sendable {
    /// The end of a solve.
    package enum Status: Sendable, Equatable {
        /// The plan is the optimum (or within the gap that was asked for).
        case optimal
        /// No plan meets all bounds and rows. `Infeasibility` says which conflict.
        case infeasible
        /// The objective can fall without end.
        case unbounded
        /// The time was up. There may be a plan, with its gap.
        case timeLimit
        /// The token was cancelled. There may be a plan, with its gap.
        case cancelled
        /// Rounding errors kept the solver from a plan that meets the tolerances.
        case numericalTrouble
    }

    package let status: Status
    /// Cost of the plan, with the programme's offset; NaN without a plan.
    package let objective: Double
    /// No plan can cost less than this; equal to `objective` at an optimum.
    package let bound: Double
    /// One value per column; empty without a plan.
    package let columns: [Double]
    /// Row activities; empty without a plan.
    package let rows: [Double]
    /// Change of the objective per unit that a row's binding limit is raised. With integers or pairs:
    /// for the programme with their choices held. Empty if not known.
    package let duals: [Double]
    /// Change of the objective per unit that a column's binding bound is raised. Empty if not known.
    package let reducedCosts: [Double]
    /// For warm starts; nil when the solver left none.
    package let basis: Basis?
    /// Row multipliers that prove infeasibility, when known.
    package let infeasibilityRay: [Double]?
    /// Simplex iterations, all solves together.
    package let iterations: Int
    /// Branch-and-bound nodes; 0 when a linear programme was enough.
    package let nodes: Int

    /// True if `columns` holds a plan that meets every bound and row.
    package var hasPlan: Bool { !columns.isEmpty }

    /// How far the plan can be from the optimum, as a fraction of its cost; nil without a plan.
    package var relativeGap: Double? {
        guard hasPlan else { return nil }
        return max(0, objective - bound) / max(1e-10, abs(objective))
    }

    /// The value of a column in the plan.
    package subscript(column: Column) -> Double { columns[column.index] }

    /// The activity of a row in the plan.
    package subscript(row: Row) -> Double { rows[row.index] }
}

extension Solution {
    /// A solve that ended without a plan.
    static func withoutPlan(
        _ status: Status, bound: Double = -.infinity, ray: [Double]? = nil, iterations: Int = 0, nodes: Int = 0
    ) -> Solution {
        Solution(
            status: status, objective: .nan, bound: bound, columns: [], rows: [], duals: [], reducedCosts: [],
            basis: nil, infeasibilityRay: ray, iterations: iterations, nodes: nodes)
    }
}
