/// A terminal colour.
package enum TerminalColor: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// An entry of the 256-colour palette.
    case index(UInt8)

    /// -1 for the terminal's own, else the palette index.
    package var number: Int {
        switch self {
        case .standard: -1
        case .index(let index): Int(index)
        }
    }
}

/// Bold, reverse and the like.
package struct TextAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = TextAttributes(rawValue: 1)
    package static let dim = TextAttributes(rawValue: 2)
    package static let italic = TextAttributes(rawValue: 4)
    package static let underline = TextAttributes(rawValue: 8)
    package static let reverse = TextAttributes(rawValue: 16)
    package static let blink = TextAttributes(rawValue: 32)
}

/// What a cell looks like, ready for a terminal.
package struct Style: Hashable, Sendable {
    package var foreground: TerminalColor
    package var background: TerminalColor
    package var attributes: TextAttributes

    package init(
        foreground: TerminalColor = .standard, background: TerminalColor = .standard,
        attributes: TextAttributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    package static let plain = Style()
}

/// How many colours may be used.
package enum ColorDepth: Int, Hashable, Sendable, Comparable {
    case none = 0
    case eight = 8
    case sixteen = 16
    case full = 256

    package static func < (a: ColorDepth, b: ColorDepth) -> Bool { a.rawValue < b.rawValue }

    /// The depth that a terminal with so many colours can show.
    package init(colours: Int) {
        self = colours >= 256 ? .full : colours >= 16 ? .sixteen : colours >= 8 ? .eight : .none
    }
}
