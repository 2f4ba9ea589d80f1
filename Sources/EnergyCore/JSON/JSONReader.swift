/// What is wrong with a JSON text, and where.
package struct JSONError: Error, Hashable, Sendable {
    package enum Fault: Hashable, Sendable {
        case empty
        case unexpectedEnd
        /// What should have stood there.
        case expected(String)
        case invalidNumber
        /// NaN and the infinities are no JSON.
        case nonFiniteNumber
        case invalidEscape
        case controlCharacterInString
        case invalidUTF8
        case tooDeep(limit: Int)
        case textAfterValue
    }

    package var fault: Fault
    /// Bytes from the start of the text.
    package var offset: Int

    package init(fault: Fault, offset: Int) {
        self.fault = fault
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        let what =
            switch fault {
            case .empty: "no value"
            case .unexpectedEnd: "the text ends too early"
            case .expected(let thing): "expected \(thing)"
            case .invalidNumber: "not a number"
            case .nonFiniteNumber: "NaN and Infinity are no JSON numbers"
            case .invalidEscape: "unknown escape in a string"
            case .controlCharacterInString: "control character in a string"
            case .invalidUTF8: "not UTF-8"
            case .tooDeep(let limit): "nested deeper than \(limit) levels"
            case .textAfterValue: "text after the value"
            }
        return "\(what) at byte \(offset)"
    }
}

/// What a reader of JSON lets through.
package struct JSONReadOptions: Sendable {
    /// Arrays and objects inside each other.
    package var maxDepth = 64
    /// Accept the words NaN, Infinity and -Infinity as numbers, so that a field check can refuse them by name.
    package var allowsNonFinite = false

    package init(maxDepth: Int = 64, allowsNonFinite: Bool = false) {
        self.maxDepth = maxDepth
        self.allowsNonFinite = allowsNonFinite
    }
}

extension JSONValue {
    package init(parsing text: String, options: JSONReadOptions = JSONReadOptions()) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), options: options)
    }

    package init(parsing bytes: [UInt8], options: JSONReadOptions = JSONReadOptions()) throws(JSONError) {
        self = try JSONReader.read(bytes, options: options, columns: []).value
    }
}

/// A JSON object of which some members, long lists of numbers, were read straight into columns.
package struct JSONDocument: Sendable {
    /// Everything but the columns.
    package var value: JSONValue
    /// Member name to numbers, NaN for null. Lists with anything but numbers and nulls stay in `value`.
    package var columns: [String: [Double]] = [:]

    /// Reads an object; members of the outermost object named in `columns` become columns if they can.
    package init(
        parsing bytes: [UInt8], columns: Set<String>, options: JSONReadOptions = JSONReadOptions()
    ) throws(JSONError) {
        self = try JSONReader.read(bytes, options: options, columns: columns)
    }

    init(value: JSONValue, columns: [String: [Double]]) {
        self.value = value
        self.columns = columns
    }
}

/// One pass over the bytes of a JSON text (RFC 8259).
struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let options: JSONReadOptions
    private let columnNames: Set<String>
    private var position = 0
    private var depth = 0
    private var columns: [String: [Double]] = [:]

    static func read(
        _ bytes: [UInt8], options: JSONReadOptions, columns: Set<String>
    ) throws(JSONError) -> JSONDocument {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONDocument, JSONError> in
            var reader = JSONReader(bytes: buffer, options: options, columnNames: columns)
            do throws(JSONError) {
                return .success(try reader.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, options: JSONReadOptions, columnNames: Set<String>) {
        self.bytes = bytes
        self.options = options
        self.columnNames = columnNames
    }

    private mutating func document() throws(JSONError) -> JSONDocument {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipBlanks()
        guard position < bytes.count else { throw failure(.empty) }
        let value = try value()
        skipBlanks()
        guard position == bytes.count else { throw failure(.textAfterValue) }
        return JSONDocument(value: value, columns: columns)
    }

    private func failure(_ fault: JSONError.Fault) -> JSONError { JSONError(fault: fault, offset: position) }

    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try nonFinite("NaN", .nan)
        case UInt8(ascii: "I"): return try nonFinite("Infinity", .infinity)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard skip(word) else { throw failure(.expected("a value")) }
        return value
    }

    private mutating func nonFinite(_ word: StaticString, _ value: Double) throws(JSONError) -> JSONValue {
        let start = position
        guard skip(word) else { throw failure(.expected("a value")) }
        guard options.allowsNonFinite else { throw JSONError(fault: .nonFiniteNumber, offset: start) }
        return .double(value)
    }

    private mutating func skip(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard position + length <= bytes.count else { return false }
        for index in 0..<length where bytes[position + index] != word.utf8Start[index] { return false }
        position += length
        return true
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= options.maxDepth else { throw failure(.tooDeep(limit: options.maxDepth)) }
        position += 1
        skipBlanks()
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        try enter()
        defer { depth -= 1 }
        var members = JSONObject()
        if skipIf("}") { return members }
        while true {
            guard position < bytes.count else { throw failure(.unexpectedEnd) }
            guard bytes[position] == UInt8(ascii: "\"") else { throw failure(.expected("a member name")) }
            let key = try string()
            skipBlanks()
            guard skipIf(":") else { throw failure(.expected("a colon")) }
            skipBlanks()
            if depth == 1, columnNames.contains(key), let column = try column() {
                members[key] = nil
                columns[key] = column
            } else {
                columns[key] = nil
                members[key] = try value()
            }
            skipBlanks()
            if skipIf("}") { return members }
            guard skipIf(",") else { throw failure(.expected("a comma or }")) }
            skipBlanks()
        }
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        try enter()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        if skipIf("]") { return elements }
        while true {
            elements.append(try value())
            skipBlanks()
            if skipIf("]") { return elements }
            guard skipIf(",") else { throw failure(.expected("a comma or ]")) }
            skipBlanks()
        }
    }

    /// A list of nothing but numbers and nulls; nil, with the position restored, for any other value.
    private mutating func column() throws(JSONError) -> [Double]? {
        let start = position
        guard skipIf("[") else { return nil }
        var numbers: [Double] = []
        skipBlanks()
        if skipIf("]") { return numbers }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "n") {
                guard skip("null") else { throw failure(.expected("a value")) }
                numbers.append(.nan)
            } else if let number = JSONNumber.read(bytes, at: &position) {
                numbers.append(number.asDouble)
            } else {
                break
            }
            skipBlanks()
            if skipIf("]") { return numbers }
            guard skipIf(",") else { break }
            skipBlanks()
        }
        position = start
        return nil
    }

    private mutating func skipIf(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if let number = JSONNumber.read(bytes, at: &position) {
            return number.value
        }
        if options.allowsNonFinite, skip("-Infinity") { return .double(-.infinity) }
        let isNumberLike = bytes[start] == UInt8(ascii: "-") || isDigit(bytes[start])
        throw JSONError(fault: isNumberLike ? .invalidNumber : .expected("a value"), offset: start)
    }

    private mutating func string() throws(JSONError) -> String {
        try JSONString.read(bytes, at: &position)
    }
}
