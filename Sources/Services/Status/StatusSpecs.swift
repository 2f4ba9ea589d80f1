import EnergyCore
import Store

/// When the data of a sensor count as stale: the sensor's attribute `status_specs`, or defaults.
struct StatusSpecs: Hashable, Sendable {
    /// The oldest that the most recent data may be.
    var maximumStaleness: TimeSpan
    /// The same for data about the future; negative: they must reach so far ahead.
    var maximumFutureStaleness: TimeSpan
    /// Which beliefs count.
    var search = JSONObject()

    /// Throws when the attribute is there but wrong.
    init(of sensor: Sensor) throws(FieldErrors) {
        maximumFutureStaleness = .hours(-12)
        if case .daysAgoAtOClock = sensor.knowledgeHorizon {
            maximumStaleness = .days(1)
        } else {
            maximumStaleness = sensor.resolution * 2
        }
        guard let attribute = sensor.attributes["status_specs"] else { return }
        guard let fields = attribute.objectValue else {
            throw FieldErrors(["attributes", "status_specs"], FieldText.mapping)
        }
        var form = FieldForm(fields)
        let search = form.read("staleness_search", required: true, or: FieldText.mapping) { $0.objectValue }
        let longest = form.span("max_staleness", required: true)
        let longestAhead = form.span("max_future_staleness", required: true)
        form.refuseUnknown()
        if !form.errors.isEmpty { throw form.errors.nested(under: ["attributes", "status_specs"]) }
        self.search = search.value ?? JSONObject()
        maximumStaleness = longest ?? maximumStaleness
        maximumFutureStaleness = longestAhead ?? maximumFutureStaleness
    }

    /// The beliefs that count among those formed by `now`.
    func filter(now: Instant) -> BeliefFilter {
        var filter = BeliefFilter(.asOf(now)).believed(until: moment("beliefs_before"))
        filter.believedSince = moment("beliefs_after")
        filter.minimumHorizon = span("horizons_at_least")
        filter.maximumHorizon = span("horizons_at_most")
        return filter
    }

    private func moment(_ key: String) -> Instant? {
        search[key]?.stringValue.flatMap { try? Instant(parsing: $0) }
    }

    private func span(_ key: String) -> TimeSpan? {
        search[key]?.stringValue.flatMap { try? ISODuration(parsing: $0) }?.absolute
    }
}
