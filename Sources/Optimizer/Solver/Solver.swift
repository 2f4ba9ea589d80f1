/// Finds the optimum of a `LinearProgram`.
///
/// Integers and pairs cost time only where they matter: the programme is solved without the pair
/// conditions first, and if no pair is broken that plan is the optimum.
///
/// Solves are independent of each other and may run on several threads. A solve blocks its thread:
/// call it from a thread of its own, not from the cooperative pool.
package enum Solver {
    /// The optimum, or why there is none.
    package static func solve(_ program: LinearProgram, _ options: SolveOptions = SolveOptions()) -> Solution {
        let stop = StopSignal(options)
        let relaxed = SolverSession(program).solve(options, until: stop)
        return relaxed
    }
}
