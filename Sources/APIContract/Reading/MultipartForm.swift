/// The parts of a `multipart/form-data` body.
package struct MultipartForm: Sendable {
    package struct Part: Sendable {
        package var name: String
        /// nil: a text field
        package var filename: String?
        package var contentType: String?
        package var content: ArraySlice<UInt8>
    }

    package private(set) var parts: [Part] = []

    /// Splits a body at the boundary named in its content type; nil if there is none or the body is cut off.
    package init?(contentType: String, body: [UInt8], maximumParts: Int = 200) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty else { return nil }
        let delimiter = Array("--".utf8) + Array(boundary.utf8)
        guard var position = Self.find(delimiter, in: body[...], from: 0) else { return nil }
        while true {
            position += delimiter.count
            if body[position...].starts(with: [45, 45]) { return }
            guard parts.count < maximumParts, body[position...].starts(with: [13, 10]),
                let end = Self.find([13, 10] + delimiter, in: body[...], from: position)
            else { return nil }
            let start = position + 2
            if end > start, let part = Self.part(body[start..<end]) { parts.append(part) }
            position = end + 2
        }
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        guard let split = find([13, 10, 13, 10], in: bytes, from: bytes.startIndex) else { return nil }
        var part = Part(name: "", content: bytes[(split + 4)...])
        for line in String(decoding: bytes[..<split], as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].lowercased()
            let value = String(line[line.index(after: colon)...].drop(while: \.isWhitespace))
            if name == "content-disposition" {
                part.name = parameter("name", of: value) ?? ""
                part.filename = parameter("filename", of: value)
            } else if name == "content-type" {
                part.contentType = value
            }
        }
        return part
    }

    /// A parameter of a header value such as `form-data; name="x"`.
    package static func parameter(_ name: String, of header: String) -> String? {
        var rest = Substring(header)
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop(while: \.isWhitespace)
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let key = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            let value: String
            (value, rest) = parameterValue(rest)
            if key == name { return value }
        }
        return nil
    }

    private static func parameterValue(_ text: Substring) -> (String, Substring) {
        guard text.first == "\"" else {
            let end = text.firstIndex(of: ";") ?? text.endIndex
            return (String(text[..<end].filter { !$0.isWhitespace }), text[end...])
        }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        return (value, rest)
    }

    /// The index at which the needle starts, at or after a position.
    private static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        let base = bytes.startIndex
        let found = bytes.withUnsafeBufferPointer { buffer -> Int? in
            var offset = start - base
            while offset + needle.count <= buffer.count {
                if buffer[offset] == needle[0], (1..<needle.count).allSatisfy({ buffer[offset + $0] == needle[$0] }) {
                    return offset
                }
                offset += 1
            }
            return nil
        }
        return found.map { $0 + base }
    }
}
