/// Which characters draw lines, bars and marks.
package enum GlyphSet: String, CaseIterable, Hashable, Sendable {
    /// Box drawing, blocks and shades.
    case unicode
    /// As `unicode`, but spark lines and dense curves in braille dots.
    case braille
    /// Nothing beyond ASCII.
    case ascii

    /// The characters of the set.
    package var glyphs: Glyphs {
        switch self {
        case .unicode, .braille: .unicode
        case .ascii: .ascii
        }
    }
}

/// Characters of one kind of line.
package struct LineGlyphs: Hashable, Sendable {
    package var horizontal: Character
    package var vertical: Character
    /// Corners by where the line goes on: `downRight` opens to below and to the right.
    package var downRight: Character
    package var downLeft: Character
    package var upRight: Character
    package var upLeft: Character
}

/// All characters that are not text.
package struct Glyphs: Hashable, Sendable {
    package var isASCII: Bool
    package var measured: LineGlyphs
    package var plan: LineGlyphs
    package var forecast: LineGlyphs
    package var other: LineGlyphs
    package var frame: LineGlyphs
    package var rule: Character
    package var ruleFocused: Character
    package var divider: Character
    package var axis: Character
    package var axisTick: Character
    package var zero: Character
    package var limit: Character
    package var now: Character
    package var cursorTop: Character
    package var cursorLine: Character
    package var negativeShade: Character
    package var bandFill: Character?
    package var bandEdge: Character
    package var gap: Character
    package var target: Character
    package var selection: Character
    package var folded: Character
    package var unfolded: Character
    package var leaf: Character
    package var ellipsis: Character
    package var breadcrumb: String
    /// Eight heights, lowest first; the last is a full cell.
    package var levels: [Character]
    package var solid: Character
    /// Bars that point down from the zero line.
    package var solidDown: Character
    /// Five shades, the first blank.
    package var shades: [Character]
    package var progressDone: Character
    package var progressLeft: Character

    package static let unicode = Glyphs(
        isASCII: false,
        measured: LineGlyphs(horizontal: "─", vertical: "│", downRight: "╭", downLeft: "╮", upRight: "╰", upLeft: "╯"),
        plan: LineGlyphs(horizontal: "━", vertical: "┃", downRight: "┏", downLeft: "┓", upRight: "┗", upLeft: "┛"),
        forecast: LineGlyphs(horizontal: "╌", vertical: "╎", downRight: "╭", downLeft: "╮", upRight: "╰", upLeft: "╯"),
        other: LineGlyphs(horizontal: "┄", vertical: "┆", downRight: "╭", downLeft: "╮", upRight: "╰", upLeft: "╯"),
        frame: LineGlyphs(horizontal: "─", vertical: "│", downRight: "┌", downLeft: "┐", upRight: "└", upLeft: "┘"),
        rule: "─", ruleFocused: "━", divider: "│", axis: "│", axisTick: "┤", zero: "┈", limit: "╌", now: "┊",
        cursorTop: "▼", cursorLine: "│", negativeShade: "░", bandFill: "░", bandEdge: "·", gap: "·", target: "◆",
        selection: "▌", folded: "▸", unfolded: "▾", leaf: "·", ellipsis: "…", breadcrumb: " › ",
        levels: Array("▁▂▃▄▅▆▇█"), solid: "█", solidDown: "▒", shades: Array(" ░▒▓█"), progressDone: "█",
        progressLeft: "░")

    package static let ascii = Glyphs(
        isASCII: true,
        measured: LineGlyphs(horizontal: "-", vertical: "|", downRight: "+", downLeft: "+", upRight: "+", upLeft: "+"),
        plan: LineGlyphs(horizontal: "=", vertical: "|", downRight: "+", downLeft: "+", upRight: "+", upLeft: "+"),
        forecast: LineGlyphs(horizontal: ".", vertical: ":", downRight: ".", downLeft: ".", upRight: ".", upLeft: "."),
        other: LineGlyphs(horizontal: "~", vertical: "|", downRight: "~", downLeft: "~", upRight: "~", upLeft: "~"),
        frame: LineGlyphs(horizontal: "-", vertical: "|", downRight: "+", downLeft: "+", upRight: "+", upLeft: "+"),
        rule: "-", ruleFocused: "=", divider: "|", axis: "|", axisTick: "+", zero: ".", limit: "_", now: "!",
        cursorTop: "v", cursorLine: "|", negativeShade: ":", bandFill: nil, bandEdge: ",", gap: "?", target: "o",
        selection: ">", folded: ">", unfolded: "v", leaf: "-", ellipsis: "~", breadcrumb: " > ",
        levels: Array(".:-=+*%#"), solid: "#", solidDown: "=", shades: Array(" .:*#"), progressDone: "#",
        progressLeft: "-")
}
