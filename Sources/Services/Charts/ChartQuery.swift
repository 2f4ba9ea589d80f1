import EnergyCore
import Store

/// Which data charts are about.
package struct ChartQuery: Hashable, Sendable {
    package var eventStartsAfter: Instant?
    package var eventEndsBefore: Instant?
    package var beliefsAfter: Instant?
    package var beliefsBefore: Instant?
    /// One belief per event and source, the latest; else all of them.
    package var mostRecentOnly = true
    /// Leaves out what older versions of a source believed about the same event at the same time.
    package var latestVersionOnly = false
    /// Records refer to maps of sensors and sources instead of repeating them.
    package var isCompressed = false

    package init() {}

    /// Reads the fields of a request, in the names and words of the API. Other fields are none of its business.
    package init(fields: JSONObject) throws(FieldErrors) {
        var form = FieldForm(fields)
        eventStartsAfter = (form.datetime("event_starts_after") ?? form.datetime("start"))?.instant
        eventEndsBefore = (form.datetime("event_ends_before") ?? form.datetime("end"))?.instant
        beliefsAfter = form.datetime("beliefs_after")?.instant
        beliefsBefore = (form.datetime("beliefs_before") ?? form.datetime("prior"))?.instant
        mostRecentOnly = form.truth("most_recent_beliefs_only").value ?? true
        latestVersionOnly = form.truth("use_latest_version_per_event").value ?? false
        isCompressed = form.truth("compress_json").value ?? false
        try form.errors.throwIfAny()
    }

    /// The beliefs that count.
    func filter(as horizon: BeliefHorizon) -> BeliefFilter {
        var filter = BeliefFilter(horizon).believed(until: beliefsBefore)
        filter.believedSince = beliefsAfter
        return filter
    }

    /// The events that count: those that reach into the window, and readings within it, both ends included.
    func range(of sensor: Sensor) -> EventRange {
        if sensor.resolution == .zero {
            let end = eventEndsBefore.map { $0 + TimeSpan(microseconds: 1) }
            return EventRange(from: eventStartsAfter, until: end)
        }
        let steps = EventSteps(sensor.resolution, in: Zone.named(sensor.timezone) ?? .utc)
        let from = eventStartsAfter.map { steps.instant(-1, after: $0) + TimeSpan(microseconds: 1) }
        return EventRange(from: from, until: eventEndsBefore)
    }
}
