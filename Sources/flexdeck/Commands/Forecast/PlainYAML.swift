import EnergyCore

/// The part of YAML that option files are written in: nested mappings and lists by indentation, lists in brackets,
/// plain and quoted texts, numbers, truths, comments. No anchors, tags or texts over several lines.
struct PlainYAML {
    /// What is not understood, and on which line.
    struct Fault: Error, CustomStringConvertible {
        let line: Int
        let description: String
    }

    private struct Line {
        let number: Int
        let indent: Int
        let text: Substring
    }

    private let lines: [Line]
    private var next = 0

    static func value(of text: String) throws -> JSONValue {
        var reader = try PlainYAML(text)
        guard let first = reader.lines.first else { return .object(JSONObject()) }
        let value = try reader.block(indent: first.indent)
        if reader.next < reader.lines.count {
            throw Fault(
                line: reader.lines[reader.next].number, description: "this line is not in line with those above")
        }
        return value
    }

    private init(_ text: String) throws {
        lines = try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            index, line in
            let kept = Self.withoutComment(line)
            let body = kept.drop { $0 == " " }
            guard body.first != "\t" else { throw Fault(line: index + 1, description: "a tab cannot indent") }
            if body.isEmpty || body == "---" { return nil }
            return Line(number: index + 1, indent: kept.count - body.count, text: body)
        }
    }

    private mutating func block(indent: Int) throws -> JSONValue {
        Self.isEntry(lines[next].text) ? try list(indent: indent) : try mapping(indent: indent)
    }

    private static func isEntry(_ text: Substring) -> Bool { text == "-" || text.hasPrefix("- ") }

    private mutating func list(indent: Int) throws -> JSONValue {
        var values: [JSONValue] = []
        while next < lines.count, lines[next].indent == indent, Self.isEntry(lines[next].text) {
            let line = lines[next]
            let rest = line.text.dropFirst().drop { $0 == " " }
            next += 1
            values.append(rest.isEmpty ? try nested(below: indent) : try Self.scalar(rest, line.number))
        }
        return .array(values)
    }

    private mutating func mapping(indent: Int) throws -> JSONValue {
        var members = JSONObject()
        while next < lines.count, lines[next].indent == indent, !Self.isEntry(lines[next].text) {
            let line = lines[next]
            guard let colon = Self.colon(in: line.text) else {
                throw Fault(line: line.number, description: "'name: value' is due")
            }
            let name = try Self.scalar(line.text[..<colon], line.number)
            let rest = line.text[line.text.index(after: colon)...].drop { $0 == " " }
            next += 1
            let value = rest.isEmpty ? try nested(below: indent) : try Self.scalar(rest, line.number)
            members[name.stringValue ?? name.text()] = value
        }
        return .object(members)
    }

    /// What stands under a name or dash: further in, or a list as far out as its name.
    private mutating func nested(below indent: Int) throws -> JSONValue {
        guard next < lines.count else { return .null }
        let isInside = lines[next].indent > indent || (lines[next].indent == indent && Self.isEntry(lines[next].text))
        return isInside ? try block(indent: lines[next].indent) : .null
    }

    /// The colon that ends a name: one before a blank or the end, outside quotes.
    private static func colon(in text: Substring) -> Substring.Index? {
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == ":" {
                let after = text.index(after: index)
                if after == text.endIndex || text[after] == " " { return index }
            }
        }
        return nil
    }

    private static func withoutComment(_ line: Substring) -> Substring {
        var quote: Character?
        var before: Character = " "
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "#", before == " " {
                return trimmed(line[..<index])
            }
            before = character
        }
        return trimmed(line)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }

    private static func scalar(_ text: Substring, _ line: Int) throws -> JSONValue {
        let text = trimmed(text)
        if text.hasPrefix("[") || text.hasPrefix("{") || text.hasPrefix("\"") {
            if let value = try? JSONValue(parsing: String(text)) { return value }
            guard text.hasPrefix("["), text.hasSuffix("]") else {
                throw Fault(line: line, description: "'\(text)' cannot be read")
            }
            return .array(
                try text.dropFirst().dropLast().split(separator: ",").map { try scalar($0.drop { $0 == " " }, line) })
        }
        if text.hasPrefix("'"), text.hasSuffix("'"), text.count > 1 {
            return .string(String(text.dropFirst().dropLast()).replacing("''", with: "'"))
        }
        switch text {
        case "true", "True", "yes": return .bool(true)
        case "false", "False", "no": return .bool(false)
        case "null", "~", "": return .null
        default: break
        }
        if let whole = Int64(text) { return .int(whole) }
        if let number = Double(text), text.first?.isNumber == true || text.hasPrefix("-") || text.hasPrefix(".") {
            return .double(number)
        }
        return .string(String(text))
    }
}
