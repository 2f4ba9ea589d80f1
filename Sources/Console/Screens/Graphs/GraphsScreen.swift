import EnergyCore
import Services
import TerminalKit

/// The charts of an asset: measured, forecast and plan on one time axis.
@MainActor
final class GraphsScreen: Screen {
    static let id = ScreenID.graphs
    private let model = ViewModel<GraphsQuery, GraphsModel>(SiteOutlook.load)
    private var focus = 0
    private var place = Place()
    private var shownWindow = Instant(seconds: 0)..<Instant(seconds: 0)
    var isPaneAlone = false

    var path: [String] { (model.value?.path ?? []) + ["Graphs"] }
    var focusKind: PaneKind { .chart }
    var keyOrder: [ActionGroup] { [.charts, .screen, .moving, .things, .everywhere] }
    var subject: Subject? { place.asset.map { .asset($0) } }

    func update(_ inputs: ScreenInputs) {
        place = inputs.place
        shownWindow = inputs.chart.shown(zone: inputs.zone)
        let columns = max(1, ChartRenderer.columns(width: inputs.body.columns))
        let isMap = inputs.chart.kind == .day || inputs.chart.kind == .week
        model.ask(
            GraphsQuery(
                asset: inputs.place.asset, belief: inputs.belief, start: shownWindow.lowerBound,
                end: shownWindow.upperBound, step: isMap ? .zero : inputs.chart.step(columns: columns)),
            inputs)
    }

    private var stack: PanelStack {
        PanelStack(panels: model.value?.panels ?? [], focus: focus, isAlone: isPaneAlone)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        guard let value = model.value else {
            canvas.text(
                model.failure?.line ?? "loading ...", x: rect.x + 1, y: rect.y,
                role: model.failure == nil ? .secondary : .error)
            return
        }
        var body = rect
        if rect.height >= 30 {
            let (rest, bottom) = rect.splitBottom(1)
            canvas.text(windowText(inputs), x: bottom.x + 1, y: bottom.y, role: .secondary)
            body = rest
        }
        if let text = remarks(inputs) {
            let (rest, bottom) = body.splitBottom(1)
            canvas.text(text, x: bottom.x + 1, y: bottom.y, width: bottom.width - 1, role: .normal)
            body = rest
        }
        var stack = stack
        stack.namesSources = true
        stack.draw(
            on: &canvas, in: body, inputs,
            emptyText: "this asset has no sensors to show; add sensors, or set sensors_to_show")
        if !value.hint.isEmpty {
            canvas.text("no data here: \(value.hint)", x: body.x + 8, y: body.y + 2, role: .warning)
        }
    }

    /// What has been noted about the window, or about where the cursor stands.
    private func remarks(_ inputs: ScreenInputs) -> String? {
        let cursor = inputs.chart.cursor
        let shown = model.value?.remarks.filter { remark in
            cursor.map { remark.start <= $0 && $0 < remark.end } ?? true
        }
        guard let shown, !shown.isEmpty else { return nil }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        return "noted: " + shown.map { Self.line($0, format) }.joined(separator: ";  ")
    }

    /// `11:00-12:00 maintenance (ops)`
    private static func line(_ remark: Remark, _ format: TimeFormat) -> String {
        let isOneDay = format.day(remark.start) == format.day(remark.end)
        let until = isOneDay ? format.minute(remark.end) : format.short(remark.end)
        return "\(format.short(remark.start))-\(until) \(remark.text)"
            + (remark.author.isEmpty ? "" : " (\(remark.author))")
    }

    private func windowText(_ inputs: ScreenInputs) -> String {
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let columns = max(1, ChartRenderer.columns(width: inputs.body.columns))
        let view = inputs.chart
        let shown = view.shown(zone: inputs.zone)
        let text = "window \(format.full(shown.lowerBound)) .. \(format.full(shown.upperBound)) \(inputs.zone.name)"
        guard view.kind == .line || view.kind == .bars else { return text }
        return text + "   1 column = " + TimeFormat.length(view.step(columns: columns))
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        stack.readOut(inputs) ?? (inputs.body.rows < 30 ? windowText(inputs) : nil)
    }

    func move(_ step: ListMove) {
        let count = model.value?.panels.count ?? 0
        switch step {
        case .up, .pageUp, .halfPageUp: focus = max(0, focus - 1)
        case .down, .pageDown, .halfPageDown: focus = max(0, min(count - 1, focus + 1))
        case .first: focus = 0
        case .last: focus = max(0, count - 1)
        }
    }

    func movePane(_ step: Int) {
        let count = model.value?.panels.count ?? 0
        if count > 0 { focus = (focus + step + count) % count }
    }

    func moveSideways(_ step: Int) -> [Intent] { [.chart(.cursor(on: true)), .chart(.moveCursor(step))] }

    func back() -> [Intent]? {
        if isPaneAlone {
            isPaneAlone = false
            return []
        }
        return nil
    }

    func open(_ inputs: ScreenInputs) -> [Intent] {
        guard let panel = model.value?.panels[safe: focus], let cursor = inputs.chart.cursor else {
            return [.chart(.cursor(on: true)), .message("h l move the cursor; Enter again opens the value's history")]
        }
        return [.overlay(ValueHistory.overlay(panel, at: cursor, inputs))]
    }

    func copyText() -> String? {
        model.value?.panels[safe: focus].map { panel in
            PanelTable.rows(panel.within(shownWindow)).map { row in
                "\(row.start.utcText)\t" + row.values.map { $0.map { String($0) } ?? "" }.joined(separator: "\t")
            }.joined(separator: "\n")
        }
    }

    func copyDetail(_ inputs: ScreenInputs) -> String? {
        guard let line = model.value?.panels[safe: focus]?.lines.first, let panel = model.value?.panels[safe: focus]
        else { return nil }
        let view = inputs.chart
        return CurlText.get(
            "/api/v3_0/sensors/\(line.sensor)/data",
            [
                ("start", view.start.text(in: inputs.zone)), ("duration", "PT\(view.span.microseconds / 60_000_000)M"),
                ("unit", panel.unit),
            ])
    }

    func canExport(_ inputs: ScreenInputs) -> Bool { model.value?.panels.isEmpty == false }

    func exportTable(_ inputs: ScreenInputs) -> ExportTable? {
        guard let value = model.value, !value.panels.isEmpty else { return nil }
        return PanelTable.export(value.panels.map { $0.within(shownWindow) }, name: "graphs", zone: inputs.zone)
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        guard let value = model.value else { return PlainPage(lines: [model.failure?.line ?? "loading"]) }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        var lines = [(value.path + ["Graphs"]).joined(separator: ", ") + ": \(value.panels.count) charts"]
        for panel in value.panels {
            for line in panel.lines {
                lines.append("\(panel.title) \(line.name), \(panel.unit), \(line.samples.count) values")
                lines += line.samples.map {
                    "\(format.full($0.start))  \(NumberFormat.significant($0.mean, digits: 5))"
                }
            }
        }
        return PlainPage(lines: lines)
    }

    static let actions: [Action] = [
        Action.on(GraphsScreen.self, "series", "show or hide series", keys: ["i"], hint: "series") {
            screen, situation in
            guard let panels = screen.model.value?.panels else { return [] }
            return [.overlay(SeriesOverlay(panels: panels))]
        }
    ]
}

extension Array {
    /// The element, or nil beyond the ends.
    package subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
