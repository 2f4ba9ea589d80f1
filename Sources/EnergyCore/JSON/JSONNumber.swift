/// A number as JSON writes it.
enum JSONNumber {
    case int(Int64)
    case double(Double)

    var asDouble: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }

    var value: JSONValue {
        switch self {
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        }
    }

    /// Reads one number and moves behind it; nil, without moving, if there is none or it is beyond the range of doubles.
    @inline(__always)
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, at position: inout Int) -> JSONNumber? {
        var scan = Scan(position: position)
        guard scan.run(bytes), let number = scan.number(bytes, from: position) else { return nil }
        position = scan.position
        return number
    }

    /// Digits as an integer and a power of ten: exact for up to 15 digits and small powers, which is nearly always.
    private struct Scan {
        var position: Int
        var isNegative = false
        var isFraction = false
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0

        init(position: Int) {
            self.position = position
        }

        mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            if position < bytes.count, bytes[position] == UInt8(ascii: "-") {
                isNegative = true
                position += 1
            }
            let first = position
            takeDigits(bytes)
            guard position > first else { return false }
            if bytes[first] == UInt8(ascii: "0"), position > first + 1 { return false }
            if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
                isFraction = true
                position += 1
                let start = position
                takeDigits(bytes)
                guard position > start else { return false }
                exponent -= position - start
            }
            if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
                isFraction = true
                return takeExponent(bytes)
            }
            return true
        }

        private mutating func takeDigits(_ bytes: UnsafeBufferPointer<UInt8>) {
            while position < bytes.count, isDigit(bytes[position]) {
                if digits > 0 || bytes[position] != UInt8(ascii: "0") {
                    digits += 1
                    if digits <= 19 { mantissa = mantissa &* 10 &+ UInt64(bytes[position] - 48) }
                }
                position += 1
            }
        }

        private mutating func takeExponent(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            position += 1
            var negative = false
            if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
                negative = bytes[position] == UInt8(ascii: "-")
                position += 1
            }
            let start = position
            var value = 0
            while position < bytes.count, isDigit(bytes[position]) {
                if value < 100_000 { value = value * 10 + Int(bytes[position] - 48) }
                position += 1
            }
            exponent += negative ? -value : value
            return position > start
        }

        func number(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> JSONNumber? {
            if !isFraction, digits <= 18 {
                return .int(isNegative ? -Int64(mantissa) : Int64(mantissa))
            }
            if digits <= 15, abs(exponent) <= 22 {
                let size =
                    exponent < 0 ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
                return .double(isNegative ? -size : size)
            }
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
            if !isFraction, let exact = Int64(text) { return .int(exact) }
            guard let value = Double(text), value.isFinite else { return nil }
            return .double(value)
        }
    }
}

/// 1e0 ... 1e22, which doubles hold exactly.
let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
]
