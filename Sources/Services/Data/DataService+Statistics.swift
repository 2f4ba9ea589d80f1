import EnergyCore
import Store

/// Which events statistics are about.
package struct StatisticsQuery: Hashable, Sendable {
    /// Events that start then or later.
    package var start: Instant?
    /// Events that start before.
    package var end: Instant?
    /// Whether clients get the entries as an object; else as a list in a fixed order.
    package var isSorted = true

    package init() {}

    /// Reads the fields of a request, in the names and words of the API. Times without an offset are UTC.
    package init(fields: JSONObject) throws(FieldErrors) {
        var form = FieldForm(fields)
        start = form.momentOrUTC("event_start_time")
        end = form.momentOrUTC("event_end_time")
        isSorted = form.truth("sort").value ?? true
        try form.errors.throwIfAny()
    }
}

/// Statistics of the data that one source recorded for a sensor.
package struct SourceReport: Hashable, Sendable {
    package let source: DataSource
    package let statistics: SourceStatistics
    /// End of the last event.
    package let lastEventEnd: Instant
    /// Of the sensor.
    package let zone: Zone

    /// The entries in the order in which clients know them.
    package var entries: [(name: String, value: JSONValue)] {
        [
            ("First event start", .string(statistics.firstEventStart.text(in: zone))),
            ("Last event end", .string(lastEventEnd.text(in: zone))),
            ("Last recorded", .string(statistics.lastBelief.text(in: zone))),
            ("Min value", .number(statistics.minimum)),
            ("Max value", .number(statistics.maximum)),
            ("Mean value", .number(statistics.mean ?? .nan)),
            ("Sum over values", .number(statistics.sum)),
            ("Number of values", .int(Int64(statistics.count))),
        ]
    }
}

extension DataService {
    /// Statistics of every source with a number in range, by source id: of all that was recorded, every version
    /// counted.
    package func statistics(
        of id: SensorID, _ query: StatisticsQuery, as horizon: BeliefHorizon, caller: Caller
    ) throws -> [SourceReport] {
        let sensor = try context.sensor(id, for: .read, caller)
        let sources = try context.records().sources
        let zone = Zone.named(sensor.timezone) ?? .utc
        let found = try context.store.read { transaction in
            try transaction.statistics(
                of: sensor, in: EventRange(from: query.start, until: query.end), as: horizon)
        }
        return found.filter { $0.numbers > 0 }.map { statistics in
            SourceReport(
                source: sources[statistics.source]
                    ?? DataSource(id: statistics.source, name: "unknown source", type: ""),
                statistics: statistics,
                lastEventEnd: statistics.lastEventStart + sensor.resolution, zone: zone)
        }
    }

    /// Statistics as clients get them, by the name of the source.
    package static func json(_ reports: [SourceReport], isSorted: Bool) -> JSONObject {
        var object = JSONObject()
        for report in reports {
            let entries = report.entries
            object[report.source.descriptionWithID] =
                isSorted
                ? .object(JSONObject(entries.map { ($0.name, $0.value) }))
                : .array(entries.map { .array([.string($0.name), $0.value]) })
        }
        return object
    }
}

extension FieldForm {
    /// A date and time; without an offset it is UTC.
    fileprivate mutating func momentOrUTC(_ field: String) -> Instant? {
        let refusal = DateTimeTextError.unparsable.message
        guard let text = read(field, or: refusal, { $0.stringValue }).value else { return nil }
        guard let parsed = try? DateTimeText(parsing: text, repairingPlus: true) else {
            refuse(field, refusal)
            return nil
        }
        return Instant(microseconds: parsed.local.microseconds - (parsed.offset?.microseconds ?? 0))
    }
}
