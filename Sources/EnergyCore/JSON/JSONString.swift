/// Reading of quoted strings.
enum JSONString {
    /// Reads the string whose opening quote is at `position` and moves behind its closing quote.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, at position: inout Int) throws(JSONError) -> String {
        position += 1
        let start = position
        var isASCII = true
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let text = try decode(bytes[start..<position], isASCII: isASCII, at: start)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                return try readEscaped(bytes, from: start, at: &position)
            case ..<0x20:
                throw JSONError(fault: .controlCharacterInString, offset: position)
            default:
                if byte >= 0x80 { isASCII = false }
                position += 1
            }
        }
        throw JSONError(fault: .unexpectedEnd, offset: position)
    }

    private static func decode(
        _ slice: Slice<UnsafeBufferPointer<UInt8>>, isASCII: Bool, at offset: Int
    ) throws(JSONError) -> String {
        if isASCII { return String(decoding: UnsafeBufferPointer(rebasing: slice), as: UTF8.self) }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONError(fault: .invalidUTF8, offset: offset)
        }
        return text
    }

    private static func readEscaped(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, at position: inout Int
    ) throws(JSONError) -> String {
        var decoded = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: decoded, as: UTF8.self) else {
                    throw JSONError(fault: .invalidUTF8, offset: start)
                }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                try readEscape(bytes, at: &position, into: &decoded)
            case ..<0x20:
                throw JSONError(fault: .controlCharacterInString, offset: position)
            default:
                decoded.append(byte)
                position += 1
            }
        }
        throw JSONError(fault: .unexpectedEnd, offset: position)
    }

    private static func readEscape(
        _ bytes: UnsafeBufferPointer<UInt8>, at position: inout Int, into decoded: inout [UInt8]
    ) throws(JSONError) {
        guard position + 1 < bytes.count else { throw JSONError(fault: .unexpectedEnd, offset: position) }
        let escape = bytes[position + 1]
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(escape)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            try readUnicode(bytes, at: &position, into: &decoded)
            return
        default: throw JSONError(fault: .invalidEscape, offset: position)
        }
        position += 2
    }

    private static func readUnicode(
        _ bytes: UnsafeBufferPointer<UInt8>, at position: inout Int, into decoded: inout [UInt8]
    ) throws(JSONError) {
        guard let first = codeUnit(bytes, at: position) else {
            throw JSONError(fault: .invalidEscape, offset: position)
        }
        position += 6
        var scalar = Unicode.Scalar(UInt32(first))
        if first & 0xFC00 == 0xD800, let second = codeUnit(bytes, at: position), second & 0xFC00 == 0xDC00 {
            position += 6
            scalar = Unicode.Scalar(0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF)))
        }
        // A lone half of a surrogate pair stands for no character.
        decoded += String(Character(scalar ?? "\u{FFFD}")).utf8
    }

    private static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt16? {
        guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt16 = 0
        for index in (position + 2)..<(position + 6) {
            let byte = bytes[index]
            let digit: UInt8
            switch byte {
            case 48...57: digit = byte - 48
            case 65...70: digit = byte - 55
            case 97...102: digit = byte - 87
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
