import EnergyCore
import Services
import TerminalKit

/// What the KPI screen depends on.
struct KPIsQuery: Hashable, Sendable {
    var asset: AssetID?
    var belief: BeliefHorizon
    /// First and one past the last local day.
    var start: Instant
    var end: Instant
    var zone: Zone
    /// For the trends in the table.
    var glyphs: GlyphSet
    var readings: Readings
}

/// Daily figures of a place over a period, against the period before.
struct KPIsModel: Hashable, Sendable {
    var list: ListModel
    var panels: [String: PanelData]

    @Sendable
    static func load(_ query: KPIsQuery, _ data: ConsoleData) throws -> KPIsModel {
        let records = try data.records()
        guard let id = query.asset ?? data.sites(account: nil, records).first?.id, let asset = records.asset(id) else {
            return KPIsModel(list: ListModel(title: "KPIS", columns: columns, rows: []), panels: [:])
        }
        let service = data.services.kpis
        let now = try service.kpis(
            of: id, KPIQuery(start: query.start, end: query.end), as: query.belief, caller: data.caller)
        let before = try service.kpis(
            of: id, KPIQuery(start: query.start - (query.end - query.start), end: query.start), as: query.belief,
            caller: data.caller)
        let series = try data.series.series(
            now.map { SeriesQuery(sensor: $0.sensor, start: query.start, end: query.end, step: .zero) },
            as: query.belief, caller: data.caller)
        var panels: [String: PanelData] = [:]
        let rows = now.map { value -> RowModel in
            let previous = before.first { $0.sensor == value.sensor && $0.title == value.title }
            let days = series.first { $0.sensor.id == value.sensor }
            if let sensor = days?.sensor {
                panels[value.title] = PanelData(ShownPanel(title: value.title, sensors: [sensor]), series, names: [:])
            }
            let daily = days?.parts.first?.samples.map { Optional($0.mean) } ?? []
            return row(value, previous, daily, query)
        }
        let format = TimeFormat(zone: query.zone, now: data.now)
        let last = query.end - .hours(1)
        var list = ListModel(title: "KPIS", columns: columns, rows: rows)
        list.facts = "\(format.day(query.start)) .. \(format.day(last))"
        list.path = [asset.name, "KPIs"]
        list.emptyText = "this asset has no sensors_to_show_as_kpis; Assets (2), tab Properties, m sets them"
        return KPIsModel(list: list, panels: panels)
    }

    private static let columns = [
        TableColumn("kpi", "KPI", width: 20, grow: 2), TableColumn("unit", "unit", width: 8),
        TableColumn("function", "func", width: 5),
        TableColumn("value", "value", width: 11, align: .right),
        TableColumn("change", "change", width: 8, align: .right),
        TableColumn("trend", "trend", width: 10), TableColumn("previous", "previous", width: 11, align: .right),
        TableColumn("sensor", "sensor", width: 6, align: .right, rank: 1),
    ]

    private static func row(_ value: KPIValue, _ previous: KPIValue?, _ daily: [Double?], _ query: KPIsQuery)
        -> RowModel
    {
        let (glyphs, readings) = (query.glyphs, query.readings)
        return RowModel(
            id: value.title,
            cells: [
                "kpi": Span(value.title), "unit": Span(value.unit, .secondary),
                "function": Span(value.function.rawValue, .secondary),
                "value": Span(figure(value, readings), .strong),
                "change": Span(change(value, previous)),
                "trend": Span(
                    daily.isEmpty ? "" : Strip.spark(daily, width: min(10, max(7, daily.count)), glyphs: glyphs), .bar),
                "previous": Span(previous.map { figure($0, readings) } ?? "--", .secondary),
                "sensor": Span(String(value.sensor), .secondary),
            ], sortKeys: ["value": value.value, "previous": previous?.value ?? 0])
    }

    /// Money has two decimals, whatever is wanted of readings.
    private static func figure(_ value: KPIValue, _ readings: Readings) -> String {
        Currencies.codes.contains(value.unit)
            ? NumberFormat.fixed(value.value, decimals: 2) : readings.fixed(value.value, decimals: 2)
    }

    private static func change(_ value: KPIValue, _ previous: KPIValue?) -> String {
        guard let previous else { return "" }
        let difference = value.value - previous.value
        let sign = difference > 0 ? "+" : ""
        if value.unit == "%" { return "\(sign)\(NumberFormat.fixed(difference, decimals: 1)) pp" }
        guard previous.value != 0 else { return "" }
        return "\(sign)\(NumberFormat.fixed(difference / abs(previous.value) * 100, decimals: 0)) %"
    }
}

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
        if !charts.isEmpty { PanelStack(panels: detailPanels).draw(on: &canvas, in: charts, inputs, emptyText: "") }
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        "period of \(period) days, daily values; the last day may be incomplete"
    }

    func movePeriod(_ step: Int) { offset = max(0, offset - step * period) }
    func resizePeriod(_ step: Int) {
        let lengths = [1, 7, 14, 30, 90, 365]
        let index = lengths.firstIndex(of: period) ?? 1
        period = lengths[max(0, min(lengths.count - 1, index + step))]
    }

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
