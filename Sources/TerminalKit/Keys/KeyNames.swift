/// A key name that means nothing, with what would have been understood.
package struct KeyNameError: Error, Hashable, Sendable, CustomStringConvertible {
    package var name: String

    package var description: String {
        "\"\(name)\" is not a key; keys are single characters, Enter, Esc, Tab, Space, Backspace, Delete, Insert, Up, Down, "
            + "Left, Right, Home, End, PgUp, PgDn, F1 to F24, with Ctrl-, Alt- or Shift- before them"
    }
}

extension Key {
    private static let named: [(name: String, code: Code)] = [
        ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("Space", .character(" ")), ("Backspace", .backspace),
        ("Delete", .delete), ("Insert", .insert), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right),
        ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ]

    private static let aliases: [String: Code] = [
        "return": .enter, "cr": .enter, "escape": .escape, "lt": .character("<"), "gt": .character(">"),
        "bs": .backspace, "del": .delete, "ins": .insert, "pageup": .pageUp, "pagedown": .pageDown,
        "minus": .character("-"),
    ]

    /// Reads a key name as key files and scripts write it: `j`, `Ctrl-S`, `Shift-Tab`, `PgUp`, `F5`, `Alt-x`.
    package init(named text: String) throws(KeyNameError) {
        var rest = Substring(text)
        var control = false
        var alt = false
        var shift = false
        while let dash = rest.firstIndex(where: { $0 == "-" || $0 == "+" }), dash != rest.startIndex,
            rest.index(after: dash) != rest.endIndex
        {
            switch rest[..<dash].lowercased() {
            case "ctrl", "c", "control": control = true
            case "alt", "a", "m", "meta": alt = true
            case "shift", "s": shift = true
            default: throw KeyNameError(name: text)
            }
            rest = rest[rest.index(after: dash)...]
        }
        guard var code = Self.code(rest) else { throw KeyNameError(name: text) }
        if case .character(let character) = code {
            // Terminals send Ctrl-S and Ctrl-Shift-S alike; Shift with a letter is the capital.
            if control { code = .character(Character(character.lowercased())) }
            if shift, !control, character != " " { code = .character(Character(character.uppercased())) }
            if character != " " { shift = false }
        }
        self.init(code, control: control, alt: alt, shift: shift)
    }

    private static func code(_ name: Substring) -> Code? {
        if name.count == 1, let character = name.first { return .character(character) }
        let lower = name.lowercased()
        if let found = named.first(where: { $0.name.lowercased() == lower }) { return found.code }
        if let found = aliases[lower] { return found }
        if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...24).contains(number) {
            return .function(number)
        }
        return nil
    }

    /// The name of the key, as help and key line show it.
    package var name: String {
        var prefix = ""
        if control { prefix += "Ctrl-" }
        if alt { prefix += "Alt-" }
        if shift { prefix += "Shift-" }
        switch code {
        case .function(let number): return prefix + "F\(number)"
        case .character(let character) where character != " ":
            return prefix + (control ? character.uppercased() : String(character))
        default: return prefix + (Self.named.first { $0.code == code }?.name ?? "?")
        }
    }

    /// Reads a script: characters are typed as they stand, `<Name>` is a key by name, `<lt>` is `<` itself.
    package static func script(_ text: String) throws(KeyNameError) -> [Key] {
        var keys: [Key] = []
        var rest = Substring(text)
        while let first = rest.popFirst() {
            guard first == "<" else {
                keys.append(first == "\n" ? .enter : .character(first))
                continue
            }
            guard let end = rest.dropFirst().firstIndex(of: ">"), !rest.hasPrefix(" ") else {
                keys.append(.character("<"))
                continue
            }
            keys.append(try Key(named: String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        return keys
    }
}
