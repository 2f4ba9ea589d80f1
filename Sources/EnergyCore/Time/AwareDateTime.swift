/// An instant together with the UTC offset in which somebody wrote it.
package struct AwareDateTime: Hashable, Sendable {
    package var instant: Instant
    /// Seconds east of UTC.
    package var offset: Int

    package init(instant: Instant, offset: Int) {
        self.instant = instant
        self.offset = offset
    }

    /// `2024-05-01T00:00:00+02:00`, with microseconds only if there are any.
    package var text: String { instant.text(offset: offset) }
    package var local: LocalDateTime { instant.local(offset: offset) }
}

/// Why a text is no instant.
package enum DateTimeTextError: Error, Hashable, Sendable {
    /// A date and time, but without an offset.
    case naive
    case unparsable

    /// The text of the API for it.
    package var message: String {
        switch self {
        case .naive: "Not a valid aware datetime."
        case .unparsable: "Not a valid datetime."
        }
    }
}

extension AwareDateTime {
    /// Reads an ISO 8601 text with an offset. Spaces count as `+`, which repairs offsets that were not percent-encoded.
    package init(parsing text: String) throws(DateTimeTextError) {
        let parsed = try DateTimeText(parsing: text, repairingPlus: true)
        guard let offset = parsed.offset else { throw .naive }
        self.init(
            instant: Instant(microseconds: parsed.local.microseconds - offset.microseconds),
            offset: Int(floorDivide(offset.microseconds, 1_000_000)))
    }

    /// As `init(parsing:)`, but also takes a bare date (`2021-06-07`, `2021-6-7`), which means midnight in `zone`;
    /// as an inclusive end it means the next midnight.
    package init(parsing text: String, orDateIn zone: Zone, inclusiveEnd: Bool = false) throws(DateTimeTextError) {
        if let date = CivilDate(parsing: text) {
            let instant = zone.startOfDay(inclusiveEnd ? date.adding(days: 1) : date)
            self.init(instant: instant, offset: zone.offset(at: instant))
        } else {
            try self.init(parsing: text)
        }
    }
}

extension Instant {
    /// Reads an ISO 8601 text with an offset; see `AwareDateTime`.
    package init(parsing text: String) throws(DateTimeTextError) {
        self = try AwareDateTime(parsing: text).instant
    }
}

extension CivilDate {
    /// `YYYY-MM-DD`, where month and day may have one digit; nil for anything else.
    package init?(parsing text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, (1...2).contains(parts[1].utf8.count),
            (1...2).contains(parts[2].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(validating: year, month: month, day: day)
    }
}
