import EnergyCore

/// Turns the naive datetimes of a file, row after row, into instants of a zone.
///
/// A local hour that exists twice is resolved by order: it counts as the second one from the row on that goes back in time.
struct LocalClock {
    private let zone: Zone
    private var last = Int64.min
    private var usesLater = false
    /// Where a repeated hour began that has not gone back in time yet.
    private var open: (line: Int, local: Int64)?

    init(zone: Zone) {
        self.zone = zone
    }

    /// Microseconds since the epoch.
    mutating func instant(of local: Int64, line: Int) throws(SheetFault) -> Int64 {
        defer { last = local }
        switch zone.match(LocalDateTime(microseconds: local)) {
        case .once(let instant):
            try finish()
            usesLater = false
            return instant.microseconds
        case .twice(let earlier, let later):
            if local <= last, open != nil || usesLater {
                usesLater = true
                open = nil
            } else if open == nil, !usesLater {
                open = (line, local)
            }
            return usesLater ? later.microseconds : earlier.microseconds
        case .never:
            // The API says no more than the time itself.
            throw SheetFault(LocalClock.text(local), line: line, text: "the clock of \(zone.name) skips this time")
        }
    }

    /// Call at the end of the file: an hour that exists twice must be there twice.
    mutating func finish() throws(SheetFault) {
        guard let open else { return }
        throw SheetFault(
            "Cannot infer dst time from \(LocalClock.text(open.local)) as there are no repeated times", line: open.line)
    }

    /// `2024-03-31 02:00:00`
    private static func text(_ local: Int64) -> String {
        String(Instant(microseconds: local).spacedText(in: .utc).dropLast(6))
    }
}
