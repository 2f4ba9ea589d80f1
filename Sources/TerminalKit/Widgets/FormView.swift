/// The fields of a form and which one has the focus. Behind the fields come the buttons.
package struct FormState: Hashable, Sendable {
    package var fields: [FormField]
    package var buttons: [String]
    package private(set) var focus: Int
    package private(set) var top = 0

    package init(fields: [FormField], buttons: [String] = []) {
        self.fields = fields
        self.buttons = buttons
        focus = fields.firstIndex { $0.kind != .fixed } ?? 0
    }

    package var focusedField: FormField? { focus < fields.count ? fields[focus] : nil }
    /// The index of the focused button.
    package var focusedButton: Int? { focus >= fields.count && !buttons.isEmpty ? focus - fields.count : nil }
    package var isChanged: Bool { fields.contains(where: \.isChanged) }

    package subscript(id: String) -> FormField? {
        get { fields.first { $0.id == id } }
        set {
            guard let index = fields.firstIndex(where: { $0.id == id }), let newValue else { return }
            fields[index] = newValue
        }
    }

    package func value(_ id: String) -> String { self[id]?.value ?? "" }

    package mutating func focus(on id: String) {
        if let index = fields.firstIndex(where: { $0.id == id }) { focus = index }
    }

    package mutating func focus(button index: Int) {
        if buttons.indices.contains(index) { focus = fields.count + index }
    }

    /// Moves the focus; the ends wrap, fields that are only shown are passed by.
    package mutating func moveFocus(by step: Int) {
        let count = fields.count + buttons.count
        guard count > 0 else { return }
        for _ in 0..<count {
            focus = (focus + step + count) % count
            if focus >= fields.count || fields[focus].kind != .fixed { return }
        }
    }

    /// Takes a key: editing, Tab and arrows. False when the form has no use for it.
    package mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .tab, Key(.down): moveFocus(by: 1)
        case .backTab, Key(.up): moveFocus(by: -1)
        case .enter where focusedButton == nil: moveFocus(by: 1)
        case Key(.right) where focusedButton != nil: moveFocus(by: 1)
        case Key(.left) where focusedButton != nil: moveFocus(by: -1)
        default:
            guard focus < fields.count else { return false }
            return fields[focus].handle(key)
        }
        return true
    }

    /// Puts pasted text into the field with the focus; false when that takes no text.
    package mutating func paste(_ text: String) -> Bool {
        guard focus < fields.count, fields[focus].takesText else { return false }
        fields[focus].editor.paste(text)
        fields[focus].error = nil
        return true
    }

    /// Puts error texts under their fields and the focus on the first of them.
    package mutating func show(errors: [String: String]) {
        for index in fields.indices { fields[index].error = errors[fields[index].id] }
        if let first = fields.firstIndex(where: { $0.error != nil }) { focus = first }
    }

    mutating func scroll(to line: Int, lines: Int, page: Int) {
        if line < top { top = line }
        if line >= top + page { top = line - page + 1 }
        top = max(0, min(top, lines - page))
    }
}

/// Draws a form.
package struct FormView {
    /// Cells for the labels; the values start behind them.
    package var labelWidth: Int
    package var valueWidth: Int
    package var isFocused: Bool

    package init(labelWidth: Int = 18, valueWidth: Int = 24, isFocused: Bool = true) {
        self.labelWidth = labelWidth
        self.valueWidth = valueWidth
        self.isFocused = isFocused
    }

    private enum Line {
        case blank
        case section(String)
        case field(Int)
        case error(String)
        case buttons
    }

    private func lines(_ state: FormState, width: Int) -> [Line] {
        var result: [Line] = []
        for (index, field) in state.fields.enumerated() {
            if let section = field.section {
                result += result.isEmpty ? [.section(section)] : [.blank, .section(section)]
            }
            result.append(.field(index))
            if let error = field.error {
                result += TextWidth.wrapped(error, to: max(10, width - labelWidth - 1)).map { .error($0) }
            }
        }
        if !state.buttons.isEmpty { result += [.blank, .buttons] }
        return result
    }

    /// Rows that the whole form takes in a rectangle of a width.
    package func height(of state: FormState, width: Int) -> Int { lines(state, width: width).count }

    package func draw(on canvas: inout Canvas, in rect: Rect, state: inout FormState) {
        let lines = lines(state, width: rect.width)
        let focused = lines.firstIndex { line in
            switch line {
            case .field(let index): index == state.focus
            case .buttons: state.focusedButton != nil
            default: false
            }
        }
        state.scroll(to: focused ?? 0, lines: lines.count, page: rect.height)
        canvas.clipped(to: rect) { canvas in
            for (offset, line) in lines.dropFirst(state.top).prefix(rect.height).enumerated() {
                draw(line, on: &canvas, in: rect.row(offset), state: state)
            }
        }
    }

    private func draw(_ line: Line, on canvas: inout Canvas, in rect: Rect, state: FormState) {
        switch line {
        case .blank: break
        case .section(let title): canvas.text(title, x: rect.x, y: rect.y, role: .heading)
        case .error(let text): canvas.text(text, x: rect.x + labelWidth + 1, y: rect.y, role: .fieldError)
        case .buttons: drawButtons(on: &canvas, in: rect, state: state)
        case .field(let index):
            draw(state.fields[index], hasFocus: isFocused && index == state.focus, on: &canvas, in: rect)
        }
    }

    private func draw(_ field: FormField, hasFocus: Bool, on canvas: inout Canvas, in rect: Rect) {
        canvas.text(field.label, x: rect.x, y: rect.y, width: labelWidth, role: field.isChanged ? .strong : .normal)
        let x = rect.x + labelWidth + 1
        let role: Role = field.error != nil ? .fieldError : hasFocus ? .fieldFocused : .field
        var after = x
        switch field.kind {
        case .toggle:
            after = canvas.spans([Span(field.isOn ? "[x]" : "[ ]", role)], x: x, y: rect.y)
            if hasFocus { canvas.cursor = GridPoint(x: x + 1, y: rect.y) }
        case .choice:
            let text = "< \(field.value) >"
            after = canvas.spans([Span(text, role)], x: x, y: rect.y, width: max(valueWidth, TextWidth.of(text)))
            if hasFocus { canvas.cursor = GridPoint(x: x + 2, y: rect.y) }
        case .fixed:
            after = canvas.spans([Span(field.value)], x: x, y: rect.y)
        case .text, .secret:
            let inner = max(1, min(valueWidth, rect.endX - x) - 4)
            let window = field.editor.window(width: inner, isSecret: field.kind == .secret)
            let content = TextWidth.padded(window.text, to: inner, align: .left, ellipsis: canvas.glyphs.ellipsis)
            after = canvas.spans([Span("[ "), Span(content, role), Span(" ]")], x: x, y: rect.y)
            if hasFocus { canvas.cursor = GridPoint(x: min(x + 2 + window.cursor, rect.endX - 1), y: rect.y) }
        }
        let note = max(after + 1, x + (field.kind == .text || field.kind == .secret ? valueWidth + 1 : 0))
        var text = field.note
        if field.isChanged, !text.isEmpty, field.takesText {
            let from = field.kind == .secret || field.original.isEmpty ? "changed" : "changed from \(field.original)"
            // The longest that fits.
            text =
                ["\(from); \(field.note)", from, "changed; \(field.note)"].first {
                    note + TextWidth.of($0) <= rect.endX
                } ?? "changed"
        }
        canvas.text(text, x: note, y: rect.y, role: .secondary)
    }

    private func drawButtons(on canvas: inout Canvas, in rect: Rect, state: FormState) {
        var x = rect.x
        for (index, title) in state.buttons.enumerated() {
            let hasFocus = isFocused && state.focusedButton == index
            if hasFocus { canvas.cursor = GridPoint(x: x, y: rect.y) }
            x = canvas.spans([Span("[ \(title) ]", hasFocus ? .buttonFocused : .button)], x: x, y: rect.y) + 3
        }
    }
}
