import TerminalKit

/// The manual: its topics, searchable by their whole text, and a topic to read.
@MainActor
final class ManualOverlay: Overlay {
    private let book: ManualBook
    private var search: TextFieldState
    private var list = ListState()
    private var page: ManualPage?
    private var top = 0
    private var height = 10
    private var lines: [LogLine] = []

    init(_ book: ManualBook, text: String = "") {
        self.book = book
        search = TextFieldState(text)
        page = book.pages.first { $0.name == text }
        if page != nil { search = TextFieldState() }
    }

    var hints: [KeyHint] {
        if page != nil {
            return [
                KeyHint(keys: "j/k", text: "scroll"), KeyHint(keys: "n", text: "next match"),
                KeyHint(keys: "y", text: "copy"),
                KeyHint(keys: "Esc", text: "topics"), KeyHint(keys: "q", text: "close"),
            ]
        }
        return [
            KeyHint(keys: "type", text: "search"), KeyHint(keys: "Up/Down", text: "choose"),
            KeyHint(keys: "Enter", text: "read"),
            KeyHint(keys: "Esc", text: "close"),
        ]
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let width = min(rect.width - 2, 104)
        if let page {
            drawPage(page, on: &canvas, in: rect, width: width)
        } else {
            drawTopics(on: &canvas, in: rect, width: width)
        }
    }

    private func drawTopics(on canvas: inout Canvas, in rect: Rect, width: Int) {
        let inside = DialogView(title: "MANUAL  \(book.pages.count) topics", width: width, height: rect.height)
            .drawFrame(on: &canvas, in: rect)
        guard inside.height > 3 else { return }
        let x = canvas.spans([Span("> ", .strong)], x: inside.x, y: inside.y)
        let window = search.window(width: max(1, inside.endX - x - 1))
        canvas.text(window.text, x: x, y: inside.y)
        canvas.cursor = GridPoint(x: x + window.cursor, y: inside.y)
        let (found, body) = (book.found(search.text), inside.inset(top: 2))
        list.fit(count: found.count, page: body.height)
        if found.isEmpty { canvas.text("no topic holds these words", x: body.x + 2, y: body.y, role: .secondary) }
        for (offset, index) in list.visible(count: found.count, page: body.height).enumerated() {
            let row = body.row(offset)
            let isSelected = index == list.selected
            if isSelected { canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong) }
            canvas.text(found[index].page.name, x: row.x + 2, y: row.y, width: 16, role: isSelected ? .strong : .normal)
            let detail = found[index].hit.isEmpty ? found[index].page.title : found[index].hit
            canvas.text(detail, x: row.x + 19, y: row.y, width: max(0, row.width - 19), role: .secondary)
        }
    }

    private func drawPage(_ page: ManualPage, on canvas: inout Canvas, in rect: Rect, width: Int) {
        let inside = DialogView(title: "MANUAL  \(page.name)", width: width, height: rect.height).drawFrame(
            on: &canvas, in: rect)
        lines = MarkdownLines.lines(page.text, width: inside.width)
        height = max(1, inside.height)
        top = max(0, min(top, lines.count - height))
        for (offset, line) in lines.dropFirst(top).prefix(height).enumerated() {
            let role: Role = isMatch(line) ? .match : line.role
            canvas.text(line.text, x: inside.x, y: inside.y + offset, width: inside.width, role: role)
        }
        canvas.cursor = GridPoint(x: inside.x, y: inside.y)
    }

    private func isMatch(_ line: LogLine) -> Bool {
        let words = search.text.lowercased().split(separator: " ")
        return !words.isEmpty && words.contains { line.text.lowercased().contains($0) }
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        if key == .control("c") { return [.closeOverlay] }
        return page == nil ? handleTopics(key) : handlePage(key)
    }

    func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        guard page == nil else { return nil }
        search.paste(text)
        list = ListState()
        return []
    }

    private func handleTopics(_ key: Key) -> [Intent] {
        let found = book.found(search.text)
        switch key {
        case .escape: return [.closeOverlay]
        case .enter:
            guard found.indices.contains(list.selected) else { return [] }
            page = found[list.selected].page
            top = 0
        case Key(.down): list.move(.down, count: found.count, page: 10)
        case Key(.up): list.move(.up, count: found.count, page: 10)
        case Key(.pageDown): list.move(.pageDown, count: found.count, page: 10)
        case Key(.pageUp): list.move(.pageUp, count: found.count, page: 10)
        default: if search.handle(key) { list = ListState() }
        }
        return []
    }

    private func handlePage(_ key: Key) -> [Intent] {
        switch key {
        case .escape, Key(.backspace): page = nil
        case .character("q"): return [.closeOverlay]
        case .character("j"), Key(.down), .enter: top += 1
        case .character("k"), Key(.up): top -= 1
        case Key(.pageDown), .space, .control("d"): top += height
        case Key(.pageUp), .control("u"): top -= height
        case .character("g"), Key(.home): top = 0
        case .character("G"), Key(.end): top = lines.count
        case .character("n"):
            if let next = lines.indices.first(where: { $0 > top && isMatch(lines[$0]) }) { top = next }
        case .character("y"): return [.copy(page?.text ?? "", what: "the page")]
        default: break
        }
        return []
    }
}
