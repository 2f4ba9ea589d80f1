/// When the events of one sensor can be known: the rule of its knowledge horizon, made ready for many events.
package struct KnowledgeTimes: Sendable {
    private let rule: KnowledgeHorizon
    private let zone: Zone
    /// Microseconds from event start to knowledge time, where that does not depend on the event.
    private let constant: Int64?

    package init(of sensor: Sensor) {
        self.init(sensor.knowledgeHorizon, resolution: sensor.resolution)
    }

    /// - Parameter resolution: how long the events last
    package init(_ rule: KnowledgeHorizon, resolution: TimeSpan) {
        self.rule = rule
        switch rule {
        case .exPost(let span):
            constant = (resolution + span).microseconds
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

    /// When the event that starts then can be known for sure.
    package func time(ofEventAt start: Instant) -> Instant {
        if let constant { return Instant(microseconds: start.microseconds + constant) }
        switch rule {
        case .daysAgoAtOClock(let days, let hour, _):
            let clock = TimeSpan(microseconds: Int64((hour * 3.6e9).rounded()))
            return zone.instant(of: LocalDateTime(zone.local(start).date.adding(days: -days)) + clock)
        case .yearsAgoAtDate(let years, let day, let month, _):
            let year = zone.local(start).date.year - years
            // 29 February of a year without it is its last day of February.
            let length = CivilDate.daysInMonth(year: year, month: month)
            return zone.startOfDay(CivilDate(year: year, month: month, day: min(day, length)))
        case .atDate(let moment):
            return moment
        case .exPost, .exAnte:
            return start
        }
    }

    /// Belief horizon of a belief formed at a moment about the event that starts then: positive for forecasts.
    package func horizon(ofEventAt start: Instant, believedAt moment: Instant) -> TimeSpan {
        time(ofEventAt: start) - moment
    }

    /// When a belief with this horizon was formed.
    package func beliefTime(ofEventAt start: Instant, horizon: TimeSpan) -> Instant {
        time(ofEventAt: start) - horizon
    }
}
