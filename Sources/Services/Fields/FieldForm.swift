import EnergyCore

/// Reads the fields of a new or changed record one after the other, and collects what is wrong with them in the words
/// that clients know. Fields are named as in the API; console and command line send the same.
///
/// A field that is missing reads as `.missing`, so that "leave it as it is" and "remove it" stay apart.
struct FieldForm {
    /// What came for a field. A value that was refused reads as missing.
    enum Sent<Value> {
        case missing, null, value(Value)

        var value: Value? {
            if case .value(let value) = self { value } else { nil }
        }
    }

    let fields: JSONObject
    private(set) var errors = FieldErrors()
    /// So few that a set would cost more.
    private var known: [String] = []

    init(_ fields: JSONObject) {
        self.fields = fields
    }

    mutating func refuse(_ field: String, _ text: String) {
        errors.add(field, text)
    }

    /// Takes over faults found elsewhere.
    mutating func merge(_ faults: FieldErrors) {
        errors.merge(faults)
    }

    /// Notes every field that nothing asked for.
    mutating func refuseUnknown() {
        for key in fields.keys where !known.contains(key) { refuse(key, FieldText.unknown) }
    }

    /// Whether a field came and nothing is wrong with it so far.
    func isSound(_ field: String) -> Bool { fields[field] != nil && errors.tree[field] == nil }

    /// A field by `read`, which says nil for a value of the wrong shape, refused with `text`.
    mutating func read<Value>(
        _ field: String, required: Bool = false, nullable: Bool = false, or text: @autoclosure () -> String,
        _ read: (JSONValue) -> Value?
    ) -> Sent<Value> {
        known.append(field)
        guard let value = fields[field] else {
            if required { refuse(field, FieldText.missing) }
            return .missing
        }
        if value.isNull {
            if !nullable { refuse(field, FieldText.null) }
            return nullable ? .null : .missing
        }
        guard let found = read(value) else {
            refuse(field, text())
            return .missing
        }
        return .value(found)
    }

    mutating func text(
        _ field: String, required: Bool = false, nullable: Bool = false, longest: Int? = nil
    ) -> Sent<String> {
        let sent = read(field, required: required, nullable: nullable, or: FieldText.string) { $0.stringValue }
        if let longest, let text = sent.value, text.unicodeScalars.count > longest {
            refuse(field, FieldText.tooLong(longest))
            return .missing
        }
        return sent
    }

    mutating func integer(_ field: String, required: Bool = false, nullable: Bool = false) -> Sent<Int> {
        read(field, required: required, nullable: nullable, or: FieldText.integer, Self.integer)
    }

    mutating func number(_ field: String, required: Bool = false, nullable: Bool = false) -> Sent<Double> {
        let sent = read(field, required: required, nullable: nullable, or: FieldText.number, Self.number)
        if let number = sent.value, !number.isFinite {
            refuse(field, FieldText.specialNumber)
            return .missing
        }
        return sent
    }

    mutating func truth(_ field: String, required: Bool = false) -> Sent<Bool> {
        read(field, required: required, or: FieldText.boolean, Self.truth)
    }

    /// A JSON value, sent as such or as text.
    mutating func json(_ field: String, nullable: Bool = false) -> Sent<JSONValue> {
        read(field, nullable: nullable, or: FieldText.jsonString) { value in
            guard case .string(let text) = value else { return value }
            return try? JSONValue(parsing: text)
        }
    }

    /// A JSON object, sent as such or as text.
    mutating func jsonObject(_ field: String, nullable: Bool = false) -> Sent<JSONObject> {
        switch json(field, nullable: nullable) {
        case .missing: return .missing
        case .null: return .null
        case .value(.object(let object)): return .value(object)
        case .value:
            refuse(field, FieldText.mapping)
            return .missing
        }
    }

    /// Whole numbers, as numbers or digits; truth values are none.
    static func integer(_ value: JSONValue) -> Int? {
        switch value {
        case .int(let number): Int(number)
        case .double(let number) where number.isFinite && abs(number) < 9e18: Int(number)
        case .string(let text): Int(text.filter { !$0.isWhitespace })
        default: nil
        }
    }

    private static func number(_ value: JSONValue) -> Double? {
        if case .string(let text) = value { return Double(text) }
        return value.doubleValue
    }

    static func truth(_ value: JSONValue) -> Bool? {
        switch value {
        case .bool(let truth): return truth
        case .int(1), .double(1): return true
        case .int(0), .double(0): return false
        case .string(let text):
            if ["t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1"].contains(text) {
                return true
            }
            let no = ["f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0"]
            return no.contains(text) ? false : nil
        default: return nil
        }
    }
}

/// The texts of faults that any field can have.
enum FieldText {
    static let missing = "Missing data for required field."
    static let unknown = "Unknown field."
    static let null = "Field may not be null."
    static let string = "Not a valid string."
    static let integer = "Not a valid integer."
    static let number = "Not a valid number."
    static let specialNumber = "Special numeric values (nan or infinity) are not permitted."
    static let boolean = "Not a valid boolean."
    static let list = "Not a valid list."
    static let mapping = "Not a valid mapping type."
    static let email = "Not a valid email address."
    static let jsonString = "Not a valid JSON string."
    static let nominal = "Nominal durations (months, years) are not supported here."
    static func tooLong(_ length: Int) -> String { "Longer than maximum length \(length)." }
    static func tooShort(_ length: Int) -> String { "Shorter than minimum length \(length)." }
    static func oneOf(_ words: [String]) -> String { "Must be one of: \(words.joined(separator: ", "))." }
}
