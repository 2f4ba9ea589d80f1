import EnergyCore

/// The shape of a value, as JSON Schema in the dialect of OpenAPI 3.1.
package struct Schema: Sendable {
    package var json: JSONObject

    package init(_ json: JSONObject) {
        self.json = json
    }

    private static func type(_ name: String, _ more: JSONObject = [:]) -> Schema {
        var json: JSONObject = ["type": .string(name)]
        for (key, value) in more { json[key] = value }
        return Schema(json)
    }

    package static let any = Schema([:])
    package static let string = type("string")
    package static let integer = type("integer")
    package static let number = type("number")
    package static let boolean = type("boolean")
    /// A truth value, or one of the words and numbers that stand for one.
    package static let flag = oneOf([
        boolean, Schema(["enum": .array([.int(0), .int(1)] + FieldValues.truthWords.map(JSONValue.string))]),
    ])
    package static let id = type("integer", ["minimum": .int(1)])
    package static let uuid = type("string", ["format": .string("uuid")])
    package static let datetime = type("string", ["format": .string("date-time")])
    package static let duration = type("string", ["format": .string("duration")])
    /// JSON text inside a string.
    package static let jsonText = type("string", ["contentMediaType": .string("application/json")])
    /// An object with any members.
    package static let anyObject = type("object")

    package static func constant(_ text: String) -> Schema { Schema(["const": .string(text)]) }
    package static func list(of items: Schema) -> Schema { type("array", ["items": .object(items.json)]) }
    package static func map(of values: Schema) -> Schema {
        type("object", ["additionalProperties": .object(values.json)])
    }
    package static func choice(_ words: [String]) -> Schema {
        type("string", ["enum": .array(words.map(JSONValue.string))])
    }
    package static func string(maximum: Int) -> Schema { type("string", ["maxLength": .int(Int64(maximum))]) }
    package static func integer(minimum: Int) -> Schema { type("integer", ["minimum": .int(Int64(minimum))]) }
    package static func number(from minimum: Double, to maximum: Double) -> Schema {
        type("number", ["minimum": .double(minimum), "maximum": .double(maximum)])
    }
    package static func reference(_ name: String) -> Schema {
        Schema(["$ref": .string("#/components/schemas/\(name)")])
    }
    package static func oneOf(_ schemas: [Schema]) -> Schema {
        Schema(["anyOf": .array(schemas.map { .object($0.json) })])
    }

    /// An object. Names that end in a question mark are optional.
    package static func object(_ members: KeyValuePairs<String, Schema>, open: Bool = false) -> Schema {
        var properties = JSONObject()
        var required: [JSONValue] = []
        for (name, schema) in members {
            let isOptional = name.hasSuffix("?")
            let key = isOptional ? String(name.dropLast()) : name
            properties[key] = .object(schema.json)
            if !isOptional { required.append(.string(key)) }
        }
        var json: JSONObject = ["type": .string("object"), "properties": .object(properties)]
        if !required.isEmpty { json["required"] = .array(required) }
        if !open { json["additionalProperties"] = .bool(false) }
        return Schema(json)
    }

    /// The same, or null.
    package var orNull: Schema {
        if case .string(let name) = json["type"] {
            var copy = self
            copy.json["type"] = .array([.string(name), .string("null")])
            if case .array(let words) = json["enum"] { copy.json["enum"] = .array(words + [.null]) }
            return copy
        }
        return .oneOf([self, Schema(["type": .string("null")])])
    }

    /// The same with a sentence about it.
    package func described(_ text: String) -> Schema {
        var copy = self
        copy.json["description"] = .string(text)
        return copy
    }

    /// The same with an example.
    package func example(_ value: JSONValue) -> Schema {
        var copy = self
        copy.json["examples"] = .array([value])
        return copy
    }

    /// The same with a default.
    package func byDefault(_ value: JSONValue) -> Schema {
        var copy = self
        copy.json["default"] = value
        return copy
    }
}
