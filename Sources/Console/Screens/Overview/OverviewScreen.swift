import EnergyCore
import Services
import TerminalKit

/// What an operator leaves on the wall: one row per site, worst first; the rest shows the selected one.
@MainActor
final class OverviewScreen: Screen {
    static let id = ScreenID.overview
    private let model = ViewModel<OverviewQuery, OverviewModel> { [stories = SiteStories()] in
        try OverviewModel.load($0, $1, stories)
    }
    private let names = ViewModel<AccountID?, [SiteRow]>(OverviewModel.names)
    private let graph = ViewModel<GraphsQuery, GraphsModel>(SiteOutlook.load)
    private let kpis = ViewModel<OverviewKPIsQuery, OverviewKPIs>(OverviewKPIs.load)
    private var list = ListState()
    private var pane = 0
    private var page = 10
    private var selectedID: AssetID?
    private var order: TableSort?
    private var filterText = ""
    var isPaneAlone = false

    var path: [String] { [] }
    var focusKind: PaneKind { pane == 1 ? .chart : .list }
    var subject: Subject? { selected.map { .asset($0.id) } }
    var filter: String? {
        get { filterText }
        set { filterText = newValue ?? "" }
    }

    private var rows: [SiteRow] {
        let filter = RowFilter(filterText)
        var rows = (model.value?.rows ?? names.value ?? []).filter { row in
            filter.isEmpty
                || filter.matches([("site", row.name), ("next", row.next), ("state", OverviewColumns.letter(row))])
        }
        if let order { rows = OverviewColumns.sorted(rows, by: order) }
        return rows
    }

    private var selected: SiteRow? { rows[safe: list.selected] }

    func update(_ inputs: ScreenInputs) {
        let isBlank = model.value == nil && model.failure == nil
        if isBlank { names.ask(inputs.place.account, inputs) }
        // There are only as many threads as cores to read with: names that waited for one would come with the figures.
        if !isBlank || names.value != nil || names.failure != nil {
            model.ask(
                OverviewQuery(account: inputs.place.account, belief: inputs.belief, quarter: inputs.now.seconds / 900),
                inputs)
        }
        let rows = rows
        if let selectedID, let index = rows.firstIndex(where: { $0.id == selectedID }) { list.selected = index }
        list.fit(count: rows.count, page: page)
        selectedID = selected?.id ?? selectedID
        guard let id = selected?.id else { return }
        let columns = max(1, ChartRenderer.columns(width: inputs.body.columns))
        graph.ask(
            GraphsQuery(
                asset: id, belief: inputs.belief, start: inputs.chart.start, end: inputs.chart.end,
                step: inputs.chart.step(columns: columns)), inputs)
        guard inputs.body.columns >= 120 else { return }
        kpis.ask(
            OverviewKPIsQuery(
                site: id, belief: inputs.belief, today: inputs.zone.startOfDay(containing: inputs.knownUntil),
                zone: inputs.zone), inputs)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        guard let value = model.value ?? (model.failure == nil ? names.value.map { OverviewModel(named: $0) } : nil)
        else {
            canvas.titleRule("SITES", in: rect.row(0), focused: true)
            canvas.text(
                model.failure?.line ?? "loading ...", x: rect.x + 1, y: rect.y + 1,
                role: model.failure == nil ? .secondary : .error)
            return
        }
        let rows = rows
        let wanted = isPaneAlone && pane == 0 ? rect.height : min(max(3, rows.count + 2), max(5, rect.height / 3))
        let (top, rest) = rect.splitTop(wanted)
        drawSites(rows, total: value.rows.count, on: &canvas, in: top, inputs)
        guard !rest.isEmpty else { return }
        if rect.width >= 120 {
            let side = min(57, rect.width / 3)
            let (left, right) = rest.splitLeft(rest.width - side)
            drawChart(on: &canvas, in: left.inset(right: 1), inputs)
            canvas.divider(x: right.x - 1, y: right.y, height: right.height)
            OverviewSide(model: value, selected: selected, kpis: kpis.value ?? OverviewKPIs())
                .draw(on: &canvas, in: right, inputs)
        } else {
            let alarmRows = min(3, 1 + value.alarms.count)
            let (chart, alarms) = rest.splitBottom(value.alarms.isEmpty ? 0 : alarmRows)
            drawChart(on: &canvas, in: chart, inputs)
            if !alarms.isEmpty {
                OverviewSide(model: value, selected: selected).drawAlarms(on: &canvas, in: alarms, inputs)
            }
        }
    }

    private func drawSites(
        _ rows: [SiteRow], total: Int, on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs
    ) {
        let count = rows.count == total ? "\(total)" : "\(rows.count) of \(total)"
        let filtered = filterText.isEmpty ? "" : "  filter: \(filterText)"
        let isWide = rect.width >= 120
        let sorting = order.map { "\($0.column)\($0.descending ? ", descending" : "")" } ?? "attention, then name"
        let sorted = isWide || order != nil ? "   sort: \(sorting)" : ""
        canvas.titleRule("SITES \(count)\(filtered)\(sorted)", in: rect.row(0), focused: pane == 0)
        page = max(1, rect.height - 2)
        let (glyphs, readings) = (inputs.glyphs, inputs.data.readings)
        TableView(
            columns: OverviewColumns.columns(isWide: isWide, currency: rows.first?.currency ?? "EUR"),
            rowCount: rows.count, sort: order,
            isFocused: pane == 0,
            emptyText: filterText.isEmpty
                ? "no sites yet; :first-site asks three questions and makes one, or import a world" : "no site matches"
        ) { row, column in
            OverviewColumns.cell(rows[row], column.id, glyphs: glyphs, readings)
        }.draw(on: &canvas, in: rect.inset(top: 1), state: list)
    }

    private func drawChart(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        var panels = graph.value?.panels ?? []
        if let name = selected?.name, !panels.isEmpty { panels[0].title = "\(name) \(panels[0].title)" }
        PanelStack(panels: Array(panels.prefix(rect.height < 18 ? 2 : 3)), focus: pane == 1 ? 0 : nil)
            .draw(on: &canvas, in: rect, inputs, emptyText: "")
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        pane == 1 ? PanelStack(panels: graph.value?.panels ?? []).readOut(inputs) : nil
    }

    func move(_ step: ListMove) {
        list.move(step, count: rows.count, page: page)
        selectedID = selected?.id
    }

    func movePane(_ step: Int) { pane = (pane + 1) % 2 }

    func moveSideways(_ step: Int) -> [Intent] {
        pane == 1 ? [.chart(.cursor(on: true)), .chart(.moveCursor(step))] : []
    }

    func open(_ inputs: ScreenInputs) -> [Intent] {
        guard let row = selected else { return [.message("no site selected")] }
        var place = inputs.place
        place.asset = row.id
        return [.open(pane == 1 ? .graphs : .assets, place)]
    }

    func back() -> [Intent]? {
        if !filterText.isEmpty {
            filterText = ""
            return []
        }
        if isPaneAlone {
            isPaneAlone = false
            return []
        }
        return nil
    }

    func moveToAttention() -> Bool {
        let rows = rows
        let next = (1...max(1, rows.count)).map { (list.selected + $0) % max(1, rows.count) }
        guard let found = next.first(where: { rows[safe: $0].map { $0.state != .fine } ?? false }) else { return false }
        list.selected = found
        selectedID = rows[found].id
        return true
    }

    func sort(reverse: Bool) -> String? {
        order = OverviewColumns.next(order, reverse: reverse)
        return order.map { "\($0.column)\($0.descending ? ", descending" : "")" } ?? "attention"
    }

    func click(_ point: GridPoint, _ inputs: ScreenInputs) {
        let row = point.y - 4 + list.top
        if rows.indices.contains(row) {
            list.selected = row
            selectedID = selected?.id
        }
    }

    func copyText() -> String? {
        selected.map { row in
            OverviewColumns.columns(isWide: true, currency: row.currency).map {
                OverviewColumns.cell(row, $0.id, glyphs: .ascii, Readings()).text
            }
            .joined(separator: "\t")
        }
    }

    func copyDetail(_ inputs: ScreenInputs) -> String? {
        selected.map { CurlText.get("/api/v3_0/assets/\($0.id)", []) }
    }

    func canExport(_ inputs: ScreenInputs) -> Bool { true }

    func exportTable(_ inputs: ScreenInputs) -> ExportTable? {
        let columns = OverviewColumns.columns(isWide: true, currency: rows.first?.currency ?? "EUR").filter {
            $0.id != "day"
        }
        return ExportTable(
            name: "sites", columns: columns.map(\.id),
            rows: rows.map { row in
                columns.map { OverviewColumns.cell(row, $0.id, glyphs: .ascii, inputs.data.readings).text }
            })
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage { OverviewPlain.page(model.value, inputs) }

    var remembered: [String: String] {
        get { selectedID.map { ["site": String($0)] } ?? [:] }
        set { selectedID = newValue["site"].flatMap(Int.init) }
    }

    static let actions: [Action] = []
}
