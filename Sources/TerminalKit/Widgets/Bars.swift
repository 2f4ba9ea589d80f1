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

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        let long = items.reduce(0) { $0 + TextWidth.of($1.key) + TextWidth.of($1.title) + 4 } + 1
        let isLong = long <= rect.width
        var x = rect.x + (isLong ? 1 : 0)
        for (index, item) in items.enumerated() {
            let isActive = index == active
            let text = isLong ? "\(item.key) \(item.title)" : item.key + item.short
            let (open, close) = isActive ? ("[", "]") : (" ", isLong ? " " : "")
            // In the narrow form a bracket takes the place of the blank between two tabs.
            let lead = !isLong && index > 0 && !isActive && active == index - 1 ? "" : open
            x = canvas.spans([Span(lead + text + close, isActive ? .tabActive : .tab)], x: x, y: rect.y)
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
