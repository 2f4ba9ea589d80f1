import EnergyCore

/// Times for people: 24 hours, the date only where it is not today.
package struct TimeFormat: Hashable, Sendable {
    package var zone: Zone
    package var now: Instant

    package init(zone: Zone, now: Instant) {
        self.zone = zone
        self.now = now
    }

    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// `14:37`
    package func minute(_ moment: Instant) -> String {
        let local = zone.local(moment)
        return "\(Self.two(local.hour)):\(Self.two(local.minute))"
    }

    /// `14:37:05`
    package func second(_ moment: Instant) -> String {
        "\(minute(moment)):\(Self.two(zone.local(moment).second))"
    }

    /// `14:37`, or `17 Mar 14:37` on another day, or `2025-03-17 14:37` in another year.
    package func short(_ moment: Instant) -> String {
        let (there, here) = (zone.local(moment).date, zone.local(now).date)
        if there == here { return minute(moment) }
        return "\(day(moment)) \(minute(moment))"
    }

    /// `14:37:05`, or `17 Mar 14:37` on another day.
    package func fine(_ moment: Instant) -> String {
        zone.local(moment).date == zone.local(now).date ? second(moment) : short(moment)
    }

    /// `17 Mar`, or `2025-03-17` in another year.
    package func day(_ moment: Instant) -> String {
        let (there, here) = (zone.local(moment).date, zone.local(now).date)
        return there.year == here.year ? "\(there.day) \(Self.months[there.month - 1])" : there.description
    }

    /// `Tue`
    package func weekday(_ moment: Instant) -> String { Self.weekdays[zone.local(moment).date.isoWeekday - 1] }

    /// `Tue 2026-03-17`
    package func longDay(_ moment: Instant) -> String {
        let date = zone.local(moment).date
        return "\(Self.weekdays[date.isoWeekday - 1]) \(date.description)"
    }

    /// `2026-03-17 14:37`
    package func full(_ moment: Instant) -> String { "\(zone.local(moment).date.description) \(minute(moment))" }

    /// `CET`-like name is not in the tables we read: the offset says it, `+01`.
    package func offset(_ moment: Instant) -> String {
        let seconds = zone.offset(at: moment)
        let minutes = abs(seconds) / 60
        let sign = seconds < 0 ? "-" : "+"
        return seconds == 0
            ? "UTC" : sign + Self.two(minutes / 60) + (minutes % 60 == 0 ? "" : ":" + Self.two(minutes % 60))
    }

    /// An age or a lead: `3 s`, `26 min`, `2 h 05`, `3 d`; negative for what lies ahead.
    package static func age(_ span: TimeSpan) -> String {
        let sign = span < .zero ? "-" : ""
        let seconds = abs(span.microseconds) / 1_000_000
        if seconds < 60 { return "\(sign)\(seconds) s" }
        if seconds < 3600 { return "\(sign)\(seconds / 60) min" }
        if seconds < 48 * 3600 {
            let minutes = seconds / 60 % 60
            return "\(sign)\(seconds / 3600) h" + (minutes == 0 ? "" : " \(two(Int(minutes)))")
        }
        return "\(sign)\(seconds / 86_400) d"
    }

    /// A length: `15 min`, `48 h`, `7 d`.
    package static func length(_ span: TimeSpan) -> String {
        let seconds = span.microseconds / 1_000_000
        if seconds == 0 { return "0 min" }
        if seconds % 86_400 == 0, seconds > 3 * 86_400 { return "\(seconds / 86_400) d" }
        if seconds % 3600 == 0 { return "\(seconds / 3600) h" }
        if seconds % 60 == 0, seconds < 86_400 { return "\(seconds / 60) min" }
        return age(span)
    }
}
