/// Finds a smallest set of statements that contradict each other.
///
/// A statement is a group of limits that stand or fall together, such as "the stock is never below
/// 2 MWh". The set found is irreducible: without any one of its statements the others can be met,
/// all statements outside it being ignored. There may be other such sets.
package struct ConflictSearch {
    private let statements: [[Limit]]
    private let options: SolveOptions
    private var oracle: FeasibilityOracle

    /// Positions in `statements` of the conflicting ones, ascending; empty if the limits that belong to
    /// no statement contradict each other already; nil if there is no conflict, or the search was stopped.
    ///
    /// - Parameters:
    ///   - statements: what may be to blame. Limits in none of them (physics, definitions) always hold.
    ///     Nil: every limit of the programme is a statement, in the order of `LinearProgram.limits`.
    package static func conflict(
        in program: LinearProgram, among statements: [[Limit]]? = nil, _ options: SolveOptions = SolveOptions()
    ) -> [Int]? {
        let all = statements ?? program.limits.map { [$0] }
        var search = ConflictSearch(program, statements: all, options: options)
        return search.run()
    }

    private init(_ program: LinearProgram, statements: [[Limit]], options: SolveOptions) {
        self.statements = statements
        self.options = options
        oracle = FeasibilityOracle(program, options: options)
    }

    private mutating func run() -> [Int]? {
        guard case .contradiction(let first) = oracle.check() else { return nil }
        var suspects = narrowed(Array(statements.indices), by: first)
        var guilty: [Int] = []
        // Late statements first: what remains are early ones, which are easier to follow.
        while let suspect = suspects.popLast() {
            oracle.drop(statements[suspect])
            switch oracle.check() {
            case .contradiction(let proof):
                suspects = narrowed(suspects, keeping: guilty, by: proof)
            case .satisfiable:
                oracle.restore(statements[suspect])
                guilty.append(suspect)
            case .stopped: return nil
            }
        }
        return guilty.sorted()
    }

    /// Drops all suspects that a proof of the contradiction does not need.
    private mutating func narrowed(_ suspects: [Int], keeping guilty: [Int] = [], by proof: Set<Limit>?) -> [Int] {
        guard let proof else { return suspects }
        let needed = suspects.filter { statements[$0].contains(where: proof.contains) }
        let dropped = suspects.filter { !statements[$0].contains(where: proof.contains) }
        guard !dropped.isEmpty else { return suspects }
        dropped.forEach { oracle.drop(statements[$0]) }
        // A limit may belong to several statements, of which some stay.
        (needed + guilty).forEach { oracle.restore(statements[$0]) }
        if case .contradiction = oracle.check() { return needed }
        dropped.forEach { oracle.restore(statements[$0]) }
        return suspects
    }
}
