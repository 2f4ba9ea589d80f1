import EnergyCore

/// The body of a trigger request with everything but the flex-model and flex-context already read.
package struct TriggerMessage: Hashable, Sendable {
    /// Which of the two endpoints the message was sent to.
    package enum Endpoint: Hashable, Sendable {
        case sensor
        case asset
    }

    package var start: AwareDateTime
    package var duration: ISODuration?
    package var resolution: TimeSpan?
    /// Only beliefs recorded until then are used.
    package var prior: Instant?
    /// One object for the sensor endpoint, one per device for the asset endpoint.
    package var flexModel: [JSONObject]
    package var flexContext: JSONObject
    package var forcesNewJob = false
    package var isSequential = false

    /// Reads the message. Faults come all at once, by field.
    package init(parsing members: JSONObject, endpoint: Endpoint) throws(RequestRefusal) {
        var reader = MessageReader()
        let known =
            [
                "start", "duration", "resolution", "prior", "flex-model", "flex-context", "force_new_job_creation",
                "force-new-job-creation",
            ] + (endpoint == .asset ? ["sequential"] : [])
        for key in members.keys where !known.contains(key) { reader.errors.add(key, "Unknown field.") }
        let start = reader.moment(members["start"], "start", isRequired: true)
        duration = reader.duration(members["duration"], "duration")
        let step = reader.duration(members["resolution"], "resolution")
        prior = reader.moment(members["prior"], "prior", isRequired: false)?.instant
        flexModel = endpoint == .sensor ? reader.model(members["flex-model"]) : reader.models(members["flex-model"])
        flexContext = reader.mapping(members["flex-context"], "flex-context")
        forcesNewJob =
            reader.flag(
                members["force_new_job_creation"] ?? members["force-new-job-creation"], "force_new_job_creation")
        isSequential = reader.flag(members["sequential"], "sequential")
        if let step {
            resolution = step.absolute
            if step.isNominal || step.span <= .zero {
                reader.errors.add("resolution", "Must be a duration of fixed length greater than 0.")
            }
        }
        guard reader.errors.isEmpty, let start else {
            throw RequestRefusal(endpoint == .sensor ? .body : .argumentsAndBody, reader.errors)
        }
        self.start = start
    }

    /// Where the schedule ends when no target stretches it.
    func end(defaultDuration: TimeSpan) throws(RequestRefusal) -> Instant {
        guard let duration else { return start.instant + defaultDuration }
        let end = duration.end(from: start.instant, in: .fixed(offset: start.offset))
        if end < start.instant {
            let from = start.instant.spacedText(in: .fixed(offset: start.offset))
            let until = end.spacedText(in: .fixed(offset: start.offset))
            throw RequestRefusal("Start \(from) cannot be after end \(until).")
        }
        if end == start.instant { throw RequestRefusal(.body, FieldErrors("duration", "Must be greater than 0.")) }
        return end
    }
}

/// Reads the single fields of a message.
private struct MessageReader {
    var errors = FieldErrors()

    mutating func moment(_ value: JSONValue?, _ field: String, isRequired: Bool) -> AwareDateTime? {
        guard let value else {
            if isRequired { errors.add(field, "Missing data for required field.") }
            return nil
        }
        guard let text = value.stringValue else {
            errors.add(field, value.isNull ? "Field may not be null." : "Not a valid datetime.")
            return nil
        }
        do {
            return try AwareDateTime(parsing: text)
        } catch {
            errors.add(field, error.message)
            return nil
        }
    }

    mutating func duration(_ value: JSONValue?, _ field: String) -> ISODuration? {
        guard let value else { return nil }
        guard let text = value.stringValue else {
            errors.add(
                field,
                value.isNull
                    ? "Field may not be null." : "Cannot parse \(value.recordText) as ISO8601 duration: expected a text"
            )
            return nil
        }
        do {
            return try ISODuration(parsing: text)
        } catch {
            errors.add(field, error.message)
            return nil
        }
    }

    mutating func mapping(_ value: JSONValue?, _ field: String) -> JSONObject {
        guard let value else { return JSONObject() }
        if let members = value.objectValue { return members }
        errors.add(field, value.isNull ? "Field may not be null." : "Not a valid mapping type.")
        return JSONObject()
    }

    mutating func model(_ value: JSONValue?) -> [JSONObject] { [mapping(value, "flex-model")] }

    /// A single object counts as a list of one.
    mutating func models(_ value: JSONValue?) -> [JSONObject] {
        switch value {
        case nil: return []
        case .object(let members)?: return [members]
        case .array(let elements)?:
            return elements.enumerated().map { index, element in
                if let members = element.objectValue { return members }
                errors.add(["flex-model", "\(index)", FieldErrors.wholeInput], "Invalid input type.")
                return JSONObject()
            }
        case .null?: errors.add("flex-model", "Field may not be null.")
        default: errors.add("flex-model", "Not a valid list.")
        }
        return []
    }

    mutating func flag(_ value: JSONValue?, _ field: String) -> Bool {
        switch value {
        case nil: return false
        case .bool(let flag)?: return flag
        case .int(1)?, .string("true")?, .string("True")?: return true
        case .int(0)?, .string("false")?, .string("False")?: return false
        default:
            errors.add(field, "Not a valid boolean.")
            return false
        }
    }
}
