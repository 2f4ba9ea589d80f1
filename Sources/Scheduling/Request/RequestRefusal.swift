import EnergyCore

/// Why a request for a schedule is answered with 422, and where in it the fault lies.
package struct RequestRefusal: Error, Hashable, Sendable {
    /// The part of the request as the API names it.
    package enum Location: String, Hashable, Sendable {
        case body = "json"
        case argumentsAndBody = "args_and_json"
    }

    /// What is wrong: fields with their texts, or one sentence.
    package enum Reason: Hashable, Sendable {
        case fields(FieldErrors)
        case sentence(String)
    }

    package var location: Location
    package var reason: Reason

    package init(_ location: Location, _ errors: FieldErrors) {
        self.location = location
        reason = .fields(errors)
    }

    package init(_ sentence: String) {
        location = .body
        reason = .sentence(sentence)
    }

    /// The `message` of the answer.
    package var message: JSONObject {
        var message = JSONObject()
        switch reason {
        case .fields(let errors): message[location.rawValue] = .object(errors.tree)
        case .sentence(let text): message[location.rawValue] = .string(text)
        }
        return message
    }

    /// The whole body of the answer.
    package var responseBody: JSONObject {
        ["message": .object(message), "result": .string("Rejected"), "status": .string("UNPROCESSABLE_ENTITY")]
    }
}

extension RequestRefusal: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .fields(let errors): errors.description
        case .sentence(let text): text
        }
    }
}
