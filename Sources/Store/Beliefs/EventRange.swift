import EnergyCore

/// Events that start in a half-open range of seconds since 1970.
package struct EventRange: Hashable, Sendable {
    /// The first second.
    package var from: Int64
    /// The first second that is not in the range any more.
    package var until: Int64

    package init(from: Int64, until: Int64) {
        self.from = from
        self.until = until
    }

    /// A nil bound is open.
    package init(from: Instant? = nil, until: Instant? = nil) {
        self.from = from.map(EventRange.secondAtOrAfter) ?? EventRange.all.from
        self.until = until.map(EventRange.secondAtOrAfter) ?? EventRange.all.until
    }

    /// Every event: some millions of years.
    package static let all = EventRange(from: -(1 << 50), until: 1 << 50)

    package var isEmpty: Bool { from >= until }

    package static func secondAtOrAfter(_ instant: Instant) -> Int64 {
        Instant(microseconds: instant.microseconds + 999_999).seconds
    }
}
