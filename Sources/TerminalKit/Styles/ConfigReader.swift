/// Reads the parts of one line of a file, from left to right.
struct ConfigReader {
    var rest: Substring
    let line: Int

    mutating func skipBlanks() {
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    }

    mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    mutating func key() throws(ConfigProblem) -> String {
        if rest.first == "\"" { return try string() }
        let name = rest.prefix { $0 != "=" && $0 != " " && $0 != "\t" }
        guard !name.isEmpty else { throw ConfigProblem(line: line, text: "expected a name before =") }
        rest = rest.dropFirst(name.count)
        return String(name)
    }

    mutating func value() throws(ConfigProblem) -> ConfigValue {
        switch rest.first {
        case "\"", "'": return .text(try string())
        case "[": return .list(try list())
        default: break
        }
        let word = rest.prefix { $0 != "#" && $0 != " " && $0 != "\t" }
        rest = rest.dropFirst(word.count)
        if word == "true" { return .flag(true) }
        if word == "false" { return .flag(false) }
        if let number = Int(word) { return .number(number) }
        throw ConfigProblem(line: line, text: "a value is \"text\", a whole number, true, false or a list of texts")
    }

    mutating func list() throws(ConfigProblem) -> [String] {
        rest.removeFirst()
        var items: [String] = []
        skipBlanks()
        while !take("]") {
            items.append(try string())
            skipBlanks()
            if take(",") {
                skipBlanks()
            } else if rest.first != "]" {
                throw ConfigProblem(line: line, text: "expected , or ] in a list")
            }
        }
        return items
    }

    mutating func string() throws(ConfigProblem) -> String {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            throw ConfigProblem(line: line, text: "expected a text in quotes")
        }
        rest.removeFirst()
        var result = ""
        while let character = rest.popFirst() {
            if character == quote { return result }
            guard character == "\\", quote == "\"" else {
                result.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": result.append("\n")
            case "t": result.append("\t")
            case let other?: result.append(other)
            case nil: break
            }
        }
        throw ConfigProblem(line: line, text: "the text has no closing quote")
    }

    mutating func finish() throws(ConfigProblem) {
        skipBlanks()
        guard rest.isEmpty || rest.first == "#" else {
            throw ConfigProblem(line: line, text: "\"\(rest)\" follows the value")
        }
    }
}
