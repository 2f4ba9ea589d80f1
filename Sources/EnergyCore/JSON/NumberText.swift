/// Doubles as the API prints them: shortest round trip, `3.0`, `1e-05`, and exponents from 1e+16 on.
package enum NumberText {
    /// No number is longer than this, in bytes.
    package static let longest = 32

    package static func text(_ number: Double) -> String {
        var bytes: [UInt8] = []
        append(number, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of a number; `nan`, `inf` and `-inf` for what is none.
    package static func append(_ number: Double, to bytes: inout [UInt8]) {
        append(to: &bytes) { write(number, to: $0) }
    }

    /// Appends the digits of a whole number.
    static func append(_ number: Int64, to bytes: inout [UInt8]) {
        append(to: &bytes) { write(number, to: $0) }
    }

    private static func append(to bytes: inout [UInt8], write: (UnsafeMutablePointer<UInt8>) -> Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { room in
            guard let start = room.baseAddress else { return }
            bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: write(start)))
        }
    }

    /// Writes the text of a number to where there is room for the longest; returns its length.
    static func write(_ number: Double, to place: UnsafeMutablePointer<UInt8>) -> Int {
        let length = writeThousandths(number, to: place)
        if length > 0 { return length }
        var text = number.description
        if abs(number) >= 1e16, number.isFinite, !text.utf8.contains(UInt8(ascii: "e")) {
            text = scientific(text)
        }
        return text.withUTF8 { utf8 in
            for (index, byte) in utf8.prefix(longest).enumerated() { place[index] = byte }
            return min(utf8.count, longest)
        }
    }

    /// Writes a whole number to where there is room for the longest; returns its length.
    static func write(_ number: Int64, to place: UnsafeMutablePointer<UInt8>) -> Int {
        guard number < 0 else { return writeDigits(number.magnitude, to: place) }
        place[0] = UInt8(ascii: "-")
        return 1 + writeDigits(number.magnitude, to: place + 1)
    }

    private static func writeDigits(_ number: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
        let count = digits(of: number)
        var position = count
        var rest = number
        // Two digits a division.
        while rest >= 100 {
            let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
            position -= 2
            place[position] = 48 + UInt8(truncatingIfNeeded: pair / 10)
            place[position + 1] = 48 + UInt8(truncatingIfNeeded: pair % 10)
            rest = quotient
        }
        if rest >= 10 {
            place[1] = 48 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        place[0] = 48 + UInt8(truncatingIfNeeded: rest)
        return count
    }

    private static func digits(of number: UInt64) -> Int {
        var count = 1
        var bound: UInt64 = 10
        while count < 20, number >= bound {
            count += 1
            bound &*= 10
        }
        return count
    }

    /// Writes a number that has at most three decimals, as most measurements do; returns 0 if it has more.
    ///
    /// No two decimals of up to 15 digits are the same double, so the one found is the shortest text as well.
    private static func writeThousandths(_ number: Double, to place: UnsafeMutablePointer<UInt8>) -> Int {
        let thousandths = (number * 1000).rounded()
        guard abs(thousandths) < 1e15, thousandths / 1000 == number, number != 0 || number.sign == .plus else {
            return 0
        }
        let (whole, part) = UInt64(abs(thousandths)).quotientAndRemainder(dividingBy: 1000)
        var length = 0
        if number < 0 {
            place[0] = UInt8(ascii: "-")
            length = 1
        }
        length += writeDigits(whole, to: place + length)
        place[length] = UInt8(ascii: ".")
        place[length + 1] = 48 + UInt8(truncatingIfNeeded: part / 100)
        length += 2
        guard part % 100 != 0 else { return length }
        place[length] = 48 + UInt8(truncatingIfNeeded: part / 10 % 10)
        length += 1
        guard part % 10 != 0 else { return length }
        place[length] = 48 + UInt8(truncatingIfNeeded: part % 10)
        return length + 1
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
