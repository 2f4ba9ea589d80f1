/// What saving does with beliefs that say nothing new, or that contradict stored ones.
package struct SaveRule: Hashable, Sendable {
    /// A belief replaces a stored one with the same event, source, horizon and probability but another value;
    /// otherwise such a belief is a `ReplacementRefused`.
    package var mayReplace: Bool
    /// A belief that repeats what the same source believed last about the event is not stored.
    package var dropsUnchanged: Bool

    package init(mayReplace: Bool = false, dropsUnchanged: Bool = true) {
        self.mayReplace = mayReplace
        self.dropsUnchanged = dropsUnchanged
    }
}

/// What became of the beliefs of a batch.
package struct SaveResult: Hashable, Sendable {
    package var stored = 0
    package var replaced = 0
    /// Beliefs that said nothing new.
    package var unchanged = 0

    package init() {}

    package mutating func add(_ other: SaveResult) {
        stored += other.stored
        replaced += other.replaced
        unchanged += other.unchanged
    }
}

/// A belief contradicts a stored one that was formed at the same time, and the rule forbids replacing it.
package struct ReplacementRefused: Error, Hashable, Sendable {
    /// Start of the event in seconds since 1970.
    package var eventStart: Int64

    package init(eventStart: Int64) {
        self.eventStart = eventStart
    }
}
