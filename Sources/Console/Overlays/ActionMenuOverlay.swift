import TerminalKit

/// Everything that can be done with what is selected; `o`. The key of an action works in the menu too.
@MainActor
final class ActionMenuOverlay: Overlay {
    private var list = ListState()

    var hints: [KeyHint] {
        [
            KeyHint(keys: "Up/Down", text: "move"), KeyHint(keys: "Enter", text: "do it"),
            KeyHint(keys: "Esc", text: "close"),
        ]
    }

    private func actions(_ situation: Situation) -> [Action] {
        ActionTable.all.filter { [.screen, .things, .charts].contains($0.group) && situation.isInScope($0) }
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let actions = actions(situation)
        let inside = DialogView(
            title: "ACTIONS", width: min(72, rect.width - 2), height: min(rect.height, actions.count + 3)
        )
        .drawFrame(on: &canvas, in: rect)
        let (body, foot) = inside.splitBottom(1)
        list.fit(count: actions.count, page: body.height)
        for (offset, index) in list.visible(count: actions.count, page: body.height).enumerated() {
            let row = body.row(offset)
            let isFree = situation.availability(of: actions[index]) == .available
            canvas.text(
                actions[index].title, x: row.x + 1, y: row.y, width: row.width - 14, role: isFree ? .normal : .disabled)
            canvas.text(
                situation.inputs.keyMap.text(of: actions[index].id), x: row.endX - 12, y: row.y, width: 12,
                align: .right,
                role: isFree ? .key : .disabled)
            if index == list.selected {
                canvas.restyle(row, role: .selection)
                canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong)
                canvas.cursor = GridPoint(x: row.x, y: row.y)
            }
        }
        if actions.indices.contains(list.selected),
            case .unavailable(let reason) = situation.availability(of: actions[list.selected])
        {
            canvas.text("not now: \(reason)", x: foot.x, y: foot.y, width: foot.width, role: .warning)
        }
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        let actions = actions(situation)
        switch key {
        case .escape, .control("c"), .character("o"): return [.closeOverlay]
        case Key(.down), .tab, .character("j"): list.move(.down, count: actions.count, page: 12)
        case Key(.up), .backTab, .character("k"): list.move(.up, count: actions.count, page: 12)
        case .enter:
            guard actions.indices.contains(list.selected) else { return [.closeOverlay] }
            return [.closeOverlay, .action(actions[list.selected].id)]
        default:
            let ids = situation.inputs.keyMap.actions(for: key)
            if let action = actions.first(where: { ids.contains($0.id) }) {
                return [.closeOverlay, .action(action.id)]
            }
        }
        return []
    }
}
