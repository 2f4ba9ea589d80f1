import EnergyCore

/// Reads the fields of one place of a request one after the other and collects what is wrong with them, so that one
/// answer names every fault.
package struct FieldReader {
    /// Whether a field has to be there, and whether it may be null.
    package enum Need: Sendable {
        case optional, required, nullable
    }

    /// What came for a field that may be left out or be null.
    package enum Sent<Value> {
        case missing, null, value(Value)
    }

    package let fields: JSONObject
    package private(set) var errors = FieldErrors()
    private var known: Set<String> = []

    package init(_ fields: JSONObject) {
        self.fields = fields
    }

    /// The raw value of a field; nil if it is missing or null, which is noted as a fault unless allowed.
    package mutating func value(_ name: String, _ need: Need = .optional) -> JSONValue? {
        known.insert(name)
        switch fields[name] {
        case nil:
            if need == .required { refuse(name, FieldTexts.missing) }
            return nil
        case .some(.null):
            if need != .nullable { refuse(name, FieldTexts.null) }
            return nil
        case .some(let value):
            return value
        }
    }

    /// Whether the field came at all, be it null.
    package func has(_ name: String) -> Bool { fields[name] != nil }

    /// Whether the field came as null.
    package func isNull(_ name: String) -> Bool { fields[name] == .null }

    /// Notes a fault of a field.
    package mutating func refuse(_ name: String, _ text: String) {
        errors.add([name], text)
    }

    /// Notes faults found elsewhere.
    package mutating func merge(_ more: FieldErrors) {
        errors = errors.merging(more)
    }

    /// Notes every field that nothing asked for.
    package mutating func refuseUnknown() {
        for key in fields.keys where !known.contains(key) { refuse(key, FieldTexts.unknown) }
    }

    /// Throws what was collected, as an answer about this place of the request.
    package func check(_ location: String) throws {
        if !errors.isEmpty { throw APIFailure.unprocessable(location, errors) }
    }
}

extension FieldReader {
    /// A text.
    package mutating func string(_ name: String, _ need: Need = .optional, maximum: Int? = nil) -> String? {
        guard let value = value(name, need) else { return nil }
        guard case .string(let text) = value else {
            refuse(name, FieldTexts.string)
            return nil
        }
        if let maximum, text.unicodeScalars.count > maximum {
            refuse(name, FieldTexts.longerThan(maximum))
            return nil
        }
        return text
    }

    /// A whole number, as a number or as digits.
    package mutating func integer(_ name: String, _ need: Need = .optional, minimum: Int? = nil) -> Int? {
        guard let value = value(name, need) else { return nil }
        guard let number = FieldValues.integer(value) else {
            refuse(name, FieldTexts.integer)
            return nil
        }
        if let minimum, number < minimum {
            refuse(name, FieldTexts.atLeast(minimum))
            return nil
        }
        return number
    }

    /// A finite number, as a number or as text.
    package mutating func number(_ name: String, _ need: Need = .optional) -> Double? {
        guard let value = value(name, need) else { return nil }
        switch FieldValues.number(value) {
        case .some(let number) where number.isFinite: return number
        case .some: refuse(name, FieldTexts.specialNumber)
        case nil: refuse(name, FieldTexts.number)
        }
        return nil
    }

    /// A truth value, also as one of the usual words.
    package mutating func boolean(_ name: String, _ need: Need = .optional) -> Bool? {
        guard let value = value(name, need) else { return nil }
        guard let truth = FieldValues.boolean(value) else {
            refuse(name, FieldTexts.boolean)
            return nil
        }
        return truth
    }

    /// One of a few words.
    package mutating func choice(_ name: String, _ need: Need = .optional, of choices: [String]) -> String? {
        guard let value = value(name, need) else { return nil }
        guard case .string(let text) = value, choices.contains(text) else {
            refuse(name, FieldTexts.oneOf(choices))
            return nil
        }
        return text
    }

    /// A list.
    package mutating func list(_ name: String, _ need: Need = .optional) -> [JSONValue]? {
        guard let value = value(name, need) else { return nil }
        guard case .array(let items) = value else {
            refuse(name, FieldTexts.list)
            return nil
        }
        return items
    }

    /// A JSON value that is sent as text; the value itself is taken as well.
    package mutating func jsonText(_ name: String, _ need: Need = .optional) -> JSONValue? {
        guard let value = value(name, need) else { return nil }
        guard case .string(let text) = value else { return value }
        guard let parsed = WireJSON.parse(text) else {
            refuse(name, FieldTexts.jsonString)
            return nil
        }
        return parsed
    }

    /// A JSON object that is sent as text; the object itself is taken as well.
    package mutating func jsonObject(_ name: String, _ need: Need = .optional) -> JSONObject? {
        guard let value = jsonText(name, need) else { return nil }
        guard case .object(let object) = value else {
            refuse(name, FieldTexts.mapping)
            return nil
        }
        return object
    }

    /// What came for a field that may be missing or null.
    package mutating func sent<Value>(
        _ name: String, _ read: (inout FieldReader) -> Value?
    ) -> Sent<Value> {
        known.insert(name)
        guard has(name) else { return .missing }
        if isNull(name) { return .null }
        return read(&self).map { .value($0) } ?? .missing
    }
}

extension FieldReader.Sent: Sendable where Value: Sendable {}
