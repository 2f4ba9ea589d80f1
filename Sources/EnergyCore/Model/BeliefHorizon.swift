/// As of when data are read. Every read names it.
package enum BeliefHorizon: Hashable, Sendable {
    /// All that is recorded by now.
    case live
    /// What was known at that moment, inclusive.
    case asOf(Instant)
}
