/// What a query asks of a sensor's series: from when, how long, in which steps.
package struct SeriesWindow: Sendable {
    /// As the query wrote it.
    package let start: AwareDateTime
    /// The first instant after the window.
    package let end: Instant
    /// Length of the sensor's events; zero for instantaneous sensors.
    package let sensorResolution: TimeSpan
    /// Step of the answer.
    package let resolution: TimeSpan
    /// The duration as answers repeat it: nominal ones grounded on the offset of the start.
    package let statedDuration: TimeSpan
    let zone: Zone

    /// - Parameters:
    ///   - resolution: nil for the sensor's own; for instantaneous sensors it then depends on the length of the window
    ///   - zone: the sensor's
    package init(
        start: AwareDateTime, duration: ISODuration, resolution: TimeSpan?, sensorResolution: TimeSpan, zone: Zone
    ) {
        self.start = start
        self.sensorResolution = sensorResolution
        self.zone = zone
        let elapsed = duration.grounded(from: start.instant, in: Zone.fixed(offset: start.offset))
        statedDuration = elapsed
        let step =
            resolution ?? (sensorResolution > .zero ? sensorResolution : SeriesWindow.defaultResolution(elapsed))
        self.resolution = step
        let steps = EventSteps(step, in: zone)
        if steps.days != nil, duration.isNominal {
            end = duration.end(from: start.instant, in: zone)
        } else if steps.days != nil, let days = SeriesWindow.wholeDays(elapsed) {
            end = zone.adding(days: days, to: start.instant)
        } else {
            end = start.instant + elapsed
        }
    }

    /// Step for instantaneous sensors when none is asked for.
    package static func defaultResolution(_ window: TimeSpan) -> TimeSpan {
        if window <= .hours(8) { return .minutes(5) }
        if window <= .hours(48) { return .minutes(15) }
        if window <= .days(14) { return .hours(1) }
        return window <= .days(7 * 16) ? .hours(24) : .hours(168)
    }

    private static func wholeDays(_ span: TimeSpan) -> Int? {
        let day = TimeSpan.days(1).microseconds
        return span.microseconds % day == 0 ? Int(span.microseconds / day) : nil
    }

    package var isInstantaneous: Bool { sensorResolution == .zero }

    /// The resolution as answers state it: always zero for instantaneous sensors.
    package var statedResolution: TimeSpan { isInstantaneous ? .zero : resolution }

    /// The instants of the answer, one per value.
    package var stepStarts: [Instant] {
        EventSteps(resolution, in: zone).starts(from: start.instant, until: end)
    }

    /// How many values the answer has, give or take one; to refuse windows that are too large.
    package var stepCount: Int {
        EventSteps(resolution, in: zone).count(from: start.instant, until: end)
    }

    /// Seconds since the epoch between which the events that matter start: the first second, and the first one behind.
    package var eventSeconds: (from: Int64, until: Int64) {
        func secondAtOrAfter(_ microseconds: Int64) -> Int64 { -floorDivide(-microseconds, 1_000_000) }
        if isInstantaneous {
            return (secondAtOrAfter(start.instant.microseconds), secondAtOrAfter(end.microseconds + 1))
        }
        let earliest = EventSteps(sensorResolution, in: zone).instant(-1, after: start.instant)
        return (secondAtOrAfter(earliest.microseconds + 1), secondAtOrAfter(end.microseconds))
    }
}
