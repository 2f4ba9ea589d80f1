import EnergyCore
import Services
import TerminalKit

/// Finds a sensor by its name, place or id, for a field that can refer to one.
@MainActor
final class SensorPicker: Overlay {
    private struct Item {
        var sensor: Sensor
        var title: String
    }

    private let field: String
    private let items: [Item]
    private let chosen: @MainActor (Sensor) -> [Intent]
    private var search = TextFieldState()
    private var list = ListState()

    init(field: String, _ inputs: ScreenInputs, chosen: @escaping @MainActor (Sensor) -> [Intent]) {
        self.field = field
        self.chosen = chosen
        guard let records = inputs.records else {
            items = []
            return
        }
        items = records.children(of: nil).flatMap { records.tree(from: $0.id) }.flatMap { place in
            records.sensors(of: place.id).filter { inputs.data.canRead($0, records) }.map {
                Item(sensor: $0, title: "\(place.name)  \($0.name)")
            }
        }
    }

    var hints: [KeyHint] {
        [
            KeyHint(keys: "Up/Down", text: "choose"), KeyHint(keys: "Enter", text: "take"),
            KeyHint(keys: "Esc", text: "close"),
        ]
    }

    private var found: [Item] {
        let text = search.text.trimmed
        guard !text.isEmpty else { return items }
        if let id = Int(text) { return items.filter { $0.sensor.id == id } }
        return items.compactMap { item in FuzzyMatch.score(text, in: item.title).map { (item, $0) } }.sorted {
            $0.1 > $1.1
        }.map(\.0)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let inside = DialogView(
            title: "SENSOR for \(field)", width: min(72, rect.width - 2), height: min(rect.height, 18)
        )
        .drawFrame(on: &canvas, in: rect)
        let x = canvas.spans([Span("> ", .strong)], x: inside.x, y: inside.y)
        let window = search.window(width: max(1, inside.endX - x - 1))
        canvas.text(window.text, x: x, y: inside.y)
        canvas.cursor = GridPoint(x: x + window.cursor, y: inside.y)
        let (items, body) = (found, inside.inset(top: 2))
        list.fit(count: items.count, page: body.height)
        if items.isEmpty { canvas.text("no sensor fits", x: body.x + 2, y: body.y, role: .secondary) }
        for (offset, index) in list.visible(count: items.count, page: body.height).enumerated() {
            let row = body.row(offset)
            let isSelected = index == list.selected
            if isSelected { canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong) }
            let sensor = items[index].sensor
            canvas.text("\(sensor.id)", x: row.x + 2, y: row.y, width: 6, align: .right, role: .secondary)
            canvas.text(
                items[index].title, x: row.x + 9, y: row.y, width: max(0, row.width - 31),
                role: isSelected ? .strong : .normal)
            canvas.text(
                "\(sensor.unit), \(TimeFormat.length(sensor.resolution))", x: row.endX - 20, y: row.y, width: 20,
                align: .right, role: .secondary)
        }
    }

    func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        search.paste(text)
        list = ListState()
        return []
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        let items = found
        switch key {
        case .escape, .control("c"): return [.closeOverlay]
        case .enter:
            guard items.indices.contains(list.selected) else { return [.closeOverlay] }
            return [.closeOverlay] + chosen(items[list.selected].sensor)
        case Key(.down): list.move(.down, count: items.count, page: 14)
        case Key(.up): list.move(.up, count: items.count, page: 14)
        case Key(.pageDown): list.move(.pageDown, count: items.count, page: 14)
        case Key(.pageUp): list.move(.pageUp, count: items.count, page: 14)
        default: if search.handle(key) { list = ListState() }
        }
        return []
    }
}
