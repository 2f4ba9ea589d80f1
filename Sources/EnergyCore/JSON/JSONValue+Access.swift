extension JSONValue {
    package var isNull: Bool { self == .null }

    package var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var boolValue: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// A number without a fraction: `3` or `3.0`.
    package var intValue: Int? {
        switch self {
        case .int(let number): Int(number)
        case .double(let number): Int(exactly: number)
        default: nil
        }
    }

    /// Any number.
    package var doubleValue: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    package var arrayValue: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    package var objectValue: JSONObject? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The member of an object; nil for other values and absent members.
    package subscript(key: String) -> JSONValue? { objectValue?[key] }

    /// The element of an array; nil for other values and outside of it.
    package subscript(index: Int) -> JSONValue? {
        guard let elements = arrayValue, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// Whole number, or null for nil.
    package static func int(_ number: Int?) -> JSONValue { number.map { .int(Int64($0)) } ?? .null }

    /// Null for NaN and the infinities.
    package static func number(_ number: Double) -> JSONValue { number.isFinite ? .double(number) : .null }

    /// Text, or null for nil.
    package static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

extension JSONObject {
    /// This object with the members of `other` laid over it, objects member by member, anything else as a whole.
    package func overlaid(with other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other {
            if case .object(let inner) = value, case .object(let mine)? = result[key] {
                result[key] = .object(mine.overlaid(with: inner))
            } else {
                result[key] = value
            }
        }
        return result
    }

    /// This object without some members.
    package func without(_ keys: Set<String>) -> JSONObject {
        JSONObject(filter { !keys.contains($0.key) }.map { ($0.key, $0.value) })
    }
}
