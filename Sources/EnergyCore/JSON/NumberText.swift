/// Doubles as the API prints them: shortest round trip, `3.0`, `1e-05`, and exponents from 1e+16 on.
package enum NumberText {
    package static func text(_ number: Double) -> String {
        var bytes: [UInt8] = []
        append(number, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of a number; `nan`, `inf` and `-inf` for what is none.
    package static func append(_ number: Double, to bytes: inout [UInt8]) {
        if appendThousandths(number, to: &bytes) { return }
        var text = number.description
        if abs(number) >= 1e16, number.isFinite, !text.utf8.contains(UInt8(ascii: "e")) {
            text = scientific(text)
        }
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Appends the decimal digits of a whole number.
    static func appendDigits(_ number: UInt64, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = 20
            var rest = number
            // Two digits a division.
            while rest >= 100 {
                let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
                first -= 2
                digits[first] = 48 + UInt8(truncatingIfNeeded: pair / 10)
                digits[first + 1] = 48 + UInt8(truncatingIfNeeded: pair % 10)
                rest = quotient
            }
            if rest >= 10 {
                first -= 1
                digits[first] = 48 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            first -= 1
            digits[first] = 48 + UInt8(truncatingIfNeeded: rest)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }

    /// Appends a number that has at most three decimals, as most measurements do; returns whether it has.
    ///
    /// No two decimals of up to 15 digits are the same double, so the one found is the shortest text as well.
    private static func appendThousandths(_ number: Double, to bytes: inout [UInt8]) -> Bool {
        let thousandths = (number * 1000).rounded()
        guard abs(thousandths) < 1e15, thousandths / 1000 == number, number != 0 || number.sign == .plus else {
            return false
        }
        let (whole, part) = UInt64(abs(thousandths)).quotientAndRemainder(dividingBy: 1000)
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDigits(whole, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        bytes.append(48 + UInt8(truncatingIfNeeded: part / 100))
        if part % 100 != 0 { bytes.append(48 + UInt8(truncatingIfNeeded: part / 10 % 10)) }
        if part % 10 != 0 { bytes.append(48 + UInt8(truncatingIfNeeded: part % 10)) }
        return true
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
