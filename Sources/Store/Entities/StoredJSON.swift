import EnergyCore
import GRDB

/// How JSON values lie in a column.
enum StoredJSON {
    /// Compact text, keys in their order.
    static func text(_ value: JSONValue) -> String { value.text() }

    /// Compact text of an object.
    static func text(_ object: JSONObject) -> String {
        object.isEmpty ? "{}" : object.text()
    }

    /// The value behind a column's text. Text that is no JSON reads as null: a damaged field must not hide its row.
    static func value(_ text: String) -> JSONValue {
        switch text {
        case "{}": .object(JSONObject())
        case "[]": .array([])
        default: (try? JSONValue(parsing: text)) ?? .null
        }
    }

    /// The object behind a column's text; anything else reads as empty.
    static func object(_ text: String) -> JSONObject {
        if case .object(let object) = value(text) { object } else { JSONObject() }
    }
}

extension Instant {
    /// A moment from a column of microseconds.
    init?(column: Int64?) {
        guard let column else { return nil }
        self.init(microseconds: column)
    }
}
