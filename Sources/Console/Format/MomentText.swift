import EnergyCore

/// Times as people type them: `18:00`, `tomorrow 6`, `yesterday`, `+2h`, `-30min`, `2026-03-17`, `2026-03-17 18:00`,
/// `now`, ISO 8601.
package enum MomentText {
    /// The moment, in the zone of the place; nil when the text is no time.
    package static func parse(_ text: String, now: Instant, zone: Zone) -> Instant? {
        let words = text.lowercased().split(whereSeparator: { $0 == " " })
        guard let first = words.first else { return nil }
        if words.count == 1, let moment = single(String(first), now: now, zone: zone) { return moment }
        if let iso = try? Instant(parsing: text) { return iso }
        guard let date = date(String(first), now: now, zone: zone), words.count <= 2 else { return nil }
        guard words.count == 2 else { return zone.startOfDay(date) }
        guard let time = time(words[1]) else { return nil }
        return zone.instant(of: LocalDateTime(date, hour: time.hour, minute: time.minute))
    }

    private static func single(_ word: String, now: Instant, zone: Zone) -> Instant? {
        if word == "now" { return now }
        if word.hasPrefix("+") || word.hasPrefix("-"), let span = span(word.dropFirst()) {
            return word.hasPrefix("-") ? now - span : now + span
        }
        if word.contains(":"), let time = time(word[...]) {
            return zone.instant(of: LocalDateTime(zone.local(now).date, hour: time.hour, minute: time.minute))
        }
        return nil
    }

    private static func date(_ word: String, now: Instant, zone: Zone) -> CivilDate? {
        let today = zone.local(now).date
        switch word {
        case "today": return today
        case "tomorrow": return today.adding(days: 1)
        case "yesterday": return today.adding(days: -1)
        default: break
        }
        let parts = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        return CivilDate(validating: year, month: month, day: day)
    }

    private static func time(_ word: Substring) -> (hour: Int, minute: Int)? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), let hour = Int(parts[0]), (0...24).contains(hour) else { return nil }
        guard parts.count > 1 else { return (hour, 0) }
        guard let minute = Int(parts[1]), (0..<60).contains(minute), hour < 24 || minute == 0 else { return nil }
        return (hour, minute)
    }

    /// `15min`, `2h`, `1d`, `3w`, also combined: `1d12h`; and ISO 8601 durations.
    package static func span(_ text: Substring) -> TimeSpan? {
        let units: [(name: String, length: TimeSpan)] = [
            ("minutes", .minutes(1)), ("minute", .minutes(1)), ("min", .minutes(1)), ("hours", .hours(1)),
            ("hour", .hours(1)),
            ("days", .days(1)), ("day", .days(1)), ("weeks", .days(7)), ("week", .days(7)), ("m", .minutes(1)),
            ("h", .hours(1)), ("d", .days(1)), ("w", .days(7)), ("s", .seconds(1)),
        ]
        var rest = text.drop { $0 == " " }
        var total = TimeSpan.zero
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits), number.isFinite, number < 1e6 else { return nil }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            guard let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            total = total + TimeSpan(microseconds: Int64(number * Double(unit.length.microseconds)))
            rest = rest.dropFirst(unit.name.count).drop { $0 == " " }
        }
        return total
    }
}
