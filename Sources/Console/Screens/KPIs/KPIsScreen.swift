import EnergyCore
import Services
import TerminalKit

/// Figures of a period; `[ ]` moves it, `+ -` makes it shorter or longer.
@MainActor
final class KPIsScreen: ListScreen {
    static let id = ScreenID.kpis
    private let model = ViewModel<KPIsQuery, KPIsModel>(KPIsModel.load)
    private var period = 7
    private var offset = 0
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var listModel: ListModel? { model.value?.list }
    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { [] }
    var detailPanels: [PanelData] { selectedRow.flatMap { model.value?.panels[$0.id] }.map { [$0] } ?? [] }
    var focusKind: PaneKind { .list }

    private var window: ChartView?

    func update(_ inputs: ScreenInputs) {
        let zone = inputs.zone
        let tomorrow = zone.adding(days: 1, to: zone.startOfDay(containing: inputs.knownUntil))
        let end = zone.adding(days: -offset, to: tomorrow)
        let start = zone.adding(days: -period, to: end)
        var view = inputs.chart
        (view.start, view.span, view.cursor, view.kind) = (start, end - start, nil, .line)
        view.isDaily = true
        window = view
        model.ask(
            KPIsQuery(
                asset: inputs.place.asset, belief: inputs.belief, start: start, end: end, zone: zone,
                glyphs: inputs.glyphs, readings: inputs.data.readings), inputs)
        fitRows()
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        var own = inputs
        if let window { own.chart = window }
        drawListAndCharts(on: &canvas, in: rect, own)
    }

    /// The daily values always show over the period of the screen, not over the charts' window.
    private func drawListAndCharts(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let top = min(rows.count + 3, max(6, rect.height / 2))
        let (list, charts) = rect.splitTop(isPaneAlone || detailPanels.isEmpty ? rect.height : top)
        drawListOnly(on: &canvas, in: list)
        guard !charts.isEmpty else { return }
        let side = charts.width >= 120 ? 46 : 0
        let (left, right) = charts.splitLeft(charts.width - side)
        PanelStack(panels: detailPanels).draw(
            on: &canvas, in: side > 0 ? left.inset(right: 1) : left, inputs, emptyText: "")
        guard side > 0 else { return }
        canvas.divider(x: right.x - 1, y: right.y, height: right.height)
        drawDays(on: &canvas, in: right, inputs)
    }

    private var days: [KPIDay] { selectedRow.flatMap { model.value?.days[$0.id] } ?? [] }

    /// The values behind the curve, the newest on top.
    private func drawDays(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let unit = selectedRow?.text("unit") ?? ""
        canvas.titleRule("DAILY VALUES \(unit)", in: rect.row(0))
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let days = Array(days.reversed())
        let readings = inputs.data.readings
        func text(_ value: Double?) -> String { value.map { readings.fixed($0, decimals: 2) } ?? "--" }
        func row(_ texts: [String], _ roles: [Role]) -> [Span] {
            zip(zip(texts, roles), [13, 13, 17]).enumerated().map { index, cell in
                let text = TextWidth.padded(cell.0.0, to: cell.1, align: index == 0 ? .left : .right, ellipsis: "~")
                return Span(text, cell.0.1)
            }
        }
        var lines = [row(["day", "value", "\(days.count) days before"], [.columnHead, .columnHead, .columnHead])]
        lines += days.map { day in
            let mark = format.day(day.start) == format.day(inputs.knownUntil) ? " *" : ""
            return row(
                ["\(format.weekday(day.start)) \(format.day(day.start))\(mark)", text(day.value), text(day.before)],
                [.normal, day.value == nil ? .stale : .normal, .secondary])
        }
        for (offset, spans) in lines.prefix(rect.height - 1).enumerated() {
            canvas.spans(spans, x: rect.x + 1, y: rect.y + 1 + offset, width: rect.width - 1)
        }
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        let known = days.count { $0.value != nil }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let isOpen = days.last.map { format.day($0.start) == format.day(inputs.knownUntil) } ?? false
        return "\(period) days, daily values" + (days.isEmpty ? "" : ", known of \(known) days")
            + (isOpen ? "; * today is not over" : "")
    }

    func movePeriod(_ step: Int) { offset = max(0, offset - step * period) }
    func resizePeriod(_ step: Int) {
        let lengths = [1, 7, 14, 30, 90, 365]
        let index = lengths.firstIndex(of: period) ?? 1
        period = lengths[max(0, min(lengths.count - 1, index + step))]
    }

    var tabHint: String? { "period" }

    func moveTab(_ step: Int) -> Bool {
        movePeriod(step)
        return true
    }

    static let actions: [Action] = [
        .on(KPIsScreen.self, "longer", "a longer period", keys: ["+"], hint: "longer") { screen, _ in
            screen.resizePeriod(1)
            return []
        },
        .on(KPIsScreen.self, "shorter", "a shorter period", keys: ["-"], hint: "shorter") { screen, _ in
            screen.resizePeriod(-1)
            return []
        },
    ]
}
