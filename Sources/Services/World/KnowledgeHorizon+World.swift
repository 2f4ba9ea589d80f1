import EnergyCore

/// Knowledge horizons in world files: `{"ex_post": "PT0H"}`, `{"ex_ante": "PT30M"}`,
/// `{"days_ago": 1, "hour": 12, "timezone": "Europe/Paris"}`, `{"at": "2026-01-01T00:00Z"}` or
/// `{"years_ago": 1, "day": 1, "month": 11, "timezone": "Europe/Paris"}`.
extension KnowledgeHorizon {
    init(world value: JSONValue, at place: String) throws {
        let entry = try WorldEntry(value, at: place)
        if let span = try entry.optionalSpan("ex_post") {
            self = .exPost(span)
        } else if let span = try entry.optionalSpan("ex_ante") {
            self = .exAnte(span)
        } else if let instant = try entry.optionalInstant("at") {
            self = .atDate(instant)
        } else if let days = try Self.whole("days_ago", of: entry, in: -36_500...36_500) {
            let hour = try entry.optionalNumber("hour") ?? 0
            guard 0...24 ~= hour else { throw WorldError(entry.place("hour"), "an hour from 0 to 24 is due") }
            self = .daysAgoAtOClock(days: days, hour: hour, zone: try Self.zone(of: entry))
        } else if let years = try Self.whole("years_ago", of: entry, in: -100...100) {
            self = .yearsAgoAtDate(
                years: years, day: try Self.whole("day", of: entry, in: 1...31) ?? 1,
                month: try Self.whole("month", of: entry, in: 1...12) ?? 1, zone: try Self.zone(of: entry))
        } else {
            throw WorldError(place, "one of ex_post, ex_ante, at, days_ago, years_ago is due")
        }
    }

    private static func whole(_ key: String, of entry: WorldEntry, in range: ClosedRange<Int>) throws(WorldError)
        -> Int?
    {
        guard let number = try entry.optionalNumber(key) else { return nil }
        guard let whole = Int(exactly: number), range ~= whole else {
            throw WorldError(entry.place(key), "a whole number from \(range.lowerBound) to \(range.upperBound) is due")
        }
        return whole
    }

    private static func zone(of entry: WorldEntry) throws -> String {
        let name = try entry.text("timezone")
        guard Zone.named(name) != nil else {
            throw WorldError(entry.place("timezone"), "'\(name)' is no IANA time zone")
        }
        return name
    }

    /// nil for the default, which is not written.
    var world: JSONValue? {
        switch self {
        case .exPost(.zero): nil
        case .exPost(let span): ["ex_post": .string(span.isoText(.days, signed: true))]
        case .exAnte(let span): ["ex_ante": .string(span.isoText(.days, signed: true))]
        case .atDate(let instant): ["at": .string(instant.utcText)]
        case .daysAgoAtOClock(let days, let hour, let zone):
            ["days_ago": .int(Int64(days)), "hour": .double(hour), "timezone": .string(zone)]
        case .yearsAgoAtDate(let years, let day, let month, let zone):
            [
                "years_ago": .int(Int64(years)), "day": .int(Int64(day)), "month": .int(Int64(month)),
                "timezone": .string(zone),
            ]
        }
    }
}
