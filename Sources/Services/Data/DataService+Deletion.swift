import EnergyCore
import Store

/// Which data of a sensor are to be deleted.
package struct DeletionQuery: Hashable, Sendable {
    /// nil: of every source.
    package var source: DataSourceID?
    /// Events that start then or later.
    package var start: Instant?
    /// Events that end then or earlier.
    package var until: Instant?

    package init() {}

    /// Reads the fields of a request, in the names and words of the API.
    package init(fields: JSONObject) throws(FieldErrors) {
        var form = FieldForm(fields)
        source = form.integer("source").value
        start = form.datetime("start")?.instant
        until = form.datetime("until")?.instant
        form.refuseUnknown()
        try form.errors.throwIfAny()
    }
}

extension DataService {
    /// Deletes data of a sensor, and says so in the audit log. Returns how many beliefs there were.
    @discardableResult
    package func delete(_ query: DeletionQuery, of id: SensorID, as caller: Caller) throws -> Int {
        let sensor = try context.sensor(id, for: .delete, caller)
        let range = EventRange(from: query.start, until: try lastStart(query, sensor))
        if let source = query.source, try context.records().sources[source] == nil {
            throw FieldErrors("source", NotFound(.source, source).message)
        }
        return try context.write { transaction in
            let count = try transaction.deleteBeliefs(
                of: sensor, in: range, sources: query.source.map { [$0] })
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
                .note("Deleted data for sensor '\(sensor.name)': \(sensor.id)", asset: sensor.assetID)
            return count
        }
    }

    /// The first event start that is not deleted any more.
    private func lastStart(_ query: DeletionQuery, _ sensor: Sensor) throws -> Instant? {
        guard let until = query.until else { return nil }
        let steps = EventSteps(sensor.resolution, in: Zone.named(sensor.timezone) ?? .utc)
        if let start = query.start, until < start + sensor.resolution {
            throw FieldErrors("until", "Must lie at least one resolution of the sensor after start.")
        }
        let last = sensor.resolution == .zero ? until : steps.instant(-1, after: until)
        return last + TimeSpan(microseconds: 1)
    }
}
