import Synchronization

/// The rules of a place for its wall clock: UTC offsets and when they change.
///
/// Read once per name from the system's tz database and kept; look-ups are a binary search over integers.
package final class Zone: Sendable {
    /// IANA name, or `UTC+02:00` for a fixed offset.
    package let name: String
    /// Seconds since the epoch at which an offset begins; `offsets` has one entry more, for the time before the first.
    private let transitions: [Int64]
    private let offsets: [Int32]
    /// From here on the last 400 years of transitions repeat, as the calendar does. nil: no more changes.
    private let cycleStart: Int64?

    init(name: String, transitions: [Int64], offsets: [Int32], cycleStart: Int64?) {
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
        self.cycleStart = cycleStart
    }

    package static let utc = Zone(name: "UTC", transitions: [], offsets: [0], cycleStart: nil)

    /// A zone whose offset never changes, in seconds east of UTC.
    package static func fixed(offset: Int) -> Zone {
        if offset == 0 { return utc }
        var bytes = Array("UTC".utf8)
        bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        appendPadded(abs(offset) / 3600, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendPadded(abs(offset) / 60 % 60, digits: 2, to: &bytes)
        let name = String(decoding: bytes, as: UTF8.self)
        return Zone(name: name, transitions: [], offsets: [Int32(offset)], cycleStart: nil)
    }

    private static let loaded = Mutex<[String: Zone]>([:])

    /// The zone of an IANA name; nil if there is none of that name.
    package static func named(_ name: String) -> Zone? {
        if name == "UTC" { return utc }
        if let zone = loaded.withLock({ $0[name] }) { return zone }
        guard let zone = ZoneDatabase.load(name) else { return nil }
        loaded.withLock { $0[name] = zone }
        return zone
    }

    /// Seconds east of UTC at an instant.
    package func offset(at instant: Instant) -> Int { offset(atSecond: instant.seconds) }

    /// Seconds east of UTC at a number of seconds since the epoch.
    package func offset(atSecond second: Int64) -> Int {
        if transitions.isEmpty { return Int(offsets[0]) }
        var second = second
        if let cycleStart, second >= cycleStart {
            let cycle: Int64 = 146_097 * 86_400
            second = cycleStart - cycle + floorModulo(second - cycleStart, cycle)
        }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return Int(offsets[low])
    }

    /// What the wall clock shows at an instant.
    package func local(_ instant: Instant) -> LocalDateTime { instant.local(offset: offset(at: instant)) }
}

extension Zone: Hashable {
    package static func == (a: Zone, b: Zone) -> Bool { a.name == b.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The instants at which a wall clock shows a given time.
package enum LocalTimeMatch: Hashable, Sendable {
    case once(Instant)
    /// The clock was set back: it showed the time twice.
    case twice(earlier: Instant, later: Instant)
    /// The clock was set forward and never showed the time; `after` is where the time would be without the change.
    case never(after: Instant)
}

extension Zone {
    /// When the wall clock of the zone shows `local`.
    package func match(_ local: LocalDateTime) -> LocalTimeMatch {
        // No two changes of a zone lie within a day of each other, so the offsets of the days around are the candidates.
        let day = TimeSpan.days(1).microseconds
        let before = offset(at: Instant(microseconds: local.microseconds - day))
        let after = offset(at: Instant(microseconds: local.microseconds + day))
        let first = Instant(microseconds: local.microseconds - Int64(before) * 1_000_000)
        if before == after { return .once(first) }
        let second = Instant(microseconds: local.microseconds - Int64(after) * 1_000_000)
        switch (offset(at: first) == before, offset(at: second) == after) {
        case (true, true): return .twice(earlier: first, later: second)
        case (true, false): return .once(first)
        case (false, true): return .once(second)
        case (false, false): return .never(after: first)
        }
    }

    /// The instant of a local time: the earlier one of two; for a time that was skipped, as if the clock had not changed.
    package func instant(of local: LocalDateTime) -> Instant {
        switch match(local) {
        case .once(let instant), .never(after: let instant): instant
        case .twice(earlier: let earlier, later: _): earlier
        }
    }

    /// The first instant of a local day.
    package func startOfDay(_ date: CivilDate) -> Instant { instant(of: LocalDateTime(date)) }

    /// The first instant of the local day in which `instant` lies.
    package func startOfDay(containing instant: Instant) -> Instant { startOfDay(local(instant).date) }

    /// The same wall-clock time that many local days later; the same instant arithmetic as a calendar makes it.
    package func adding(days: Int, to instant: Instant) -> Instant {
        let moved = local(instant).adding(days: days)
        if case .twice(let earlier, let later) = match(moved) {
            // A clock time that exists twice keeps the offset it had, so that moving by zero days changes nothing.
            return offset(at: instant) == offset(at: later) ? later : earlier
        }
        return self.instant(of: moved)
    }
}
