/// How events or answers step through time: a fixed span, or whole days of a zone's calendar.
///
/// Steps of whole days keep the wall-clock time, so a day of a clock change has 23 or 25 hours.
package struct EventSteps: Sendable {
    package let span: TimeSpan
    package let zone: Zone
    /// Local days per step; nil if the span is no whole number of days.
    package let days: Int?

    package init(_ span: TimeSpan, in zone: Zone) {
        self.span = span
        self.zone = zone
        let day = TimeSpan.days(1).microseconds
        days = span > .zero && span.microseconds % day == 0 ? Int(span.microseconds / day) : nil
    }

    /// The instant that many steps after `start`; negative counts go back.
    package func instant(_ count: Int, after start: Instant) -> Instant {
        guard let days else { return start + span * count }
        return zone.adding(days: days * count, to: start)
    }

    /// All step starts from `start` on that lie before `end`; one if `start` is `end`, none if it is later.
    package func starts(from start: Instant, until end: Instant) -> [Instant] {
        guard span > .zero, start <= end else { return [] }
        if start == end { return [start] }
        var starts: [Instant] = []
        starts.reserveCapacity(count(from: start, until: end))
        guard days != nil else {
            var next = start
            while next < end {
                starts.append(next)
                next = next + span
            }
            return starts
        }
        while true {
            let next = instant(starts.count, after: start)
            if next >= end { return starts }
            starts.append(next)
        }
    }

    /// How many starts there are, without making them; for steps of days it may be off by one. Guards against windows that
    /// are too large to answer.
    package func count(from start: Instant, until end: Instant) -> Int {
        guard span > .zero, start <= end else { return 0 }
        if start == end { return 1 }
        let (length, overflow) = end.microseconds.subtractingReportingOverflow(start.microseconds)
        return overflow ? Int.max : Int((length - 1) / span.microseconds) + 1
    }
}
