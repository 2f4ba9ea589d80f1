/// How a JSON text is laid out.
package struct JSONLayout: Sendable {
    /// Members in alphabetical order of their names instead of their own.
    package var sortsKeys = false
    /// `", "` and `": "` instead of `","` and `":"`.
    package var isSpaced = false
    /// Everything beyond ASCII as `\u` escapes.
    package var isASCII = false
    /// One member or element per line, two blanks per level.
    package var isIndented = false

    package init(sortsKeys: Bool = false, isSpaced: Bool = false, isASCII: Bool = false, isIndented: Bool = false) {
        self.sortsKeys = sortsKeys
        self.isSpaced = isSpaced
        self.isASCII = isASCII
        self.isIndented = isIndented
    }

    package static let compact = JSONLayout()
    /// Sorted and without blanks: most answers of the API.
    package static let sorted = JSONLayout(sortsKeys: true)
    /// `{"a": 1, "b": [1, 2]}`: JSON inside texts, as the API prints it.
    package static let text = JSONLayout(isSpaced: true, isASCII: true)
    package static let indented = JSONLayout(isSpaced: true, isIndented: true)
}

extension JSONValue {
    /// The value as JSON text. NaN and infinities, which JSON does not know, become null.
    package func text(_ layout: JSONLayout = .compact) -> String {
        String(decoding: bytes(layout), as: UTF8.self)
    }

    package func bytes(_ layout: JSONLayout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.write(self)
        return writer.bytes
    }
}

extension JSONObject {
    package func text(_ layout: JSONLayout = .compact) -> String { JSONValue.object(self).text(layout) }
}

/// Appends JSON to a byte buffer, whole values or piece by piece for long answers.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private let layout: JSONLayout
    private var depth = 0
    /// How many numbers of a list are written in one go.
    private static let piece = 1024

    package init(layout: JSONLayout = .compact, capacity: Int = 256) {
        self.layout = layout
        bytes.reserveCapacity(capacity)
    }

    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .int(let number): write(number)
        case .double(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements): write(elements)
        case .object(let members): write(members)
        }
    }

    /// Appends bytes as they are.
    package mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends JSON that was written before.
    package mutating func append(_ json: [UInt8]) {
        bytes.append(contentsOf: json)
    }

    package mutating func write(_ number: Int64) {
        NumberText.append(number, to: &bytes)
    }

    /// The shortest text that reads back as the same number; whole numbers end in `.0`.
    package mutating func write(_ number: Double) {
        guard number.isFinite else {
            raw("null")
            return
        }
        NumberText.append(number, to: &bytes)
    }

    /// A list of numbers, null for NaN.
    package mutating func write(_ numbers: [Double]) {
        bytes.reserveCapacity(bytes.count + numbers.count * 8)
        bytes.append(UInt8(ascii: "["))
        var rest = numbers[...]
        while !rest.isEmpty {
            // Bounded pieces: most numbers are much shorter than the longest, and a list may have a million.
            let piece = rest.prefix(Self.piece)
            rest = rest.dropFirst(Self.piece)
            bytes += DenseJSON.bytes(atMost: piece.count * (NumberText.longest + 2)) { json in
                for (place, number) in zip(piece.indices, piece) {
                    if place > 0 { json.raw(layout.isSpaced ? ", " : ",") }
                    json.write(number)
                }
            }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ elements: [JSONValue]) {
        list(elements.count, open: "[", close: "]") { writer, index in writer.write(elements[index]) }
    }

    private mutating func write(_ members: JSONObject) {
        let keys = layout.sortsKeys ? members.keys.sorted(by: comesFirst) : members.keys
        list(keys.count, open: "{", close: "}") { writer, index in
            writer.write(keys[index])
            writer.bytes.append(UInt8(ascii: ":"))
            if writer.layout.isSpaced { writer.bytes.append(UInt8(ascii: " ")) }
            writer.write(members[keys[index]] ?? .null)
        }
    }

    private mutating func list(
        _ count: Int, open: Unicode.Scalar, close: Unicode.Scalar, element: (inout JSONWriter, Int) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        depth += 1
        for index in 0..<count {
            if index > 0 {
                bytes.append(UInt8(ascii: ","))
                if layout.isSpaced && !layout.isIndented { bytes.append(UInt8(ascii: " ")) }
            }
            if layout.isIndented { startLine() }
            element(&self, index)
        }
        depth -= 1
        if layout.isIndented && count > 0 { startLine() }
        bytes.append(UInt8(ascii: close))
    }

    private mutating func startLine() {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<(2 * depth) { bytes.append(UInt8(ascii: " ")) }
    }

    package mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 < 0x80 }
            if isPlain { bytes.append(contentsOf: utf8) }
            return isPlain
        } ? () : writeEscaped(text)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscaped(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": raw("\\\"")
            case "\\": raw("\\\\")
            case "\n": raw("\\n")
            case "\r": raw("\\r")
            case "\t": raw("\\t")
            case "\u{08}": raw("\\b")
            case "\u{0C}": raw("\\f")
            case _ where scalar.value < 0x20 || (layout.isASCII && scalar.value > 0x7E):
                for unit in String(scalar).utf16 { writeEscape(unit) }
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    private mutating func writeEscape(_ unit: UInt16) {
        raw("\\u")
        for shift in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift) & 0xF)
            bytes.append(digit < 10 ? 48 + digit : 87 + digit)
        }
    }
}

/// Alphabetical order by code points, as the API sorts names; Swift's own order is that of normalised text.
private func comesFirst(_ a: String, _ b: String) -> Bool {
    a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
}
