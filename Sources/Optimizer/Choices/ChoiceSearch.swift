/// The search for the best choices: which column of each pair is zero, and the values of integers.
struct ChoiceSearch {
    private let program: LinearProgram
    private let session: SolverSession
    private let options: SolveOptions
    private let stop: StopSignal
    /// Plans found are completed even when the time is up: one warm re-solve each.
    private let unhurried = StopSignal(SolveOptions())
    private let limits: PairLimits
    private var iterations = 0
    private var nodes = 0
    private var bound = -Double.infinity
    private var best: Solution?

    init(_ program: LinearProgram, session: SolverSession, options: SolveOptions, stop: StopSignal) {
        self.session = session
        self.options = options
        self.stop = stop
        limits = PairLimits(program)
        // Holds for every plan that respects the pairs, and bounds what otherwise falls without end.
        var tightened = program
        for (position, pair) in program.pairs.enumerated() {
            let (first, second) = (pair.first.index, pair.second.index)
            tightened.columnUpper[first] = min(program.columnUpper[first], limits.first[position])
            tightened.columnUpper[second] = min(program.columnUpper[second], limits.second[position])
        }
        self.program = tightened
    }

    /// Starts from the plan that ignores the choices.
    func run(from relaxed: Solution) -> Solution {
        var search = self
        return search.search(from: relaxed)
    }

    private mutating func search(from relaxed: Solution) -> Solution {
        iterations = relaxed.iterations
        bound = relaxed.hasPlan ? relaxed.objective : -.infinity
        let start = relaxed.hasPlan ? relaxed : boundedPlan()
        if program.integers.isEmpty, let start, let solution = searchTree(from: start) { return solution }
        return searchWithBits(from: start)
    }

    /// Branches over pairs; nil if that takes too long, with what was learned in `best` and `bound`.
    private mutating func searchTree(from start: Solution) -> Solution? {
        offer(start.columns)
        let broken = program.brokenPairs(by: start.columns)
        var tree = PairTree(
            program.withPairRows(for: broken, limits: limits), basis: start.basis?.addingRows(broken.count),
            options: options, stop: stop)
        let ending = tree.search(
            cutoff: cutoff, nodeLimit: broken.count > Self.manyPairs ? Self.treeNodes / 4 : Self.treeNodes)
        nodes += tree.nodes
        iterations += tree.iterations
        bound = max(bound, tree.bound)
        if let found = tree.best { offer(found.columns) }
        switch ending {
        case .complete: return finish(best == nil ? .infeasible : .optimal)
        case .stopped: return finish(stop.status)
        case .gaveUp: return nil
        }
    }

    /// Nodes after which branch and cut is likely to be faster.
    private static let treeNodes = 400
    /// So many broken pairs are seldom sorted out by a tree without cuts.
    private static let manyPairs = 12

    /// What a plan must cost to be of interest.
    private var cutoff: Double {
        best.map { $0.objective - max(1e-10, options.relativeGap) * max(1, abs($0.objective)) } ?? .infinity
    }

    /// Branch and cut with a bit for each broken pair.
    private mutating func searchWithBits(from start: Solution?) -> Solution {
        var guess = start?.columns
        var enforced = Set<Int>()
        var rounds = 0
        while true {
            if let guess { offer(guess) }
            let broken = guess.map { program.brokenPairs(by: $0) } ?? Array(program.pairs.indices)
            let before = enforced.count
            enforced.formUnion(broken)
            if before == enforced.count && rounds > 0 { return finish(.numericalTrouble) }
            if let start { enforced.formUnion(pairsWorthBreaking(in: start)) }
            rounds += 1
            guard let bits = BitProgram(program, enforcing: enforced.sorted(), limits: limits) else {
                return finish(.unbounded)
            }
            let outcome = IntegerSolver.solve(
                bits.program, options, cutoff: cutoff - program.costOffset, until: stop)
            iterations += outcome.iterations
            nodes += max(1, outcome.nodes)
            switch outcome.status {
            case .optimal: bound = max(bound, outcome.bound + program.costOffset)
            case .infeasible: return finish(best == nil ? .infeasible : .optimal)
            default:
                if let plan = outcome.columns { offer(Array(plan.prefix(program.columnCount))) }
                bound = max(bound, outcome.bound + program.costOffset)
                return finish(outcome.status)
            }
            guard let plan = outcome.columns.map({ Array($0.prefix(program.columnCount)) }) else {
                return finish(best == nil ? .numericalTrouble : .optimal)
            }
            offer(plan)
            if program.brokenPairs(by: plan).isEmpty { return finish(.optimal) }
            guess = plan
        }
    }

    /// Pairs that a plan better than the best known might break: breaking them pays by itself, or costs less
    /// by the prices of the relaxed plan than what is still to be gained. Left out, they would come to light
    /// one by one.
    private func pairsWorthBreaking(in relaxed: Solution) -> [Int] {
        guard let best, relaxed.reducedCosts.count == program.columnCount else { return [] }
        let gain = best.objective - bound
        // Far from the optimum nearly every pair would qualify, and hold up the search for a better plan.
        let most = gain <= 0.01 * abs(best.objective) ? gain : gain / 1000
        return program.pairs.indices.filter { position in
            let pair = program.pairs[position]
            if program.cost[pair.first.index] + program.cost[pair.second.index] < 0 { return true }
            let price = max(0, relaxed.reducedCosts[pair.first.index]) + max(0, relaxed.reducedCosts[pair.second.index])
            return price * min(limits.first[position], limits.second[position]) <= most
        }
    }

    /// When the cost falls without end unless pairs are enforced: a plan within the tightened limits.
    private mutating func boundedPlan() -> Solution? {
        for column in program.pairs.lazy.flatMap({ [$0.first, $0.second] }) {
            session.setBounds(
                of: column, lower: program.columnLower[column.index], upper: program.columnUpper[column.index])
        }
        let solution = session.solve(options, until: stop)
        iterations += solution.iterations
        return solution.hasPlan ? solution : nil
    }

    /// Holds the choices that a plan makes (of a broken pair, the smaller column is put to zero),
    /// and keeps the cheapest plan with them if it is the best so far.
    private mutating func offer(_ plan: [Double]) {
        for column in program.integers {
            let value = plan[column.index].rounded()
            session.setBounds(of: column, lower: value, upper: value)
        }
        for pair in program.pairs {
            let keepsFirst = plan[pair.first.index] >= plan[pair.second.index]
            let (kept, closed) = keepsFirst ? (pair.first, pair.second) : (pair.second, pair.first)
            session.setBounds(
                of: kept, lower: program.columnLower[kept.index], upper: program.columnUpper[kept.index])
            session.setBounds(of: closed, lower: program.columnLower[closed.index], upper: 0)
        }
        let solution = session.solve(SolveOptions(), until: unhurried)
        iterations += solution.iterations
        guard solution.status == .optimal, solution.objective < best?.objective ?? .infinity else { return }
        best = solution
    }

    private func finish(_ status: Solution.Status) -> Solution {
        guard let best else { return .withoutPlan(status, bound: bound, iterations: iterations, nodes: nodes) }
        return Solution(
            status: status, objective: best.objective,
            bound: status == .optimal && options.relativeGap == 0 ? best.objective : min(bound, best.objective),
            columns: best.columns, rows: best.rows, duals: best.duals, reducedCosts: best.reducedCosts,
            basis: best.basis, infeasibilityRay: nil, iterations: iterations, nodes: nodes)
    }
}
