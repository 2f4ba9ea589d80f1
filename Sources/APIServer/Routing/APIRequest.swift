import APIContract
import EnergyCore
import Services

/// A request as handlers see it: routed, with its whole body, and signed in if its route asks for that.
struct APIRequest: Sendable {
    let method: Route.Method
    let path: String
    let query: QueryString
    let parameters: [String: String]
    let contentType: String
    /// The host as the client spelt it, without the port.
    let host: String
    /// Scheme and host, for links.
    let origin: String
    let body: [UInt8]
    /// Version of the client library, if it says so.
    let clientVersion: String?
    /// Who is asking; nil on anonymous routes.
    let signedIn: Caller?

    /// Who is asking.
    var caller: Caller {
        get throws {
            guard let signedIn else { throw APIFailure.unauthenticated }
            return signedIn
        }
    }

    var isJSON: Bool { ContentType.isJSON(contentType) }

    /// A whole number in the path; the fault is reported under the given location.
    func integer(_ name: String, location: String = Location.path) throws -> Int {
        guard let number = FieldValues.integer(parameters[name] ?? "") else {
            throw APIFailure.unprocessable(location, field: name, FieldTexts.integer)
        }
        return number
    }

    /// A text in the path.
    func text(_ name: String) -> String { parameters[name] ?? "" }

    /// A reader for the query.
    var queryReader: FieldReader { FieldReader(query.object) }

    /// A reader for the JSON body. Without a JSON content type or without bytes the body counts as empty.
    func bodyReader() throws -> FieldReader {
        try FieldReader(object(of: isJSON && !body.isEmpty ? WireJSON.parse(body) : .object([:])))
    }

    /// A reader for a body that has to be JSON.
    func requiredBodyReader() throws -> FieldReader {
        guard isJSON, let value = WireJSON.parse(body) else { throw APIFailure.notJSON }
        return try FieldReader(object(of: value))
    }

    private func object(of value: JSONValue?) throws -> JSONObject {
        switch value {
        case nil: throw APIFailure.malformedBody
        case .object(let object): return object
        default: throw APIFailure.unprocessable(Location.json, field: Location.schema, FieldTexts.inputType)
        }
    }
}

/// What a `Content-Type` header means.
enum ContentType {
    static let json = "application/json"

    /// `application/json` or one of its relatives, whatever the parameters.
    static func isJSON(_ header: String) -> Bool {
        if header == json { return true }
        let type = header.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        return type == json || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }
}
