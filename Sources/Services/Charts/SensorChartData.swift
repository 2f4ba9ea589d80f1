import EnergyCore
import Store

/// The data of one sensor as charts of that sensor get them: every belief with its own time and probability.
package struct SensorChartData: Sendable {
    package let sensor: Sensor
    package let beliefs: BeliefColumns
    let sources: [DataSourceID: DataSource]
    let description: String
    let assetDescription: String

    /// The data as clients get them.
    package func json(isCompressed: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: 128 * beliefs.count + 512)
        let times = KnowledgeTimes(of: sensor)
        writer.raw(isCompressed ? "{\"data\":[" : "[")
        for index in 0..<beliefs.count {
            if index > 0 { writer.raw(",") }
            let start = Instant(seconds: beliefs.starts[index])
            let horizon = TimeSpan(microseconds: beliefs.horizons[index])
            let believed = times.beliefTime(ofEventAt: start, horizon: horizon)
            write(index, start, believed, isCompressed, to: &writer)
        }
        writer.raw("]")
        if isCompressed {
            writer.raw(",\"sensors\":")
            writer.write(.object(beliefs.isEmpty ? [:] : ["\(sensor.id)": .object(sensorEntry.without(["id"]))]))
            writer.raw(",\"sources\":")
            let entries = usedSources.map { ("\($0.id)", JSONValue.object($0.chartEntry(withID: false))) }
            writer.write(.object(JSONObject(entries)))
            writer.raw("}")
        }
        return writer.bytes
    }

    private func write(
        _ index: Int, _ start: Instant, _ believed: Instant, _ isCompressed: Bool, to writer: inout JSONWriter
    ) {
        let source = beliefs.sources[index]
        let probability = ProbabilityCode.probability(beliefs.probabilities[index])
        if isCompressed {
            let record: JSONObject = [
                "ts": .int(start.microseconds / 1000), "sid": .int(Int64(sensor.id)),
                "val": .number(beliefs.values[index]), "src": .int(Int64(source)),
                "bt": .int(believed.microseconds / 1000), "cp": .double(probability),
            ]
            writer.write(.object(record))
        } else {
            let record: JSONObject = [
                "event_start": .int(start.microseconds / 1000), "belief_time": .int(believed.microseconds / 1000),
                "source": sources[source].map { .object($0.chartEntry(withID: true)) } ?? .null,
                "cumulative_probability": .double(probability), "event_value": .number(beliefs.values[index]),
                "sensor": .object(sensorEntry),
            ]
            writer.write(.object(record))
        }
    }

    private var sensorEntry: JSONObject {
        [
            "id": .int(Int64(sensor.id)), "name": .string(sensor.name), "unit": .string(sensor.unit),
            "description": .string(description), "asset_id": .int(Int64(sensor.assetID)),
            "asset_description": .string(assetDescription),
        ]
    }

    private var usedSources: [DataSource] {
        Set(beliefs.sources).sorted().compactMap { sources[$0] }
    }
}

extension ChartService {
    /// The data of one sensor, at its own resolution.
    package func data(
        ofSensor id: SensorID, _ query: ChartQuery, as horizon: BeliefHorizon, caller: Caller
    ) throws -> SensorChartData {
        let sensor = try context.sensor(id, for: .read, caller)
        let records = try context.records()
        let filter = query.filter(as: horizon)
        let beliefs = try context.store.read { transaction in
            try checkSize(of: [sensor], query, transaction)
            return query.mostRecentOnly
                ? try transaction.latestBeliefs(of: sensor, in: query.range(of: sensor), filter: filter)
                : try transaction.beliefs(of: sensor, in: query.range(of: sensor), filter: filter)
        }
        return SensorChartData(
            sensor: sensor, beliefs: beliefs, sources: records.sources,
            description: records.chartDescription(of: sensor),
            assetDescription: records.asset(sensor.assetID).map(records.chartDescription) ?? "")
    }

    /// What web pages ask about a sensor before its data: name, zone, and the time span of its events.
    package func summary(ofSensor id: SensorID, as horizon: BeliefHorizon, caller: Caller) throws -> JSONObject {
        let sensor = try context.sensor(id, for: .read, caller)
        let held = try context.store.read { try $0.statistics(of: sensor, in: .all, as: horizon) }
        let now = context.clock.now
        let start = held.map(\.firstEventStart).min() ?? now
        let end = held.map { $0.lastEventStart + sensor.resolution }.max() ?? now
        return [
            "name": .string(sensor.name), "timezone": .string(sensor.timezone),
            "timerange": ["start": .string(start.httpText), "end": .string(end.httpText)],
        ]
    }
}
