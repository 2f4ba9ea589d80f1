import EnergyCore

extension ChartData {
    /// The data as clients get them.
    package func json(isCompressed: Bool) -> [UInt8] {
        isCompressed ? compressed : plain
    }

    /// A list of records that say everything themselves.
    private var plain: [UInt8] {
        var writer = JSONWriter(capacity: 512 * count + 16)
        writer.raw("[")
        var isFirst = true
        let sourceTexts = sources.mapValues { JSONValue.object($0.chartEntry(withID: true)).bytes() }
        for series in series {
            let sensorText = series.sensorEntry
            // Most of a record is the same in all records of a source: its end is made once.
            var end = (source: DataSourceID.min, text: [UInt8]())
            for index in 0..<series.count {
                if !isFirst { writer.raw(",") }
                isFirst = false
                let source = series.sources[index]
                if source != end.source {
                    end = (
                        source, Array(",\"source\":".utf8) + (sourceTexts[source] ?? Array("null".utf8)) + sensorText
                    )
                }
                writer.raw("{\"index\":")
                writer.write(Int64(index))
                writer.raw(",\"event_start\":")
                writer.write(series.starts[index].milliseconds)
                writer.raw(",\"event_value\":")
                series.writeValue(index, to: &writer)
                writer.raw(",\"belief_horizon\":")
                writer.write(series.horizons[index].milliseconds)
                if showsBeliefTimes {
                    writer.raw(",\"belief_time\":")
                    writer.write(series.beliefTimes[index].milliseconds)
                }
                writer.append(end.text)
            }
        }
        writer.raw("]")
        return writer.bytes
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
    fileprivate func writeValue(_ index: Int, to writer: inout JSONWriter) {
        if sensor.unit == "s", values[index].isFinite, abs(values[index]) < 9e12 {
            writer.write(Int64((values[index] * 1000).rounded()))
        } else {
            writer.write(values[index])
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
