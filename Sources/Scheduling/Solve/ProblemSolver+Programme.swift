import Optimizer

extension ProblemSolver {
    /// The linear programme of a problem as the solver gets it, in its own units: to measure or to write out.
    package static func linearProgram(of problem: SchedulingProblem) -> LinearProgram {
        ProgrammeBuilder.programme(for: problem).linear
    }
}
