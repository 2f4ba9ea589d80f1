/// As of when data are read. Every read names it.
package enum BeliefHorizon: Hashable, Sendable {
    /// All that is recorded by now.
    case live
    /// What was known at that moment, inclusive.
    case asOf(Instant)

    /// The moment up to which things are known.
    package func moment(now: Instant) -> Instant {
        if case .asOf(let moment) = self { moment } else { now }
    }
}
