/// The distance between neighbouring events or steps of an answer: elapsed time, or local days.
///
/// Lengths of whole days are counted on the calendar of a zone, so that a daily value stays at local midnight when the
/// clock changes; all other lengths are elapsed time.
package struct EventStep: Hashable, Sendable {
    /// Nominal length; a day counts 24 hours.
    package let length: TimeSpan
    package let zone: Zone

    package init(_ length: TimeSpan, in zone: Zone) {
        self.length = length
        self.zone = zone
    }

    /// The number of days, if steps count days.
    package var days: Int? {
        let day = TimeSpan.days(1).microseconds
        return length > .zero && length.microseconds % day == 0 ? Int(length.microseconds / day) : nil
    }

    /// The moment that many steps after another (before it, if negative).
    package func moment(_ count: Int, after start: Instant) -> Instant {
        if let days { return zone.adding(days: days * count, to: start) }
        return start + length * count
    }

    /// The first moment after an event or step that begins at `start`.
    package func end(of start: Instant) -> Instant { moment(1, after: start) }
}

/// The window of a request and the steps in which it is answered.
package struct EventGrid: Hashable, Sendable {
    package let start: Instant
    package let end: Instant
    package let step: EventStep
    /// Where the steps begin: `start`, and every step after it before `end`; one if the window has no length, none if
    /// it ends before it starts.
    package let starts: [Instant]

    package init(start: Instant, end: Instant, step: EventStep) {
        self.start = start
        self.end = end
        self.step = step
        var starts: [Instant] = []
        if start == end {
            starts = [start]
        } else if step.length > .zero, start < end {
            starts.reserveCapacity(Int((end - start).microseconds / step.length.microseconds) + 1)
            var next = start
            while next < end {
                starts.append(next)
                next = step.moment(starts.count, after: start)
            }
        }
        self.starts = starts
    }

    /// Where the step with that index ends.
    package func end(ofStep index: Int) -> Instant { step.moment(index + 1, after: start) }
}

extension ISODuration {
    /// The end of a window of this length: with steps of whole days, days and months are counted on the calendar of
    /// the step's zone; else days are 24 hours, and months count on the calendar that stays at the offset of `start`.
    package func windowEnd(from start: AwareDateTime, step: EventStep) -> Instant {
        let day = TimeSpan.days(1).microseconds
        guard step.days != nil else { return end(from: start.instant, in: .fixed(offset: start.offset)) }
        guard !isNominal else { return end(from: start.instant, in: step.zone) }
        guard span.microseconds % day == 0 else { return start.instant + span }
        return step.zone.adding(days: Int(span.microseconds / day), to: start.instant)
    }
}
