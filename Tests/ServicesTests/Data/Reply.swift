import EnergyCore
import Services
import TestSupport

/// What a client would get: a status and a body.
struct Reply: CustomStringConvertible {
    var status: Int
    var body: JSONValue

    var description: String { "\(status) \(body.text())" }

    /// Runs a use case and turns refusals into answers as the API does.
    static func of(_ location: String, _ body: () throws -> JSONValue) throws -> Reply {
        do {
            return Reply(status: 200, body: try body())
        } catch let errors as FieldErrors {
            return Reply(
                status: 422,
                body: [
                    "message": .object([location: .object(errors.tree)]), "result": "Rejected",
                    "status": "UNPROCESSABLE_ENTITY",
                ])
        } catch let error as DataError {
            return Reply(
                status: 403,
                body: ["message": .string(error.message), "results": "Rejected", "status": "INVALID_REPLACEMENT"])
        }
    }

    static func of(_ receipt: DataReceipt) -> JSONValue {
        switch receipt {
        case .processed: ["message": "Request has been processed.", "status": "PROCESSED"]
        case .alreadyReceived:
            [
                "message": "Some of the data has already been received and successfully processed.",
                "results": "PROCESSED", "status": "ALREADY_RECEIVED_AND_SUCCESSFULLY_PROCESSED",
            ]
        }
    }

    static func of(_ answer: DataAnswer) -> JSONValue {
        [
            "values": .array(answer.values.map(JSONValue.number)), "start": .string(answer.start.text),
            "duration": .string(answer.duration.isoText(.hours)),
            "resolution": .string(answer.resolution.isoText(.hours)), "unit": .string(answer.unit),
            "message": "Request has been processed.", "status": "PROCESSED",
        ]
    }

    /// Whether this is what a recorded case asks for; nil if so, else what differs.
    func difference(from vector: Vector) -> String? {
        let expected = vector.object
        if let recommended = expected["recommended_http_status"]?.intValue {
            return status == recommended ? nil : "status \(status) instead of \(recommended)"
        }
        if let wanted = expected["http_status"]?.intValue, wanted != status { return "\(self) instead of \(wanted)" }
        guard let response = expected["response"] else { return nil }
        let isDecision = expected["decision"]?.boolValue == true
        return matches(body, response, isPartial: isDecision) ? nil : "\(self) instead of \(response.text())"
    }
}

/// Whether two JSON values agree, numbers up to rounding; a partial match allows further members.
func matches(_ value: JSONValue, _ expected: JSONValue, isPartial: Bool = false) -> Bool {
    switch (value, expected) {
    case (.object(let a), .object(let b)):
        if !isPartial, a.count != b.count { return false }
        return b.allSatisfy { key, wanted in a[key].map { matches($0, wanted, isPartial: isPartial) } ?? false }
    case (.array(let a), .array(let b)):
        return a.count == b.count && zip(a, b).allSatisfy { matches($0, $1, isPartial: isPartial) }
    default:
        if let a = value.doubleValue, let b = expected.doubleValue { return isClose(a, b) }
        return value == expected
    }
}
