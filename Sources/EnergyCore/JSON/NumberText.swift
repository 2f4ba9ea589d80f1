/// Doubles as the API prints them: shortest round trip, `3.0`, `1e-05`, and exponents from 1e+16 on.
package enum NumberText {
    package static func text(_ number: Double) -> String {
        var bytes: [UInt8] = []
        append(number, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of a number; `nan`, `inf` and `-inf` for what is none.
    package static func append(_ number: Double, to bytes: inout [UInt8]) {
        if let small = Int32(exactly: number), !(small == 0 && number.sign == .minus) {
            appendWhole(small, to: &bytes)
            return
        }
        var text = number.description
        if abs(number) >= 1e16, number.isFinite, !text.utf8.contains(UInt8(ascii: "e")) {
            text = scientific(text)
        }
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    private static func appendWhole(_ number: Int32, to bytes: inout [UInt8]) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(48 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(ascii: "0"))
    }

    /// `12000000000000000.0` as `1.2e+16`: Swift writes digits a little further than the API does.
    private static func scientific(_ text: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        var digits = Array(text.utf8.filter(isDigit).dropLast())
        let exponent = digits.count - 1
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let mantissa = String(decoding: digits, as: UTF8.self)
        let fraction = mantissa.dropFirst()
        return sign + mantissa.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e+\(exponent)"
    }
}
