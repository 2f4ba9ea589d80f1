import APIContract
import EnergyCore

/// What a handler answers.
struct APIAnswer: Sendable {
    enum Body: Sendable {
        case none
        case json(JSONValue)
        /// JSON that was written by hand.
        case written([UInt8])
        case other(contentType: String, [UInt8])
    }

    var status: Int
    var body: Body
    var headers: [(name: String, value: String)] = []

    init(_ status: Int = 200, _ body: Body) {
        self.status = status
        self.body = body
    }

    /// A JSON value as it is.
    static func json(_ value: JSONValue, status: Int = 200) -> APIAnswer { APIAnswer(status, .json(value)) }

    /// An object with the status code as a member, unless it has a `status` of its own.
    static func object(_ object: JSONObject, status: Int = 200) -> APIAnswer {
        var object = object
        if object["status"] == nil { object["status"] = .int(Int64(status)) }
        return .json(.object(object), status: status)
    }

    static func list(_ values: [JSONValue]) -> APIAnswer { .json(.array(values)) }

    static let empty = APIAnswer(204, .none)

    static func html(_ text: String, status: Int = 200) -> APIAnswer {
        APIAnswer(status, .other(contentType: "text/html; charset=utf-8", Array(text.utf8)))
    }

    /// The same with one more header.
    func header(_ name: String, _ value: String) -> APIAnswer {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    /// The answer to a refused request.
    init(_ failure: APIFailure) {
        self.init(failure.status, .json(.object(failure.body)))
        headers = failure.headers
    }
}

extension APIAnswer {
    /// One page of a list: the records with the two counts.
    static func page(_ records: some Sequence<JSONValue>, total: Int, filtered: Int) -> APIAnswer {
        .object([
            "data": .array(Array(records)), "num-records": .int(Int64(total)),
            "filtered-records": .int(Int64(filtered)),
        ])
    }
}
