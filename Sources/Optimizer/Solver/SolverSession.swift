import CCoin

/// A linear programme kept in the solver, for a series of solves with changed bounds or limits.
///
/// Every solve begins where the last one ended, so small changes cost little. Integers and pairs are
/// ignored here; `Solver` handles them. Not for use by two threads at once; different sessions are
/// independent of each other.
package final class SolverSession {
    /// The programme with all changes made so far.
    package private(set) var program: LinearProgram
    private let handle: OpaquePointer
    private var hasBasis = false
    private let hasUsableEntries: Bool
    /// Beyond this the solver takes numbers for infinite.
    private static let largest = 1e20

    package init(_ program: LinearProgram) {
        self.program = program
        hasUsableEntries = program.values.allSatisfy { abs($0) < Self.largest }
        handle = program.withProblem { problem in
            withUnsafePointer(to: problem) { ccoin_lp_new($0) }
        }
    }

    deinit { ccoin_lp_free(handle) }

    /// Changes the bounds of a column.
    package func setBounds(of column: Column, lower: Double, upper: Double) {
        program.columnLower[column.index] = lower
        program.columnUpper[column.index] = upper
        ccoin_lp_set_column_bounds(handle, Int32(column.index), lower, upper)
    }

    /// Changes the limits of a row.
    package func setLimits(of row: Row, lower: Double, upper: Double) {
        program.rowLower[row.index] = lower
        program.rowUpper[row.index] = upper
        ccoin_lp_set_row_bounds(handle, Int32(row.index), lower, upper)
    }

    /// Solves the programme as it stands now.
    package func solve(_ options: SolveOptions = SolveOptions()) -> Solution {
        solve(options, until: StopSignal(options))
    }

    /// Makes the next solve begin at a basis; one of another size is ignored.
    package func start(from basis: Basis) {
        guard basis.codes.count == program.columnCount + program.rowCount else { return }
        ccoin_lp_set_basis(handle, basis.codes)
        hasBasis = true
    }

    /// As above, within the limits of a larger solve.
    func solve(_ options: SolveOptions, until stop: StopSignal) -> Solution {
        if stop.isRaised { return .withoutPlan(stop.status) }
        // The library ends the whole process when it meets one of these.
        guard hasUsableEntries, program.cost.allSatisfy({ abs($0) < Self.largest }) else {
            return .withoutPlan(.numericalTrouble)
        }
        // The simplex code would quietly take one of two crossed bounds.
        if program.hasCrossedLimits { return .withoutPlan(.infeasible, bound: .infinity) }
        if let basis = options.basis { start(from: basis) }
        var iterations = 0
        var best: Solution?
        for attempt in Attempt.sequence(for: options.algorithm, warm: hasBasis) {
            let code = run(attempt, until: stop)
            iterations += Int(ccoin_lp_iterations(handle))
            let solution = read(code, iterations: iterations, stop: stop)
            switch solution.status {
            case .optimal:
                if program.violation(of: solution.columns) <= Tolerance.feasibility { return solution }
                best = best ?? solution
            case .numericalTrouble: continue
            case .infeasible, .unbounded:
                // A first verdict may come from perturbed or scaled numbers: have it confirmed.
                if attempt.isConfirming || !Tolerance.doubtsVerdict(of: program) { return solution }
            case .timeLimit, .cancelled: return solution
            }
        }
        guard let best, program.violation(of: best.columns) <= Tolerance.acceptable else {
            return .withoutPlan(.numericalTrouble, iterations: iterations)
        }
        return best
    }

    private func run(_ attempt: Attempt, until stop: StopSignal) -> Int32 {
        var options = attempt.options
        options.keep_basis = attempt.keepsBasis && hasBasis ? 1 : 0
        hasBasis = true
        guard stop.canBeRaised else { return ccoin_lp_solve(handle, &options) }
        return withExtendedLifetime(stop) {
            options.stop = StopSignal.callback
            options.context = Unmanaged.passUnretained(stop).toOpaque()
            return ccoin_lp_solve(handle, &options)
        }
    }

    private func read(_ code: Int32, iterations: Int, stop: StopSignal) -> Solution {
        switch code {
        case 0: readPlan(iterations: iterations)
        case 1: .withoutPlan(.infeasible, bound: .infinity, ray: infeasibilityRay(), iterations: iterations)
        case 2: .withoutPlan(.unbounded, iterations: iterations)
        case 5: .withoutPlan(stop.status, iterations: iterations)
        default: .withoutPlan(.numericalTrouble, iterations: iterations)
        }
    }

    private func readPlan(iterations: Int) -> Solution {
        let columns = program.clamped(array(program.columnCount) { ccoin_lp_get_columns(handle, $0) })
        let objective = program.objective(of: columns)
        return Solution(
            status: .optimal, objective: objective, bound: objective, columns: columns,
            rows: program.activities(of: columns),
            duals: array(program.rowCount) { ccoin_lp_get_duals(handle, $0) },
            reducedCosts: array(program.columnCount) { ccoin_lp_get_reduced_costs(handle, $0) },
            basis: basis(), infeasibilityRay: nil, iterations: iterations, nodes: 0)
    }

    private func basis() -> Basis {
        let count = program.columnCount + program.rowCount
        return Basis(
            codes: [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                buffer.initialize(repeating: 0)
                if let start = buffer.baseAddress { ccoin_lp_get_basis(handle, start) }
                filled = count
            })
    }

    private func infeasibilityRay() -> [Double]? {
        var found: Int32 = 0
        let ray = array(program.rowCount) { found = ccoin_lp_get_infeasibility_ray(handle, $0) }
        return found == 0 ? nil : ray
    }

    private func array(_ count: Int, filling: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
        [Double](unsafeUninitializedCapacity: count) { buffer, filled in
            buffer.initialize(repeating: 0)
            if let start = buffer.baseAddress { filling(start) }
            filled = count
        }
    }
}
