/// Finds the optimum of a `LinearProgram`.
///
/// Integers and pairs cost time only where they matter. The programme is solved without the pair
/// conditions first; if no pair is broken, that plan is the optimum. Otherwise the broken pairs, and
/// those that a better plan might break, get a bit each, and the search is repeated until a plan breaks none.
///
/// Solves are independent of each other and may run on several threads (searches over integers take
/// turns). A solve blocks its thread: call it from a thread of its own, not from the cooperative pool.
package enum Solver {
    /// The optimum, or why there is none.
    package static func solve(_ program: LinearProgram, _ options: SolveOptions = SolveOptions()) -> Solution {
        let stop = StopSignal(options)
        let session = SolverSession(program)
        let relaxed = session.solve(options, until: stop)
        if program.integers.isEmpty && program.pairs.isEmpty { return relaxed }
        switch relaxed.status {
        case .optimal:
            if program.respectsChoices(relaxed.columns) { return relaxed }
        // A programme whose cost falls without end may be bounded once its pairs are enforced.
        case .unbounded where !program.pairs.isEmpty: break
        default: return relaxed
        }
        return ChoiceSearch(program, session: session, options: options, stop: stop).run(from: relaxed)
    }
}
