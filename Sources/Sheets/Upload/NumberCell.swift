/// The value of a cell that should hold a number.
enum NumberCell: Equatable {
    /// Nothing, or a word for nothing such as NaN.
    case gap
    case number(Double)
    case invalid

    /// - Parameter allowsComma: whether a comma may mark decimals
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, allowsComma: Bool) -> NumberCell {
        guard !bytes.isEmpty else { return .gap }
        if let number = fast(bytes, allowsComma: allowsComma) { return .number(number) }
        let text = String(decoding: bytes, as: UTF8.self)
        if gaps.contains(text) { return .gap }
        guard text.utf8.count <= 64, text.utf8.allSatisfy(isPartOfNumber) else { return .invalid }
        let commas = text.utf8.count { $0 == UInt8(ascii: ",") }
        if commas > 0 {
            guard allowsComma, commas == 1, !text.utf8.contains(UInt8(ascii: ".")) else { return .invalid }
            return slow(text.replacing(",", with: "."))
        }
        return slow(text)
    }

    /// The words by which programs write that there is no value.
    private static let gaps: Set<String> = [
        "NaN", "nan", "-NaN", "-nan", "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NULL", "null", "None",
    ]

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || "+-.,eE".utf8.contains(byte)
    }

    private static func slow(_ text: String) -> NumberCell {
        var text = text
        if text.hasSuffix(".") { text += "0" }
        guard let number = Double(text), number.isFinite else { return .invalid }
        return .number(number)
    }

    /// Up to 15 digits with or without decimals, which is nearly every cell; nil for anything else.
    private static func fast(_ bytes: UnsafeBufferPointer<UInt8>, allowsComma: Bool) -> Double? {
        guard bytes.count <= 17 else { return nil }
        var index = 0
        let isNegative = bytes[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        var mantissa: Int64 = 0
        var digits = 0
        var decimals = 0
        var hasPoint = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte &- 48 < 10 {
                mantissa = mantissa * 10 + Int64(byte &- 48)
                digits += 1
                if hasPoint { decimals += 1 }
            } else if !hasPoint, byte == UInt8(ascii: ".") || (allowsComma && byte == UInt8(ascii: ",")) {
                hasPoint = true
            } else {
                return nil
            }
            index += 1
        }
        guard digits > 0, digits <= 15 else { return nil }
        let size = decimals == 0 ? Double(mantissa) : Double(mantissa) / powers[decimals]
        return isNegative ? -size : size
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
