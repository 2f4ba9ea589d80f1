import EnergyCore

extension ChartData {
    /// The data as clients get them.
    package func json(isCompressed: Bool) -> [UInt8] {
        isCompressed ? compressed : plain
    }

    /// A list of records that say everything themselves.
    private var plain: [UInt8] {
        let sourceTexts = sources.mapValues { JSONValue.object($0.chartEntry(withID: true)).bytes() }
        let endings = series.map { RecordEndings(of: $0, sourceTexts) }
        let bound = zip(series, endings).reduce(2) { sum, part in
            sum + part.0.count * (Self.roomForOwn + part.1.longest)
        }
        return DenseJSON.bytes(atMost: bound) { json in
            json.raw("[")
            var isFirst = true
            for (series, endings) in zip(series, endings) {
                var end = (source: DataSourceID.min, text: [UInt8]())
                for index in 0..<series.count {
                    json.raw(isFirst ? "{\"index\":" : ",{\"index\":")
                    isFirst = false
                    writeOwn(series, index, to: &json)
                    let source = series.sources[index]
                    if source != end.source { end = (source, endings[source]) }
                    json.append(end.text)
                }
            }
            json.raw("]")
        }
    }

    /// Room for what is a plain record's own: five numbers and their names.
    private static let roomForOwn = 128 + 5 * NumberText.longest

    /// What differs from record to record.
    private func writeOwn(_ series: Series, _ index: Int, to json: inout DenseJSON) {
        json.write(Int64(index))
        json.raw(",\"event_start\":")
        json.write(series.starts[index].milliseconds)
        json.raw(",\"event_value\":")
        series.writeValue(index, to: &json)
        json.raw(",\"belief_horizon\":")
        json.write(series.horizons[index].milliseconds)
        guard showsBeliefTimes else { return }
        json.raw(",\"belief_time\":")
        json.write(series.beliefTimes[index].milliseconds)
    }

    /// Short records beside maps of sensors and sources.
    private var compressed: [UInt8] {
        var writer = JSONWriter(capacity: 96 * count + 256)
        writer.raw("{\"data\":[")
        var isFirst = true
        for series in series {
            for index in 0..<series.count {
                if !isFirst { writer.raw(",") }
                isFirst = false
                writer.raw("{\"ts\":")
                writer.write(series.starts[index].milliseconds)
                writer.raw(",\"sid\":")
                writer.write(Int64(series.sensor.id))
                writer.raw(",\"val\":")
                writer.write(series.values[index])
                writer.raw(",\"sf\":")
                writer.write(series.factor)
                writer.raw(",\"src\":")
                writer.write(Int64(series.sources[index]))
                writer.raw(",\"bh\":")
                writer.write(series.horizons[index].milliseconds)
                if showsBeliefTimes {
                    writer.raw(",\"bt\":")
                    writer.write(series.beliefTimes[index].milliseconds)
                }
                writer.raw("}")
            }
        }
        writer.raw("],\"sensors\":")
        writer.write(.object(JSONObject(series.filter { $0.count > 0 }.map { ("\($0.sensor.id)", $0.mapEntry) })))
        writer.raw(",\"sources\":")
        let entries = sources.sorted { $0.key < $1.key }
            .map { ("\($0.key)", JSONValue.object($0.value.chartEntry(withID: false))) }
        writer.write(.object(JSONObject(entries)))
        writer.raw("}")
        return writer.bytes
    }
}

/// What plain records of a series end in. Most of a record is the same in all records of a source, so it is made once.
private struct RecordEndings {
    private let known: [DataSourceID: [UInt8]]
    private let unknown: [UInt8]

    init(of series: ChartData.Series, _ sourceTexts: [DataSourceID: [UInt8]]) {
        let sensor = series.sensorEntry
        let name = Array(",\"source\":".utf8)
        known = sourceTexts.mapValues { name + $0 + sensor }
        unknown = name + Array("null".utf8) + sensor
    }

    subscript(source: DataSourceID) -> [UInt8] { known[source] ?? unknown }

    /// The length of the longest.
    var longest: Int { known.values.map(\.count).reduce(unknown.count, max) }
}

extension ChartData.Series {
    /// The end of each plain record: everything about the sensor.
    fileprivate var sensorEntry: [UInt8] {
        let entry: JSONObject = [
            "asset_id": .int(Int64(sensor.assetID)), "id": .int(Int64(sensor.id)), "name": .string(sensor.name),
            "sensor_unit": .string(sensor.unit), "description": .string(description),
            "asset_description": .string(assetDescription),
        ]
        let rest: JSONObject = [
            "sensor": .object(entry), "sensor_unit": .string(sensor.unit), "scale_factor": .double(factor),
        ]
        // Without its opening brace it continues the record.
        return [UInt8(ascii: ",")] + JSONValue.object(rest).bytes().dropFirst()
    }

    fileprivate var mapEntry: JSONValue {
        [
            "name": .string(sensor.name), "unit": .string(sensor.unit), "description": .string(description),
            "asset_id": .int(Int64(sensor.assetID)), "asset_description": .string(assetDescription),
        ]
    }

    /// Values in seconds are moments to the charts' library, which wants milliseconds.
    fileprivate func writeValue(_ index: Int, to json: inout DenseJSON) {
        if sensor.unit == "s", values[index].isFinite, abs(values[index]) < 9e12 {
            json.write(Int64((values[index] * 1000).rounded()))
        } else {
            json.write(values[index])
        }
    }
}

extension DataSource {
    /// What charts say about a source.
    func chartEntry(withID: Bool) -> JSONObject {
        var entry = JSONObject()
        if withID { entry["id"] = .int(Int64(id)) }
        entry["name"] = .string(name)
        entry["model"] = .string(chartModel)
        entry["type"] = .string(chartType)
        entry["description"] = .string(description)
        return entry
    }
}

extension Instant {
    fileprivate var milliseconds: Int64 { microseconds / 1000 }
}

extension TimeSpan {
    fileprivate var milliseconds: Int64 { microseconds / 1000 }
}
