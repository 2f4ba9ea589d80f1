import EnergyCore
import Store

extension ChartService {
    /// What has been recorded about one sensor, every probability of it: from this web clients draw charts of sensors,
    /// and other servers copy it.
    package func records(ofSensor id: SensorID, _ query: ChartQuery, caller: Caller) throws -> JSONValue {
        let sensor = try context.sensor(id, for: .read, caller)
        let records = try context.records()
        let range = query.range(of: sensor)
        let beliefs = try context.store.read { transaction in
            try checkSize(of: [sensor], query, transaction)
            let filter = query.filter(as: .live)
            return query.mostRecentOnly
                ? try transaction.latestBeliefs(of: sensor, in: range, filter: filter)
                : try transaction.beliefs(of: sensor, in: range, filter: filter)
        }
        let used = beliefs.sources.withoutRepeats
        let list = SensorRecords(
            sensor: sensor, sources: records.sources.filter { used.contains($0.key) },
            entry: [
                "name": .string(sensor.name), "unit": .string(sensor.unit),
                "description": .string(records.chartDescription(of: sensor)), "asset_id": .int(Int64(sensor.assetID)),
                "asset_description": .string(records.asset(sensor.assetID).map(records.chartDescription) ?? ""),
            ])
        return query.isCompressed ? list.compressed(beliefs) : list.plain(beliefs)
    }
}

/// The two forms of a sensor's records.
private struct SensorRecords {
    let sensor: Sensor
    let sources: [DataSourceID: DataSource]
    let entry: JSONObject
    private let knowledge: KnowledgeTimes

    init(sensor: Sensor, sources: [DataSourceID: DataSource], entry: JSONObject) {
        self.sensor = sensor
        self.sources = sources
        self.entry = entry
        knowledge = KnowledgeTimes(of: sensor)
    }

    func plain(_ beliefs: BeliefColumns) -> JSONValue {
        var entry = entry
        entry["id"] = .int(Int64(sensor.id))
        entry["sensor_unit"] = entry["unit"]
        entry["unit"] = nil
        let (own, known) = (
            JSONValue.object(entry), sources.mapValues { JSONValue.object($0.chartEntry(withID: true)) }
        )
        return .array(
            inOrder(beliefs).map { belief in
                [
                    "event_start": .int(belief.eventStart.microseconds / 1000), "belief_time": .int(moment(of: belief)),
                    "source": known[belief.sourceID] ?? .null,
                    "cumulative_probability": .double(belief.cumulativeProbability),
                    "event_value": .double(belief.value), "sensor": own,
                ]
            })
    }

    func compressed(_ beliefs: BeliefColumns) -> JSONValue {
        let (id, entries) = ("\(sensor.id)", sources.sorted { $0.key < $1.key })
        return [
            "data": .array(
                inOrder(beliefs).map { belief in
                    [
                        "ts": .int(belief.eventStart.microseconds / 1000), "sid": .int(Int64(sensor.id)),
                        "val": .double(belief.value), "src": .int(Int64(belief.sourceID)),
                        "bt": .int(moment(of: belief)), "cp": .double(belief.cumulativeProbability),
                    ]
                }),
            "sensors": .object([id: .object(entry)]),
            "sources": .object(
                JSONObject(entries.map { ("\($0.key)", JSONValue.object($0.value.chartEntry(withID: false))) })),
        ]
    }

    private func moment(of belief: Belief) -> Int64 {
        knowledge.beliefTime(ofEventAt: belief.eventStart, horizon: belief.horizon).microseconds / 1000
    }

    /// By event, then by the source's description, then as they were recorded.
    private func inOrder(_ beliefs: BeliefColumns) -> [Belief] {
        let names = sources.mapValues { Array($0.description.utf8) }
        return (0..<beliefs.count).map { beliefs[$0] }.sorted { a, b in
            if a.eventStart != b.eventStart { return a.eventStart < b.eventStart }
            if a.sourceID != b.sourceID {
                let (first, second) = (names[a.sourceID] ?? [], names[b.sourceID] ?? [])
                return first == second ? a.sourceID < b.sourceID : first.lexicographicallyPrecedes(second)
            }
            return (b.horizon, a.cumulativeProbability) < (a.horizon, b.cumulativeProbability)
        }
    }
}
