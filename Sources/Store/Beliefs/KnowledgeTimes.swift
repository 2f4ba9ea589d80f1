import EnergyCore

/// When the events of one sensor can be known, in integers.
struct KnowledgeTimes: Sendable {
    private let rule: KnowledgeHorizon
    private let zone: Zone
    /// Microseconds from event start to knowledge time, where that does not depend on the event.
    private let constant: Int64?

    init(of sensor: Sensor) {
        rule = sensor.knowledgeHorizon
        switch rule {
        case .exPost(let span):
            constant = (sensor.resolution + span).microseconds
            zone = .utc
        case .exAnte(let span):
            constant = -span.microseconds
            zone = .utc
        case .daysAgoAtOClock(_, _, let name), .yearsAgoAtDate(_, _, _, let name):
            constant = nil
            zone = Zone.named(name) ?? .utc
        case .atDate:
            constant = nil
            zone = .utc
        }
    }

    /// Knowledge time in microseconds of the event that starts at a second.
    func time(ofEventAt start: Int64) -> Int64 {
        if let constant { return start * 1_000_000 + constant }
        let date = zone.local(Instant(seconds: start)).date
        switch rule {
        case .daysAgoAtOClock(let days, let hour, _):
            let clock = TimeSpan(microseconds: Int64((hour * 3.6e9).rounded()))
            return zone.instant(of: LocalDateTime(date.adding(days: -days)) + clock).microseconds
        case .yearsAgoAtDate(let years, let day, let month, _):
            return zone.startOfDay(CivilDate(year: date.year - years, month: month, day: day)).microseconds
        case .atDate(let moment):
            return moment.microseconds
        case .exPost, .exAnte:
            return start * 1_000_000
        }
    }
}
