import EnergyCore
import TerminalKit

extension Shell {
    static let smallest = GridSize(columns: 80, rows: 24)

    var isTooSmall: Bool {
        backend.size.columns < Self.smallest.columns || backend.size.rows < Self.smallest.rows
    }

    var tabBar: TabBar {
        let items = ScreenRegistry.tabs.map { TabItem(key: $0.digit, title: $0.title, short: $0.short) }
        return TabBar(items: items, active: ScreenRegistry.tabs.firstIndex { $0.id == screen.tab })
    }

    /// Rows of the log pane when it is open.
    var logHeight: Int { max(3, backend.size.rows / 4) }

    /// Draws the present state and shows it.
    package func draw() {
        var canvas = picture()
        present(&canvas)
    }

    private func present(_ canvas: inout Canvas) {
        countFrame()
        backend.present(canvas.grid, cursor: canvas.cursor)
    }

    /// The whole screen as a value.
    package func picture() -> Canvas {
        var canvas = Canvas(size: backend.size, theme: theme, glyphs: glyphs.glyphs)
        guard !isTooSmall else {
            drawSmall(on: &canvas)
            return canvas
        }
        let (head, rest) = canvas.bounds.splitTop(1)
        let (tabs, middle) = rest.splitTop(1)
        let (above, keyRow) = middle.splitBottom(1)
        let (body, messageRow) = above.splitBottom(1)
        HeaderLine(shell: self).draw(on: &canvas, in: head)
        tabBar.draw(on: &canvas, in: tabs)
        drawBody(on: &canvas, in: body)
        drawMessage(on: &canvas, in: messageRow)
        drawKeys(on: &canvas, in: keyRow)
        if let overlay = overlays.last {
            canvas.cursor = nil
            overlay.draw(on: &canvas, in: overlay.isLine ? messageRow : body, situation)
        }
        return canvas
    }

    private func drawBody(on canvas: inout Canvas, in rect: Rect) {
        var body = rect
        if isLogOpen {
            let (rest, bottom) = rect.splitBottom(logHeight)
            let title =
                "LOG" + (logLevel == .all ? "" : "  \(logLevel.rawValue)s only")
                + (log.isFollowing ? "  following" : "")
            canvas.titleRule(title, in: bottom.row(0))
            LogView(state: logLevel == .all ? log : log.only(logLevel.includes), indent: Self.logIndent).draw(
                on: &canvas, in: bottom.inset(top: 1))
            body = rest
        }
        var inputs = inputs
        inputs.body = GridSize(columns: body.width, rows: body.height)
        let here = screen
        canvas.clipped(to: body) { canvas in here.draw(on: &canvas, in: body, inputs) }
    }

    private func drawMessage(on canvas: inout Canvas, in rect: Rect) {
        let indent = rect.width >= 120 ? 1 : 0
        if !message.text.isEmpty {
            canvas.text(message.text(width: rect.width - indent), x: rect.x + indent, y: rect.y, role: message.role)
        } else if let text = screen.statusLine(inputs) {
            canvas.text(text, x: rect.x + indent, y: rect.y, role: .secondary)
        }
    }

    private func drawKeys(on canvas: inout Canvas, in rect: Rect) {
        if let overlay = overlays.last {
            KeyLine(hints: overlay.hints, fixed: []).draw(on: &canvas, in: rect)
            return
        }
        if let hints = screen.typingHints {
            KeyLine(hints: hints, fixed: []).draw(on: &canvas, in: rect)
            return
        }
        let here = situation
        let actions = ActionTable.all.filter {
            !$0.hint.isEmpty && here.isInScope($0) && here.availability(of: $0) == .available
        }
        func hint(_ action: Action) -> KeyHint {
            func key(_ id: String) -> String { keyMap.keys(of: id).first?.name ?? "" }
            if action.id == "move.down" { return KeyHint(keys: "j/k", text: action.hint) }
            if action.id == "tab.next" {
                return KeyHint(keys: "\(key("tab.previous")) \(key(action.id))", text: screen.tabHint ?? action.hint)
            }
            let other = ActionTable.opposites[action.id].map { key($0) + " " } ?? ""
            return KeyHint(keys: other + key(action.id), text: action.hint)
        }
        let last = ["help", "quit"]
        var seen: Set<String> = []
        // What can be done with things matters more than the way to other tabs, or to an editor.
        let late = ["tab.next", "assets.edit-json"]
        let hints = screen.keyOrder.flatMap { group in
            actions.filter { $0.group == group && !last.contains($0.id) && !late.contains($0.id) }
                + (group == .things ? actions.filter { late.contains($0.id) } : [])
        }.map(hint).filter { seen.insert($0.keys).inserted }
        KeyLine(hints: hints, fixed: actions.filter { last.contains($0.id) }.map(hint)).draw(on: &canvas, in: rect)
    }

    /// Below the smallest size: what matters most, as far as it fits.
    private func drawSmall(on canvas: inout Canvas) {
        let size = canvas.grid.size
        let alarms = "ALARM \(header.alarms)  WARN \(header.warnings)"
        var lines: [Span] = []
        if size.rows >= 4 {
            lines.append(Span("Window is \(size.columns) x \(size.rows). The console needs 80 x 24.", .secondary))
            lines.append(Span(""))
        }
        lines.append(Span(alarms, header.alarms > 0 ? .alarm : header.warnings > 0 ? .warning : .normal))
        lines += header.topAlarms.map { Span($0) }
        if size.rows > lines.count + 1 { lines += [Span(""), Span("Make it larger, or q to quit.", .secondary)] }
        let indent = size.columns > 20 ? 2 : 0
        for (y, line) in lines.prefix(size.rows).enumerated() {
            canvas.text(line.text, x: indent, y: y + (size.rows > lines.count ? 1 : 0), role: line.role)
        }
    }
}
