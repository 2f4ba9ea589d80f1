import EnergyCore

/// Local days of one zone in seconds since 1970; remembers the last one, as neighbours ask for the same.
struct LocalDays {
    private let zone: Zone
    private(set) var current = EventRange(from: 0, until: 0)

    init(of sensor: Sensor) {
        zone = Zone.named(sensor.timezone) ?? .utc
    }

    /// The day in which a second lies.
    mutating func day(containing second: Int64) -> EventRange {
        if second >= current.from, second < current.until { return current }
        let date = zone.local(Instant(seconds: second)).date
        current = EventRange(from: zone.startOfDay(date), until: zone.startOfDay(date.adding(days: 1)))
        return current
    }

    /// The smallest range of whole days around a range.
    mutating func wholeDays(around range: EventRange) -> EventRange {
        if range.isEmpty { return range }
        let from = day(containing: range.from).from
        return EventRange(from: from, until: day(containing: range.until - 1).until)
    }

    /// Start of the bin in which a second lies. Bins of less than a day count from local midnight, so that each lies
    /// within one day.
    mutating func binStart(_ level: RollUpLevel, containing second: Int64) -> Int64 {
        let midnight = day(containing: second).from
        if level == .day { return midnight }
        return second - (second - midnight) % level.seconds
    }
}
