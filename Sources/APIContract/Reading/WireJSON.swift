import EnergyCore

/// JSON as it travels: bounded in depth, without the special numbers that JSON does not have.
package enum WireJSON {
    private static let options = JSONReadOptions(maxDepth: 64)

    /// nil if the bytes are no JSON.
    package static func parse(_ bytes: [UInt8]) -> JSONValue? {
        try? JSONValue(parsing: bytes, options: options)
    }

    package static func parse(_ text: String) -> JSONValue? {
        try? JSONValue(parsing: text, options: options)
    }

    /// The value as compact JSON.
    package static func bytes(_ value: JSONValue) -> [UInt8] { value.bytes() }

    /// The value as the JSON text that some fields carry inside a string.
    package static func text(_ value: JSONValue) -> String { value.text(.text) }
}
