/// Depth-first branching over broken pairs, with a warm start at every node.
///
/// Where only some pairs are broken this finds and proves the optimum within tens of cheap re-solves,
/// long before branch and cut would have set itself up.
struct PairTree {
    /// How a search ended.
    enum Ending {
        /// All plans cheaper than the best known were ruled out.
        case complete
        /// Too many nodes, or a node that could not be solved.
        case gaveUp
        case stopped
    }

    /// One side of a pair that is put to zero.
    private struct Branch {
        let closed: Column
        /// The side to try after this one; nil when this is the second.
        let other: Column?
        /// No plan below here costs less.
        let bound: Double
    }

    private let program: LinearProgram
    private let session: SolverSession
    private let options: SolveOptions
    private let stop: StopSignal
    private var branches: [Branch] = []
    private(set) var nodes = 0
    private(set) var iterations = 0
    /// Cheapest plan that breaks no pair.
    private(set) var best: Solution?

    /// `program` comes with pair rows, which make its bounds useful.
    init(_ program: LinearProgram, basis: Basis?, options: SolveOptions, stop: StopSignal) {
        self.program = program
        session = SolverSession(program)
        var options = options
        options.basis = nil
        self.options = options
        self.stop = stop
        if let basis { session.start(from: basis) }
    }

    /// No plan costs less than this, as far as the search went.
    private(set) var bound = -Double.infinity

    /// Searches for plans cheaper than `cutoff`.
    mutating func search(cutoff: Double, nodeLimit: Int) -> Ending {
        var cutoff = cutoff
        while true {
            nodes += 1
            let solution = session.solve(options, until: stop)
            iterations += solution.iterations
            switch solution.status {
            case .optimal where solution.objective < cutoff:
                if branches.isEmpty { bound = solution.objective }
                if let pair = widestBrokenPair(in: solution.columns) {
                    descend(pair, solution)
                    if nodes >= nodeLimit { return .gaveUp }
                    continue
                }
                best = solution
                cutoff = improved(solution.objective)
            case .optimal, .infeasible: break
            case .timeLimit, .cancelled: return .stopped
            case .unbounded, .numericalTrouble: return .gaveUp
            }
            guard backtrack(cutoff: cutoff) else { return .complete }
        }
    }

    /// What a plan must cost to be better than one of this cost.
    private func improved(_ objective: Double) -> Double {
        objective - max(1e-10, options.relativeGap) * max(1, abs(objective))
    }

    /// The pair whose smaller column is furthest from zero, by cost.
    private func widestBrokenPair(in columns: [Double]) -> ComplementaryPair? {
        var widest: ComplementaryPair?
        var width = 0.0
        for position in program.brokenPairs(by: columns) {
            let pair = program.pairs[position]
            let smaller = min(columns[pair.first.index], columns[pair.second.index])
            if smaller > width { (widest, width) = (pair, smaller) }
        }
        return widest
    }

    /// Tries first to close the smaller column.
    private mutating func descend(_ pair: ComplementaryPair, _ solution: Solution) {
        let closesFirst = solution[pair.first] < solution[pair.second]
        let (closed, other) = closesFirst ? (pair.first, pair.second) : (pair.second, pair.first)
        close(closed)
        branches.append(Branch(closed: closed, other: other, bound: solution.objective))
    }

    /// Goes to the next side that may hold a better plan; false if there is none.
    private mutating func backtrack(cutoff: Double) -> Bool {
        while let branch = branches.popLast() {
            open(branch.closed)
            guard let other = branch.other, branch.bound < cutoff else { continue }
            close(other)
            branches.append(Branch(closed: other, other: nil, bound: branch.bound))
            return true
        }
        return false
    }

    private func close(_ column: Column) { session.setBounds(of: column, lower: 0, upper: 0) }

    private func open(_ column: Column) {
        session.setBounds(
            of: column, lower: program.columnLower[column.index], upper: program.columnUpper[column.index])
    }
}
