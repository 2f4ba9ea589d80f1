import CCoin

/// One way to run the simplex code. Numerically hard programmes get several, each slower and more
/// careful than the one before.
struct Attempt {
    var algorithm: Int32
    var presolve: Int32 = 0
    var scaling: Int32 = 3
    var perturbation: Int32 = 100
    var keepsBasis = true
    /// True if the verdicts "infeasible" and "unbounded" of this attempt stand.
    var isConfirming = false

    var options: ccoin_lp_options {
        ccoin_lp_options(
            algorithm: algorithm, presolve: presolve, scaling: scaling, perturbation: perturbation, keep_basis: 0,
            primal_tolerance: Tolerance.primal, dual_tolerance: Tolerance.dual, stop: nil, context: nil)
    }

    static func sequence(for algorithm: SolveOptions.Algorithm, warm: Bool) -> [Attempt] {
        let first: Int32 =
            switch algorithm {
            // After a change of bounds the duals still are a plan.
            case .automatic, .dualSimplex: 0
            case .primalSimplex: 1
            case .interiorPoint: 2
            }
        return [
            // From scratch the dual method is two to five times faster on perturbed costs; from a basis
            // close to the optimum it would only lose its way.
            Attempt(algorithm: first, perturbation: first == 0 && !warm ? 50 : 100),
            Attempt(algorithm: 1, scaling: 0, perturbation: 102),
            Attempt(algorithm: 0, scaling: 2, perturbation: 102, keepsBasis: false, isConfirming: true),
            Attempt(algorithm: 1, scaling: 1, perturbation: 50, keepsBasis: false, isConfirming: true),
        ]
    }
}

/// The numbers within which a plan counts as exact.
enum Tolerance {
    /// What the simplex code works to, in scaled units.
    static let primal = 1e-9
    static let dual = 1e-9
    /// What a plan may break its bounds and rows by, as a fraction of them.
    static let feasibility = 1e-9
    /// A plan worse than this is not handed out.
    static let acceptable = 1e-7

    /// Whether coefficients and limits are so far apart that one verdict is not enough.
    static func doubtsVerdict(of program: LinearProgram) -> Bool {
        var smallest = Double.infinity
        var largest = 0.0
        for value in program.values {
            smallest = min(smallest, abs(value))
            largest = max(largest, abs(value))
        }
        return largest > 1e6 * smallest
    }
}
