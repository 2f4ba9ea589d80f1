import TerminalKit

/// All actions that have a meaning here, grouped, searchable; Enter runs the chosen one. Those that cannot be done
/// now are
/// grey and say why.
@MainActor
final class HelpOverlay: Overlay {
    private var search = TextFieldState()
    private var list = ListState()
    /// Rows of a column in the last picture, and how many columns there were.
    private var page = (rows: 12, columns: 1)

    var hints: [KeyHint] {
        [
            KeyHint(keys: "type", text: "search"), KeyHint(keys: "Up/Down", text: "move"),
            KeyHint(keys: "Enter", text: "do it"), KeyHint(keys: "Esc", text: "close"),
        ]
    }

    private enum Row {
        case heading(String)
        case action(Action)
        case topic(ManualPage, String)
    }

    private func rows(_ situation: Situation) -> [Row] {
        var result: [Row] = []
        for group in ActionGroup.allCases {
            let actions = ActionTable.all.filter { action in
                action.group == group && situation.isInScope(action)
                    && (search.text.isEmpty || FuzzyMatch.score(search.text, in: action.title) != nil)
            }
            if actions.isEmpty { continue }
            result.append(.heading(group.rawValue))
            result += actions.map { .action($0) }
        }
        let topics = search.text.count < 3 ? [] : book(situation).found(search.text)
        if !topics.isEmpty { result.append(.heading("MANUAL")) }
        return result + topics.map { .topic($0.page, $0.hit) }
    }

    private var loaded: ManualBook?

    /// Read when a search first needs it.
    private func book(_ situation: Situation) -> ManualBook {
        let book = loaded ?? ManualBook(folder: situation.inputs.manualFolder)
        loaded = book
        return book
    }

    private func chosen(_ rows: [Row]) -> Action? {
        guard rows.indices.contains(list.selected), case .action(let action) = rows[list.selected] else { return nil }
        return action
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let rows = rows(situation)
        let isWide = rect.width >= 156
        let here = situation.screen.path.last ?? ScreenRegistry.tabs.first { $0.id == situation.screenID }?.title ?? ""
        let inside = DialogView(
            title: "HELP  \(here)", width: min(isWide ? 156 : 76, rect.width - 2), height: rect.height
        )
        .drawFrame(on: &canvas, in: rect)
        guard inside.height > 3 else { return }
        canvas.spans([Span("type to search: ", .secondary), Span(search.text)], x: inside.x, y: inside.y)
        let (body, foot) = inside.inset(top: 2).splitBottom(1)
        // No more columns than it takes, so that no text is cut for want of room beside it.
        let columns = isWide ? min(3, max(1, (rows.count + body.height - 1) / max(1, body.height))) : 1
        page = (body.height, columns)
        list.fit(count: rows.count, page: body.height * columns)
        if case .heading? = rows.indices.contains(list.selected) ? rows[list.selected] : nil,
            list.selected + 1 < rows.count
        {
            list.move(.down, count: rows.count, page: body.height * columns)
        }
        let width = body.width / columns
        for (offset, index) in list.visible(count: rows.count, page: body.height * columns).enumerated() {
            let place = Rect(
                x: body.x + offset / body.height * width, y: body.y + offset % body.height, width: width - 1, height: 1)
            draw(rows[index], isSelected: index == list.selected, on: &canvas, in: place, situation)
        }
        let reason = chosen(rows).map { situation.availability(of: $0) }
        if case .unavailable(let text)? = reason {
            canvas.text("not now: \(text)", x: foot.x, y: foot.y, width: foot.width, role: .warning)
        }
    }

    private func draw(_ row: Row, isSelected: Bool, on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        switch row {
        case .heading(let title): canvas.text(title, x: rect.x, y: rect.y, role: .heading)
        case .action(let action):
            let isFree = situation.availability(of: action) == .available
            let keys = situation.inputs.keyMap.text(of: action.id)
            let keyWidth = rect.width < 60 ? 12 : 16
            canvas.text(keys, x: rect.x + 2, y: rect.y, width: keyWidth, role: isFree ? .key : .disabled)
            canvas.text(
                action.title, x: rect.x + keyWidth + 3, y: rect.y, width: rect.width - keyWidth - 3,
                role: isFree ? .normal : .disabled)
            if isSelected { mark(rect, on: &canvas) }
        case .topic(let page, let hit):
            canvas.text(page.name, x: rect.x + 2, y: rect.y, width: 16, role: .key)
            canvas.text(hit, x: rect.x + 19, y: rect.y, width: rect.width - 19)
            if isSelected { mark(rect, on: &canvas) }
        }
    }

    private func mark(_ rect: Rect, on canvas: inout Canvas) {
        canvas.restyle(rect, role: .selection)
        canvas.put(canvas.glyphs.selection, x: rect.x, y: rect.y, role: .strong)
        canvas.cursor = GridPoint(x: rect.x, y: rect.y)
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        let rows = rows(situation)
        switch key {
        case .escape, .control("c"), Key(.function(1)): return [.closeOverlay]
        case .enter:
            if rows.indices.contains(list.selected), case .topic(let page, _) = rows[list.selected] {
                return [.closeOverlay, .overlay(ManualOverlay(book(situation), text: page.name))]
            }
            return chosen(rows).map { [.closeOverlay, .action($0.id)] } ?? []
        case Key(.down), .tab: step(.down, rows)
        case Key(.up), .backTab: step(.up, rows)
        case Key(.right) where page.columns > 1 && search.text.isEmpty: step(.pageDown, rows)
        case Key(.left) where page.columns > 1 && search.text.isEmpty: step(.pageUp, rows)
        case Key(.pageDown): step(.pageDown, rows)
        case Key(.pageUp): step(.pageUp, rows)
        case .character("?") where search.text.isEmpty: return [.closeOverlay]
        default:
            if search.handle(key) { list = ListState() }
        }
        return []
    }

    func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        search.paste(text)
        list = ListState()
        return []
    }

    private func step(_ step: ListMove, _ rows: [Row]) {
        list.move(step, count: rows.count, page: page.rows)
        guard rows.indices.contains(list.selected), case .heading = rows[list.selected] else { return }
        let back = step == .up || step == .pageUp
        list.move(back && list.selected > 0 ? .up : .down, count: rows.count, page: page.rows)
    }
}
