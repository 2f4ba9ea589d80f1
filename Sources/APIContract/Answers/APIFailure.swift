import EnergyCore

/// A refusal as clients see it: a status code and one of the envelopes of the contract.
package struct APIFailure: Error, Sendable {
    package var status: Int
    package var body: JSONObject
    /// Header names and values beside the usual ones.
    package var headers: [(name: String, value: String)] = []

    package init(status: Int, body: JSONObject) {
        self.status = status
        self.body = body
    }
}

extension APIFailure {
    /// 401: no, unknown, expired or revoked credentials. It never says which.
    package static let unauthenticated = APIFailure(
        status: 401, body: ["message": .string(Sentences.unauthenticated), "status": .string("UNAUTHORIZED")])

    /// 403: signed in, but not allowed.
    package static let forbidden = APIFailure.rejected(403, "INVALID_SENDER", Sentences.forbidden)

    /// 404 for paths and for pages beyond the end.
    package static let notFound = APIFailure.plain(404, Sentences.notFound)

    /// 400: a JSON body that does not parse.
    package static let malformedBody = APIFailure.plain(400, Sentences.malformedBody)

    /// 400: a body that has to be JSON and is not.
    package static let notJSON = APIFailure(
        status: 400, body: ["description": .string(Sentences.notJSON), "status": .int(400)])

    /// 413: the body is longer than the server takes.
    package static let tooLarge = APIFailure.plain(413, Sentences.tooLarge)

    /// 405 with the methods that the path knows.
    package static func methodNotAllowed(allow: String) -> APIFailure {
        var failure = plain(405, Sentences.methodNotAllowed)
        failure.headers.append(("Allow", allow))
        return failure
    }

    /// `{"message": text, "status": code}`
    package static func plain(_ status: Int, _ message: String) -> APIFailure {
        APIFailure(status: status, body: ["message": .string(message), "status": .int(Int64(status))])
    }

    /// `{"errors": [text], "status": code}`
    package static func errors(_ status: Int, _ texts: [String]) -> APIFailure {
        APIFailure(
            status: status, body: ["errors": .array(texts.map(JSONValue.string)), "status": .int(Int64(status))])
    }

    /// `{"result": "Rejected", "status": CODE, "message": text}`; one sentence of the contract spells the key `results`.
    package static func rejected(
        _ status: Int, _ code: String, _ message: String, key: String = "result"
    ) -> APIFailure {
        APIFailure(
            status: status,
            body: [key: .string("Rejected"), "status": .string(code), "message": .string(message)])
    }

    /// 422 with the faults of one place of the request (`json`, `query`, `path` ...).
    package static func unprocessable(_ location: String, _ detail: JSONValue) -> APIFailure {
        APIFailure(
            status: 422,
            body: [
                "message": .object([location: detail]), "result": .string("Rejected"),
                "status": .string("UNPROCESSABLE_ENTITY"),
            ])
    }

    /// 422 with the faults of fields.
    package static func unprocessable(_ location: String, _ errors: FieldErrors) -> APIFailure {
        unprocessable(location, .object(errors.tree))
    }

    /// 422 about one field.
    package static func unprocessable(_ location: String, field: String, _ text: String) -> APIFailure {
        unprocessable(location, .object([field: .array([.string(text)])]))
    }
}
