import TerminalKit

/// One line of the palette.
struct PaletteItem: Hashable, Sendable {
    var title: String
    var detail: String
    var keys: String
    /// What Tab completes the line to, and what Enter runs.
    var command: String
}

/// `:` types a command with completion, Ctrl-P searches everything that can be done. One engine, two doors.
@MainActor
final class PaletteOverlay: Overlay {
    private let isCommand: Bool
    private var field = TextFieldState()
    private var list = ListState()
    private var historyIndex: Int?

    init(isCommand: Bool, text: String = "") {
        self.isCommand = isCommand
        field = TextFieldState(text)
    }

    var hints: [KeyHint] {
        [
            KeyHint(keys: "Tab", text: "complete"), KeyHint(keys: "Up/Down", text: "choose"),
            KeyHint(keys: "Enter", text: "run"), KeyHint(keys: "Esc", text: "close"),
        ]
    }

    private func items(_ situation: Situation) -> [PaletteItem] {
        isCommand ? commandItems(situation) : searchItems(situation)
    }

    private func commandItems(_ situation: Situation) -> [PaletteItem] {
        let parts = field.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let word = parts.first ?? ""
        if parts.count == 2, let command = CommandTable.command(word) {
            return command.completions(parts[1], situation).map {
                PaletteItem(title: "\(word) \($0)", detail: command.summary, keys: "", command: "\(word) \($0)")
            }
        }
        let commands = CommandTable.all.filter { word.isEmpty || $0.name.hasPrefix(word) }
        return commands.map {
            PaletteItem(
                title: ":\($0.name) \($0.argument)", detail: $0.summary, keys: "",
                command: $0.name + ($0.argument.isEmpty ? "" : " "))
        } + (word.count > 1 ? searchItems(situation) : [])
    }

    private func searchItems(_ situation: Situation) -> [PaletteItem] {
        let actions = ActionTable.all.filter { $0.group != .moving }.compactMap { action -> (PaletteItem, Int)? in
            guard let score = FuzzyMatch.score(field.text, in: action.title) else { return nil }
            var detail = situation.isInScope(action) ? "" : "elsewhere"
            if case .unavailable(let reason) = situation.availability(of: action), situation.isInScope(action) {
                detail = reason
            }
            let item = PaletteItem(
                title: action.title, detail: detail, keys: situation.inputs.keyMap.text(of: action.id),
                command: "do \(action.id)")
            return (item, score - (detail.isEmpty ? 0 : 40))
        }
        return actions.sorted { $0.1 > $1.1 }.map(\.0)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let items = items(situation)
        let inside = DialogView(
            title: isCommand ? "COMMAND" : "FIND", width: min(72, rect.width - 2), height: min(rect.height, 16)
        )
        .drawFrame(on: &canvas, in: rect)
        let x = canvas.spans([Span(isCommand ? ":" : "> ", .strong)], x: inside.x, y: inside.y)
        let window = field.window(width: max(1, inside.endX - x - 1))
        canvas.text(window.text, x: x, y: inside.y)
        canvas.cursor = GridPoint(x: x + window.cursor, y: inside.y)
        let (body, foot) = inside.inset(top: 2).splitBottom(1)
        list.fit(count: items.count, page: body.height)
        let longest = items.map { TextWidth.of($0.title) }.max() ?? 0
        let titleRoom = min(36, max(12, longest))
        for (offset, index) in list.visible(count: items.count, page: body.height).enumerated() {
            let row = body.row(offset)
            let isSelected = index == list.selected
            if isSelected { canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong) }
            canvas.text(
                items[index].title, x: row.x + 2, y: row.y, width: titleRoom, role: isSelected ? .strong : .normal)
            let keyRoom = TextWidth.of(items[index].keys)
            canvas.text(
                items[index].detail, x: row.x + titleRoom + 4, y: row.y,
                width: max(0, row.width - titleRoom - keyRoom - 5), role: .secondary)
            canvas.text(items[index].keys, x: row.endX - keyRoom, y: row.y, width: keyRoom, role: .key)
        }
        if !situation.inputs.history.isEmpty, isCommand {
            let recent = situation.inputs.history.suffix(3).reversed().map { ":\($0)" }.joined(separator: "   ")
            canvas.text("recent  \(recent)", x: foot.x, y: foot.y, width: foot.width, role: .secondary)
        }
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        let items = items(situation)
        switch key {
        case .escape, .control("c"): return [.closeOverlay]
        case .enter: return run(items)
        case .tab:
            if items.indices.contains(list.selected), isCommand { field.set(items[list.selected].command) }
        case Key(.down): list.move(.down, count: items.count, page: 10)
        case Key(.up):
            if list.selected == 0, isCommand { recall(situation) } else { list.move(.up, count: items.count, page: 10) }
        case Key(.backspace) where field.text.isEmpty: return [.closeOverlay]
        default:
            if field.handle(key) { list = ListState() }
        }
        return []
    }

    func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        field.paste(text)
        list = ListState()
        return []
    }

    private func recall(_ situation: Situation) {
        let history = situation.inputs.history
        guard !history.isEmpty else { return }
        let next = max(0, (historyIndex ?? history.count) - 1)
        historyIndex = next
        field.set(history[next])
    }

    private func run(_ items: [PaletteItem]) -> [Intent] {
        let typed = field.text.trimmed
        let word = typed.split(separator: " ").first.map(String.init) ?? ""
        if isCommand, CommandTable.command(word) != nil || Int(word) != nil { return [.closeOverlay, .command(typed)] }
        guard items.indices.contains(list.selected) else {
            return typed.isEmpty
                ? [.closeOverlay] : [.closeOverlay, .message("no command \"\(word)\"; Ctrl-P searches everything")]
        }
        let chosen = items[list.selected].command
        if chosen.hasSuffix(" ") {
            field.set(chosen)
            return []
        }
        return [.closeOverlay, .command(chosen)]
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
