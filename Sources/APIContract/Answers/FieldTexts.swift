/// The sentences about single fields of a request, word for word.
package enum FieldTexts {
    package static let missing = "Missing data for required field."
    package static let unknown = "Unknown field."
    package static let null = "Field may not be null."
    package static let integer = "Not a valid integer."
    package static let number = "Not a valid number."
    package static let specialNumber = "Special numeric values (nan or infinity) are not permitted."
    package static let boolean = "Not a valid boolean."
    package static let string = "Not a valid string."
    package static let list = "Not a valid list."
    package static let mapping = "Not a valid mapping type."
    package static let inputType = "Invalid input type."
    package static let email = "Not a valid email address."
    package static let datetime = "Not a valid datetime."
    package static let jsonString = "Not a valid JSON string."
    package static let nominalDuration = "Nominal durations (months, years) are not supported here."

    package static func oneOf(_ choices: [String]) -> String {
        "Must be one of: \(choices.joined(separator: ", "))."
    }
    package static func atLeast(_ minimum: Int) -> String { "Must be greater than or equal to \(minimum)." }
    package static func longerThan(_ maximum: Int) -> String { "Longer than maximum length \(maximum)." }
    package static func duration(_ text: String) -> String {
        "Cannot parse \(text) as ISO8601 duration: Unable to parse duration string '\(text)'"
    }
    package static func assetField(_ name: String) -> String { "Parameter '\(name)' is not a valid asset field." }
    package static func invalidUnit(_ unit: String) -> String { "Invalid unit: \(unit)" }
}
