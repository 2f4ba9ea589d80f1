import Synchronization

/// Asks a running solve to stop; may be shared between threads. Once cancelled it stays cancelled.
package final class CancellationToken: Sendable {
    private let flag = Atomic<Bool>(false)

    package init() {}

    /// True after `cancel()`.
    package var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// The solve ends within a few iterations, with status `cancelled`.
    package func cancel() { flag.store(true, ordering: .relaxed) }
}

/// How to solve a programme. The defaults give the exact optimum, however long it takes.
package struct SolveOptions: Sendable {
    /// Wall-clock limit. When it is reached, the best plan found so far is returned with its gap.
    package var timeLimit: Duration?
    /// Stop once the plan is proven to be within this fraction of the optimum. Only matters with
    /// integer columns or pairs.
    package var relativeGap = 0.0
    /// Stops the solve from outside.
    package var cancellation: CancellationToken?
    /// Where to begin: the basis of a similar programme with the same number of columns and rows.
    package var basis: Basis?
    /// The way to the optimum of linear programmes; the optimum is the same with all of them.
    package var algorithm = Algorithm.automatic

    package init() {}

    /// The simplex variants.
    package enum Algorithm: Sendable {
        /// Chosen by size, and whether there is a basis to begin with.
        case automatic
        case dualSimplex
        case primalSimplex
        /// An interior point method, then crossover to a basic plan.
        case interiorPoint
    }
}

/// Which columns and rows are basic, and at which bound the others lie: the place where a simplex
/// solve ended, and the next may begin.
package struct Basis: Sendable, Equatable {
    /// The solver's code per column, then per row.
    let codes: [UInt8]
}
