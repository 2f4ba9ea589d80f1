/// How the roles look, as a theme file says it.
package struct Theme: Hashable, Sendable {
    package var name: String
    package var summary: String
    /// Whether the colours of an account may show in the header.
    package var showsAccountColours = false
    package private(set) var styles: [Role: Style] = [:]

    package init(name: String, summary: String = "") {
        self.name = name
        self.summary = summary
    }

    /// Reads a theme file:
    ///
    ///     name = "night"
    ///     [palette]
    ///     soft = "#808080"
    ///     [roles]
    ///     secondary = "soft"
    ///     alarm = "white on red bold"
    ///
    /// An unknown key, role, colour or attribute is a warning with its line; the rest of the file counts.
    package static func parse(_ text: String, named fallback: String) -> (theme: Theme, warnings: [ConfigProblem]) {
        let config = ConfigText(parsing: text)
        var theme = Theme(name: fallback)
        var warnings = config.problems
        var palette: [String: TerminalColor] = [:]
        for entry in config.entries {
            guard let problem = theme.take(entry, palette: &palette) else { continue }
            warnings.append(ConfigProblem(line: entry.line, text: problem))
        }
        return (theme, warnings.sorted { $0.line < $1.line })
    }

    private mutating func take(_ entry: ConfigEntry, palette: inout [String: TerminalColor]) -> String? {
        switch (entry.section, entry.key, entry.value) {
        case ("", "name", .text(let text)): name = text
        case ("", "summary", .text(let text)): summary = text
        case ("", "account-colours", .flag(let flag)): showsAccountColours = flag
        case ("palette", let key, .text(let text)):
            guard let color = Palette.color(text) else { return "\"\(text)\" is not a colour" }
            palette[key] = color
        case ("roles", let key, .text(let text)):
            guard let role = Role(rawValue: key) else { return "unknown role \"\(key)\"" }
            do throws(ThemeWordError) {
                styles[role] = try Self.style(text, palette: palette)
            } catch {
                return error.text
            }
        case ("", "name", _), ("", "summary", _), ("palette", _, _), ("roles", _, _):
            return "\"\(entry.key)\" wants a text in quotes"
        case ("", "account-colours", _): return "\"account-colours\" wants true or false"
        default: return "unknown key \"\(entry.key)\"" + (entry.section.isEmpty ? "" : " in [\(entry.section)]")
        }
        return nil
    }

    private struct ThemeWordError: Error {
        var text: String
    }

    /// `FOREGROUND [on BACKGROUND] [bold] [dim] [italic] [underline] [reverse] [blink]`, words in any order.
    private static func style(_ text: String, palette: [String: TerminalColor]) throws(ThemeWordError) -> Style {
        let attributes: [Substring: TextAttributes] = [
            "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
            "blink": .blink,
        ]
        var style = Style()
        var background = false
        for word in text.split(separator: " ") {
            if word == "on" {
                background = true
            } else if let attribute = attributes[word] {
                style.attributes.insert(attribute)
            } else if let color = palette[String(word)] ?? Palette.color(String(word)) {
                if background { style.background = color } else { style.foreground = color }
                background = false
            } else {
                throw ThemeWordError(text: "\"\(word)\" is neither a colour nor an attribute")
            }
        }
        return style
    }

    /// The style of a role, from the nearest ancestor that the theme mentions.
    package func style(of role: Role) -> Style {
        var next: Role? = role
        while let here = next {
            if let style = styles[here] { return style }
            next = here.parent
        }
        return .plain
    }

    /// All styles, cut down to what the terminal can show.
    package func resolved(depth: ColorDepth) -> ResolvedTheme {
        ResolvedTheme(theme: self, depth: depth)
    }
}

/// A theme ready for drawing: one style per role.
package struct ResolvedTheme: Hashable, Sendable {
    package let name: String
    package let depth: ColorDepth
    package let showsAccountColours: Bool
    private let styles: [Style]
    private static let places = Dictionary(uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })

    init(theme: Theme, depth: ColorDepth) {
        name = theme.name
        self.depth = depth
        showsAccountColours = theme.showsAccountColours && depth == .full
        styles = Role.allCases.map { role in
            var style = theme.style(of: role)
            style.foreground = Palette.reduced(style.foreground, to: depth)
            style.background = Palette.reduced(style.background, to: depth)
            if depth == .none { style.attributes.formUnion(Self.withoutColour(role)) }
            return style
        }
    }

    package subscript(role: Role) -> Style {
        styles[Self.places[role] ?? 0]
    }

    /// What must still stand out when there is no colour at all.
    private static func withoutColour(_ role: Role) -> TextAttributes {
        switch role {
        case .alarm: [.bold, .reverse]
        case .alarmAcknowledged, .error, .plan, .titleFocused, .key: .bold
        case .warning, .fieldError: .underline
        case .selection, .headerMode, .fieldFocused, .buttonFocused: .reverse
        default: []
        }
    }
}
