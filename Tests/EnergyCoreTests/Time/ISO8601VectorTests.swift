import EnergyCore
import TestSupport
import Testing

/// Recorded datetimes and durations.
@Suite struct ISO8601VectorTests {
    @Test("texts of times and durations read, fail and print as recorded")
    func recorded() throws {
        let vectors = try VectorFiles("iso8601.json", in: vectorFolder).vectors()
        #expect(vectors.count >= 100)
        for vector in vectors where !vector.isOptional {
            let failure: String?
            switch vector["kind"]?.stringValue {
            case "aware-datetime": failure = awareDatetime(vector)
            case "date-or-aware-datetime": failure = dateOrDatetime(vector)
            case "duration-grounding": failure = grounding(vector)
            default: failure = duration(vector)
            }
            #expect(failure == nil, "\(vector.id) \(vector["input"] ?? vector["duration"] ?? .null): \(failure ?? "")")
        }
    }

    private func awareDatetime(_ vector: Vector) -> String? {
        guard let input = vector["input"]?.stringValue else { return nil }
        do {
            let moment = try AwareDateTime(parsing: input)
            guard vector["valid"]?.boolValue == true else { return "accepted" }
            if moment.text != vector["isoformat"]?.stringValue { return moment.text }
            return moment.instant.utcText == vector["utc"]?.stringValue ? nil : moment.instant.utcText
        } catch {
            return vector["error"]?[0]?.stringValue == error.message ? nil : error.message
        }
    }

    private func dateOrDatetime(_ vector: Vector) -> String? {
        guard let input = vector["input"]?.stringValue,
            let zone = vector["server_timezone"]?.stringValue.flatMap(Zone.named)
        else { return "incomplete" }
        func read(inclusiveEnd: Bool) -> String {
            do {
                return try AwareDateTime(parsing: input, orDateIn: zone, inclusiveEnd: inclusiveEnd).text
            } catch {
                return error.message
            }
        }
        let start = vector["start"]?.stringValue ?? vector["start_error"]?[0]?.stringValue
        let end = vector["end_inclusive"]?.stringValue ?? vector["end_inclusive_error"]?[0]?.stringValue
        if read(inclusiveEnd: false) != start { return read(inclusiveEnd: false) }
        return read(inclusiveEnd: true) == end ? nil : read(inclusiveEnd: true)
    }

    private func duration(_ vector: Vector) -> String? {
        guard let input = vector["input"]?.stringValue else { return nil }
        do {
            let duration = try ISODuration(parsing: input)
            guard vector["valid"]?.boolValue == true else { return "accepted" }
            if vector["kind"]?.stringValue == "nominal" {
                let seconds = vector["days"].flatMap(\.doubleValue).map { $0 * 86_400 } ?? 0
                let expected = seconds + (vector["seconds"]?.doubleValue ?? 0)
                let same =
                    duration.years == vector["years"]?.doubleValue && duration.months == vector["months"]?.doubleValue
                    && duration.span.inSeconds == expected && duration.isNominal
                return same ? nil : "\(duration)"
            }
            if duration.absolute?.inSeconds != vector["total_seconds"]?.doubleValue { return "\(duration)" }
            if duration.text(.hours) != vector["response_format"]?.stringValue { return duration.text(.hours) }
            let text = duration.text(.days)
            return text == vector["serialized_by_sensor_schema"]?.stringValue ? nil : text
        } catch {
            return vector["error"]?[0]?.stringValue == error.message ? nil : error.message
        }
    }

    private func grounding(_ vector: Vector) -> String? {
        guard let text = vector["duration"]?.stringValue, let duration = try? ISODuration(parsing: text),
            let start = vector["start"]?.stringValue.flatMap({ try? AwareDateTime(parsing: $0) }),
            let zoneName = vector["start_timezone"]?.stringValue
        else { return "unreadable" }
        let zone = Zone.named(zoneName) ?? Zone.fixed(offset: start.offset)
        let elapsed = duration.grounded(from: start.instant, in: zone)
        if elapsed.inSeconds != vector["grounded_seconds"]?.doubleValue { return "\(elapsed.inSeconds)" }
        let end = (start.instant + elapsed).text(in: zone)
        return end == vector["end"]?.stringValue ? nil : end
    }
}
