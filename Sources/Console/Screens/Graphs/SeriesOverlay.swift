import TerminalKit

/// Which series of the charts show.
@MainActor
final class SeriesOverlay: Overlay {
    private let names: [(key: String, title: String)]
    private var list = ListState()

    init(panels: [PanelData]) {
        names = panels.flatMap { panel in
            panel.lines.map { line in (key: "\(line.sensor) \(line.kind)", title: "\(panel.title)  \(line.name)") }
        }
    }

    var hints: [KeyHint] { [KeyHint(keys: "Space", text: "show or hide"), KeyHint(keys: "Esc", text: "close")] }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let inside = DialogView(title: "SERIES", width: min(60, rect.width), height: min(rect.height, names.count + 2))
            .drawFrame(on: &canvas, in: rect)
        list.fit(count: names.count, page: inside.height)
        for (offset, index) in list.visible(count: names.count, page: inside.height).enumerated() {
            let row = inside.row(offset)
            let isHidden = situation.inputs.chart.hidden.contains(names[index].key)
            canvas.text(
                "\(isHidden ? "[ ]" : "[x]") \(names[index].title)", x: row.x + 1, y: row.y, width: row.width - 1)
            if index == list.selected {
                canvas.restyle(row, role: .selection)
                canvas.cursor = GridPoint(x: row.x, y: row.y)
            }
        }
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        switch key {
        case .character("j"), Key(.down): list.move(.down, count: names.count, page: 10)
        case .character("k"), Key(.up): list.move(.up, count: names.count, page: 10)
        case .space, .enter: return names[safe: list.selected].map { [.chart(.toggle(series: $0.key))] } ?? []
        default: return [.closeOverlay]
        }
        return []
    }
}
