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
        } else if let days = try entry.optionalNumber("days_ago") {
            self = .daysAgoAtOClock(
                days: Int(days), hour: try entry.optionalNumber("hour") ?? 0, zone: try Self.zone(of: entry))
        } else if let years = try entry.optionalNumber("years_ago") {
            self = .yearsAgoAtDate(
                years: Int(years), day: Int(try entry.optionalNumber("day") ?? 1),
                month: Int(try entry.optionalNumber("month") ?? 1), zone: try Self.zone(of: entry))
        } else {
            throw WorldError(place, "one of ex_post, ex_ante, at, days_ago, years_ago is due")
        }
    }

    private static func zone(of entry: WorldEntry) throws -> String {
        let name = try entry.text("timezone")
        guard Zone.named(name) != nil else { throw WorldError(entry.place("timezone"), "'\(name)' is no IANA time zone") }
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
            ["years_ago": .int(Int64(years)), "day": .int(Int64(day)), "month": .int(Int64(month)), "timezone": .string(zone)]
        }
    }
}
