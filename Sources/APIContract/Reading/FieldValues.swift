import EnergyCore

/// How single values of a request may be spelt.
package enum FieldValues {
    private static let truths: Set<String> = [
        "t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1",
    ]
    private static let falsehoods: Set<String> = [
        "f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0",
    ]

    /// All words that stand for yes or no.
    package static let truthWords = (truths.union(falsehoods)).sorted()

    /// Whole numbers, also written as digits; never truth values and never fractions.
    package static func integer(_ value: JSONValue) -> Int? {
        switch value {
        case .int(let number): Int(exactly: number)
        case .double(let number): Int(exactly: number)
        case .string(let text): integer(text)
        default: nil
        }
    }

    /// Digits with an optional sign, blanks around them allowed.
    package static func integer(_ text: String) -> Int? {
        Int(trimmed(text.utf8))
    }

    /// Numbers, also written as text; never truth values.
    package static func number(_ value: JSONValue) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(trimmed(text.utf8))
        default: nil
        }
    }

    /// The usual words for yes and no, in any of their spellings.
    package static func boolean(_ value: JSONValue) -> Bool? {
        switch value {
        case .bool(let truth): truth
        case .int(1): true
        case .int(0): false
        case .double(1): true
        case .double(0): false
        case .string(let text): truths.contains(text) ? true : falsehoods.contains(text) ? false : nil
        default: nil
        }
    }

    private static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
        let front = bytes.drop(while: isBlank)
        let back = front.reversed().drop(while: isBlank).reversed()
        return String(decoding: Array(back), as: UTF8.self)
    }
}
