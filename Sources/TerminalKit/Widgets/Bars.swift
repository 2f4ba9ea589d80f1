/// One tab of a tab bar.
package struct TabItem: Hashable, Sendable {
    package var key: String
    package var title: String
    /// What stands when the room is narrow.
    package var short: String

    package init(key: String, title: String, short: String) {
        self.key = key
        self.title = title
        self.short = short
    }
}

/// The row of screens; the active one in brackets.
package struct TabBar {
    package var items: [TabItem]
    package var active: Int?

    package init(items: [TabItem], active: Int?) {
        self.items = items
        self.active = active
    }

    /// The columns of each tab in a bar of a width, for the mouse.
    package func ranges(width: Int) -> [Range<Int>] {
        var x = isLong(width) ? 1 : 0
        return items.enumerated().map { index, item in
            let length = TextWidth.of(text(of: index, isLong(width))) + (isLong(width) ? 1 : 0)
            defer { x += length }
            return x..<x + length
        }
    }

    private func isLong(_ width: Int) -> Bool {
        items.reduce(1) { $0 + TextWidth.of($1.key) + TextWidth.of($1.title) + 4 } <= width
    }

    /// A tab with its brackets. In the narrow form a bracket takes the place of the blank between two tabs.
    private func text(of index: Int, _ isLong: Bool) -> String {
        let item = items[index]
        let body = isLong ? "\(item.key) \(item.title)" : item.key + item.short
        if index == active { return "[\(body)]" }
        if isLong { return " \(body) " }
        return active == index - 1 && index > 0 ? body : " \(body)"
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        let isLong = isLong(rect.width)
        var x = rect.x + (isLong ? 1 : 0)
        for index in items.indices {
            x = canvas.spans([Span(text(of: index, isLong), index == active ? .tabActive : .tab)], x: x, y: rect.y)
            if isLong { x += 1 }
        }
    }
}

/// One hint of the key line.
package struct KeyHint: Hashable, Sendable {
    package var keys: String
    package var text: String

    package init(keys: String, text: String) {
        self.keys = keys
        self.text = text
    }
}

/// The last row: the keys that matter here, shortened from the right. The last hints (help, quit) keep their place.
package struct KeyLine {
    package var hints: [KeyHint]
    package var fixed: [KeyHint]

    package init(hints: [KeyHint], fixed: [KeyHint]) {
        self.hints = hints
        self.fixed = fixed
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        func width(_ hint: KeyHint) -> Int { TextWidth.of(hint.keys) + 1 + TextWidth.of(hint.text) + 2 }
        let indent = rect.width >= 120 ? 1 : 0
        var room = rect.width - indent - fixed.reduce(0) { $0 + width($1) }
        var shown: [KeyHint] = []
        for hint in hints {
            guard width(hint) <= room else { break }
            room -= width(hint)
            shown.append(hint)
        }
        var x = rect.x + indent
        for hint in shown + fixed {
            x = canvas.spans([Span(hint.keys, .key), Span(" " + hint.text, .keyText)], x: x, y: rect.y) + 2
        }
    }
}
