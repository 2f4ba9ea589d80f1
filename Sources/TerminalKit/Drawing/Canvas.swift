/// A piece of text with one meaning.
package struct Span: Hashable, Sendable {
    package var text: String
    package var role: Role

    package init(_ text: String, _ role: Role = .normal) {
        self.text = text
        self.role = role
    }
}

/// Draws on a grid by role, never beyond its clip.
package struct Canvas {
    package private(set) var grid: CellGrid
    package let theme: ResolvedTheme
    package let glyphs: Glyphs
    package var clip: Rect
    /// Where the hardware cursor goes: on the selection or into the field being edited.
    package var cursor: GridPoint?

    package init(size: GridSize, theme: ResolvedTheme, glyphs: Glyphs) {
        grid = CellGrid(size: size, fill: Cell(scalar: 32, style: theme[.normal]))
        self.theme = theme
        self.glyphs = glyphs
        clip = Rect(x: 0, y: 0, width: size.columns, height: size.rows)
    }

    package var bounds: Rect { Rect(x: 0, y: 0, width: grid.size.columns, height: grid.size.rows) }

    /// Writes text into a room of `width` cells (up to the clip when nil), cut with an ellipsis.
    package mutating func text(
        _ text: String, x: Int, y: Int, width: Int? = nil, align: TextAlignment = .left, role: Role = .normal
    ) {
        let room = width ?? (clip.endX - x)
        guard y >= clip.y, y < clip.endY, room > 0, x < clip.endX else { return }
        var content = TextWidth.truncated(text, to: room, ellipsis: glyphs.ellipsis)
        if align != .left { content = TextWidth.padded(content, to: room, align: align, ellipsis: glyphs.ellipsis) }
        grid.write(content, x: x, y: y, limit: min(x + room, clip.endX), from: clip.x, style: theme[role])
    }

    /// Writes several pieces one after the other; returns the column after them.
    @discardableResult
    package mutating func spans(_ spans: [Span], x: Int, y: Int, width: Int? = nil) -> Int {
        let end = min(clip.endX, width.map { x + $0 } ?? clip.endX)
        var column = x
        guard y >= clip.y, y < clip.endY else { return x }
        for span in spans where column < end {
            let content = TextWidth.truncated(span.text, to: end - column, ellipsis: glyphs.ellipsis)
            column = grid.write(content, x: column, y: y, limit: end, from: clip.x, style: theme[span.role])
        }
        return column
    }

    /// Sets one cell.
    package mutating func put(_ character: Character, x: Int, y: Int, role: Role = .normal) {
        guard clip.contains(GridPoint(x: x, y: y)) else { return }
        grid.set(character, x: x, y: y, style: theme[role])
    }

    /// Fills a rectangle with one character.
    package mutating func fill(_ rect: Rect, _ character: Character = " ", role: Role = .normal) {
        let area = rect.intersection(clip)
        let line = String(repeating: character, count: area.width)
        for y in area.y..<area.endY {
            grid.write(line, x: area.x, y: y, limit: area.endX, style: theme[role])
        }
    }

    /// Gives a rectangle's cells another look; their text stays.
    package mutating func restyle(_ rect: Rect, role: Role) {
        let area = rect.intersection(clip)
        let style = theme[role]
        for y in area.y..<area.endY {
            grid.restyle(x: area.x, y: y, width: area.width) { old in
                if style.foreground != .standard { old.foreground = style.foreground }
                if style.background != .standard { old.background = style.background }
                old.attributes.formUnion(style.attributes)
            }
        }
    }

    /// Gives cells a ground of a colour that is not the theme's, such as an account's, with letters that stand out from it.
    package mutating func restyle(_ rect: Rect, ground: String) {
        guard let (ground, letters) = Palette.ground(ground) else { return }
        let area = rect.intersection(clip)
        for y in area.y..<area.endY {
            grid.restyle(x: area.x, y: y, width: area.width) { old in
                old.background = ground
                old.foreground = letters
            }
        }
    }

    /// A rule with a title in it, as on top of every pane: `━ SITES 4 of 4 ━━━━`.
    package mutating func titleRule(_ title: [Span], in rect: Rect, focused: Bool = false) {
        guard !rect.isEmpty else { return }
        let rule = focused ? glyphs.ruleFocused : glyphs.rule
        fill(rect.row(0), rule, role: focused ? .ruleFocused : .rule)
        guard !title.isEmpty, rect.width > 4 else { return }
        let end = spans([Span(" ")] + title, x: rect.x + 1, y: rect.y, width: rect.width - 2)
        if end < rect.endX - 1 { put(" ", x: end, y: rect.y) }
    }

    /// A rule with a plain title.
    package mutating func titleRule(_ title: String, in rect: Rect, focused: Bool = false) {
        titleRule([Span(title, focused ? .titleFocused : .title)], in: rect, focused: focused)
    }

    /// A vertical line.
    package mutating func divider(x: Int, y: Int, height: Int) {
        for row in y..<max(y, y + height) { put(glyphs.divider, x: x, y: row, role: .rule) }
    }

    /// Draws with a smaller clip.
    package mutating func clipped(to rect: Rect, _ body: (inout Canvas) -> Void) {
        let before = clip
        clip = rect.intersection(before)
        body(&self)
        clip = before
    }
}
