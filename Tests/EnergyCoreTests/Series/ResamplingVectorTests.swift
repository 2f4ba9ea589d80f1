import EnergyCore
import TestSupport
import Testing

/// Recorded retrievals and posts, as far as they concern time and units. What is stored, chosen and refused by the service
/// is tested with the service.
@Suite struct ResamplingVectorTests {
    @Test("series come back in the steps and units asked for as recorded")
    func retrieval() throws {
        let files = try VectorFiles("resampling.json", in: vectorFolder)
        var checked = 0
        for document in files.documents {
            let series = document["series"]?.objectValue ?? [:]
            for vector in vectors(of: document, kind: "get") where !vector.isOptional {
                guard let recorded = vector["series"]?.stringValue.flatMap({ series[$0]?.objectValue }) else {
                    continue
                }
                let expected = vector["http_status"]?.intValue == 200 ? vector["response"]?["values"]?.numbers : nil
                let answer = answer(to: vector, from: recorded)
                checked += 1
                if let expected, let answer {
                    #expect(areClose(answer, expected), "\(vector.id): \(answer) instead of \(expected)")
                } else {
                    #expect((answer == nil) == (expected == nil), "\(vector.id)")
                }
            }
        }
        #expect(checked >= 45)
    }

    @Test("posted values spread over events as recorded")
    func posting() throws {
        let files = try VectorFiles("resampling.json", in: vectorFolder)
        var checked = 0
        for vector in files.documents.flatMap({ vectors(of: $0, kind: "post") }) where !vector.isOptional {
            guard let sensor = sensor(vector["sensor"]?.objectValue), let zone = Zone.named(sensor.timezone),
                let body = vector["body"]?.objectValue, let start = body["start"]?.stringValue,
                let duration = body["duration"]?.stringValue.flatMap({ try? ISODuration(parsing: $0) }),
                let unit = body["unit"]?.stringValue,
                let values = body["values"]?.numbers ?? body["values"]?.doubleValue.map({ [$0] }),
                !values.contains(where: \.isInfinite)
            else { continue }
            checked += 1
            do {
                let posted = try PostedSeries(
                    values, start: AwareDateTime(parsing: start), duration: duration.span, unit: unit, sensor: sensor,
                    zone: zone)
                let stored = zip(posted.starts, posted.values).map { ($0, $1) }
                #expect(matches(stored, vector["stored"], zone), "\(vector.id): \(stored)")
            } catch let fault as PostedSeries.Fault {
                let texts = vector["response"]?["message"]?["combined_sensor_data_description"]?["_schema"]
                #expect(vector["http_status"]?.intValue == 422, "\(vector.id): \(fault)")
                #expect(texts == JSONValue.array([.string(fault.message)]), "\(vector.id): \(fault.message)")
            }
        }
        #expect(checked >= 30)
    }

    private func vectors(of document: JSONObject, kind: String) -> [Vector] {
        (document["vectors"]?.arrayValue ?? []).compactMap(\.objectValue)
            .filter { $0["kind"]?.stringValue == kind }
            .map { Vector(id: $0["id"]?.stringValue ?? "?", recorded: $0) }
    }

    private func sensor(_ object: JSONObject?) -> Sensor? {
        guard let object, let unit = object["unit"]?.stringValue, let zone = object["timezone"]?.stringValue,
            let resolution = object["event_resolution"]?.stringValue.flatMap({ try? ISODuration(parsing: $0) })
        else { return nil }
        var sensor = Sensor(id: 1, name: "s", assetID: 1, unit: unit, resolution: resolution.span, timezone: zone)
        sensor.attributes = object["attributes"]?.objectValue ?? [:]
        return sensor
    }

    /// The values of an answer, nil for a refusal. Of several sources the last belief in time counts.
    private func answer(to vector: Vector, from recorded: JSONObject) -> [Double]? {
        guard let sensor = sensor(recorded["sensor"]?.objectValue), let zone = Zone.named(sensor.timezone),
            let query = vector["query"]?.objectValue,
            let start = query["start"]?.stringValue.flatMap({ try? AwareDateTime(parsing: $0) }),
            let duration = query["duration"]?.stringValue.flatMap({ try? ISODuration(parsing: $0) }),
            let unit = query["unit"]?.stringValue
        else { return nil }
        let resolution = query["resolution"]?.stringValue.flatMap { try? ISODuration(parsing: $0).span }
        if let resolution, resolution <= .zero { return nil }
        let window = SeriesWindow(
            start: start, duration: duration, resolution: resolution, sensorResolution: sensor.resolution, zone: zone)
        guard UnitRules.accepts(unit, for: sensor.unit, duration: window.resolution) else { return nil }
        let chosen = chosenBeliefs(recorded, window)
        return try? window.answer(
            starts: chosen.map(\.start), values: chosen.map(\.value), sensorUnit: sensor.unit, unit: unit)
    }

    private func chosenBeliefs(_ recorded: JSONObject, _ window: SeriesWindow) -> [(start: Int64, value: Double)] {
        var latest: [Int64: (time: String, value: Double)] = [:]
        for belief in recorded["beliefs"]?.arrayValue ?? [] {
            guard let text = belief["event_start"]?.stringValue, let start = try? Instant(parsing: text).seconds,
                let value = belief["value"]?.doubleValue,
                (window.eventSeconds.from..<window.eventSeconds.until).contains(start)
            else { continue }
            let time = belief["belief_time"]?.stringValue ?? ""
            if let known = latest[start], known.time > time { continue }
            latest[start] = (time, value)
        }
        return latest.map { (start: $0.key, value: $0.value.value) }.sorted { $0.start < $1.start }
    }

    private func matches(_ stored: [(Int64, Double)], _ expected: JSONValue?, _ zone: Zone) -> Bool {
        guard let rows = expected?.arrayValue, rows.count == stored.count else { return false }
        return zip(stored, rows).allSatisfy { event, row in
            Instant(seconds: event.0).text(in: zone) == row[0]?.stringValue
                && isClose(event.1, row[1]?.doubleValue ?? .nan)
        }
    }
}
