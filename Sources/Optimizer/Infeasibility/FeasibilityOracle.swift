/// Says whether a programme with some limits dropped can be met, as a series of cheap re-solves.
struct FeasibilityOracle {
    /// The answer.
    enum Verdict {
        case satisfiable
        /// Not to be met; if known, with limits that suffice to prove it.
        case contradiction(proof: Set<Limit>?)
        case stopped
    }

    private let original: LinearProgram
    private let session: SolverSession
    private let options: SolveOptions
    private let stop: StopSignal

    init(_ program: LinearProgram, options: SolveOptions) {
        var costless = program
        costless.cost = program.cost.map { _ in 0 }
        original = costless
        session = SolverSession(costless)
        self.options = options
        stop = StopSignal(options)
    }

    /// Takes limits away.
    func drop(_ limits: [Limit]) {
        for limit in limits {
            switch limit {
            case .lower, .least: session.set(limit, to: -.infinity)
            case .upper, .most: session.set(limit, to: .infinity)
            }
        }
    }

    /// Puts limits back.
    func restore(_ limits: [Limit]) {
        for limit in limits { session.set(limit, to: original[limit]) }
    }

    func check() -> Verdict {
        if let row = emptyRange() { return .contradiction(proof: row) }
        let relaxed = session.solve(options, until: stop)
        switch relaxed.status {
        case .optimal, .unbounded: return checkChoices(relaxed)
        case .infeasible: return .contradiction(proof: relaxed.infeasibilityRay.map { support(of: $0) })
        case .timeLimit, .cancelled: return .stopped
        case .numericalTrouble: return .contradiction(proof: nil)
        }
    }

    /// A plan may exist only because pairs and integers were ignored.
    private func checkChoices(_ relaxed: Solution) -> Verdict {
        let program = session.program
        if program.respectsChoices(relaxed.columns) { return .satisfiable }
        switch Solver.solve(program, options).status {
        case .infeasible, .numericalTrouble: return .contradiction(proof: nil)
        case .cancelled, .timeLimit: return .stopped
        case .optimal, .unbounded: return .satisfiable
        }
    }

    /// A lower limit above the upper one.
    private func emptyRange() -> Set<Limit>? {
        let program = session.program
        if let column = (0..<program.columnCount).first(where: { program.columnLower[$0] > program.columnUpper[$0] }) {
            return [.lower(of: Column(column)), .upper(of: Column(column))]
        }
        if let row = (0..<program.rowCount).first(where: { program.rowLower[$0] > program.rowUpper[$0] }) {
            return [.least(of: Row(row)), .most(of: Row(row))]
        }
        return nil
    }

    /// The limits that a ray combines: rows with a multiplier, columns that remain in the combination.
    private func support(of ray: [Double]) -> Set<Limit> {
        let program = session.program
        let threshold = 1e-9 * (ray.map(abs).max() ?? 0)
        var limits = Set<Limit>()
        for row in 0..<program.rowCount where abs(ray[row]) > threshold {
            limits.formUnion([.least(of: Row(row)), .most(of: Row(row))])
        }
        for column in 0..<program.columnCount {
            var sum = 0.0
            for entry in program.entries(of: column) {
                sum += program.values[entry] * ray[Int(program.rowIndices[entry])]
            }
            if abs(sum) > threshold { limits.formUnion([.lower(of: Column(column)), .upper(of: Column(column))]) }
        }
        return limits
    }
}
