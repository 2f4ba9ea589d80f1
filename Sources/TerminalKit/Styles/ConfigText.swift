/// A line of a file that could not be understood, and where it stands.
package struct ConfigProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from one.
    package var line: Int
    package var text: String

    package init(line: Int, text: String) {
        self.line = line
        self.text = text
    }

    package var description: String { "line \(line): \(text)" }
}

/// A value of a settings, theme or key file.
package enum ConfigValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([String])

    /// The value as it is written in a file.
    package var written: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let items): "[" + items.map(Self.quoted).joined(separator: ", ") + "]"
        }
    }

    /// A basic string with its escapes.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            switch character {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.append(character)
            }
        }
        return result + "\""
    }
}

/// One `key = value` of a file.
package struct ConfigEntry: Hashable, Sendable {
    package var section: String
    package var key: String
    package var value: ConfigValue
    package var line: Int
}

/// The small part of TOML that settings, themes and key files need: `[section]`, `key = value` with strings, whole
/// numbers, true and false, and lists of strings on one line. What cannot be read is reported, the rest is kept.
package struct ConfigText: Hashable, Sendable {
    package private(set) var entries: [ConfigEntry] = []
    package private(set) var problems: [ConfigProblem] = []

    package init(parsing text: String) {
        var section = ""
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = Self.trimmed(raw)
            if line.isEmpty || line.hasPrefix("#") { continue }
            do throws(ConfigProblem) {
                if line.hasPrefix("[") {
                    section = try Self.sectionName(line, line: index + 1)
                } else {
                    entries.append(try Self.entry(line, section: section, line: index + 1))
                }
            } catch {
                problems.append(error)
            }
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var result = text
        while let first = result.unicodeScalars.first, first.value <= 32 { result.unicodeScalars.removeFirst() }
        while let last = result.unicodeScalars.last, last.value <= 32 { result.unicodeScalars.removeLast() }
        return result
    }

    private static func sectionName(_ line: Substring, line number: Int) throws(ConfigProblem) -> String {
        let head = trimmed(line.prefix { $0 != "#" })
        guard head.hasSuffix("]"), head.count > 2 else {
            throw ConfigProblem(line: number, text: "a section is written [name]")
        }
        return String(trimmed(head.dropFirst().dropLast()))
    }

    private static func entry(_ line: Substring, section: String, line number: Int) throws(ConfigProblem) -> ConfigEntry
    {
        var reader = ConfigReader(rest: line, line: number)
        let key = try reader.key()
        reader.skipBlanks()
        guard reader.take("=") else { throw ConfigProblem(line: number, text: "expected = after \"\(key)\"") }
        reader.skipBlanks()
        let value = try reader.value()
        try reader.finish()
        return ConfigEntry(section: section, key: key, value: value, line: number)
    }
}
