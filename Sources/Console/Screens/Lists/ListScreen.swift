import EnergyCore
import Services
import TerminalKit

/// A screen made of a list and details of the selected row. Conforming screens load the models; moving, filtering,
/// sorting,
/// marking, copying, exporting and drawing are here.
@MainActor
protocol ListScreen: Screen {
    var pane: ListPane { get set }
    var detailState: ListState { get set }
    /// 0: the list, 1: the details.
    var focus: Int { get set }
    var listModel: ListModel? { get }
    var listFailure: ErrorText? { get }
    var detailLines: [DetailLine] { get }
    /// Charts between list and details.
    var detailPanels: [PanelData] { get }
    /// Whether the details keep their room before charts get any.
    var detailsComeFirst: Bool { get }
    /// Rows of the lowest pane in a window of a size; none where there is no room.
    func footing(in size: GridSize) -> Int
    func drawFooting(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs)
    /// Enter on a row.
    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent]
    /// Enter on a line of the details.
    func openDetail(_ line: DetailLine, _ inputs: ScreenInputs) -> [Intent]
}

extension ListScreen {
    var rows: [RowModel] { pane.rows(listModel) }
    var selectedRow: RowModel? { rows[safe: pane.list.selected] }
    var derivations: Int { pane.derivations }
    var detailPanels: [PanelData] { [] }
    var detailsComeFirst: Bool { false }
    var path: [String] { listModel?.path ?? [] }
    var focusKind: PaneKind { focus == 1 && !detailPanels.isEmpty ? .chart : .list }

    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent] {
        focus = 1
        return []
    }

    func openDetail(_ line: DetailLine, _ inputs: ScreenInputs) -> [Intent] {
        DetailNavigation.open(line.target, inputs)
    }

    var filter: String? {
        get { pane.filter }
        set { pane.filter = newValue ?? "" }
    }

    /// Call at the end of `update`.
    func fitRows() {
        pane.fit(rows)
        detailState.fit(count: detailLines.count, page: 10)
    }

    func footing(in size: GridSize) -> Int { 0 }
    func drawFooting(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {}

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let wanted = isPaneAlone ? 0 : footing(in: GridSize(columns: rect.width, rows: rect.height))
        let (above, below) = rect.splitBottom(wanted)
        drawPanes(on: &canvas, in: above, inputs)
        if !below.isEmpty { drawFooting(on: &canvas, in: below, inputs) }
    }

    private func drawPanes(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let rows = rows
        let hasDetails = !detailLines.isEmpty || !detailPanels.isEmpty
        var wanted = hasDetails ? min(rows.count + 3, max(6, rect.height * 2 / 5)) : rect.height
        if isPaneAlone { wanted = focus == 0 ? rect.height : 0 }
        let (top, rest) = rect.splitTop(wanted)
        if !top.isEmpty { drawList(rows, on: &canvas, in: top) }
        guard !rest.isEmpty, hasDetails else { return }
        let rowCount = rowCount(of: detailLines, in: rest)
        var lineRoom = detailPanels.isEmpty ? rest.height : detailLines.isEmpty ? 0 : min(rowCount + 1, rest.height / 2)
        if detailsComeFirst { lineRoom = rest.height - rowCount < 5 ? rest.height : max(lineRoom, rowCount) }
        let (charts, lines) = rest.splitBottom(lineRoom)
        if !charts.isEmpty {
            PanelStack(panels: detailPanels, focus: focus == 1 ? 0 : nil).draw(
                on: &canvas, in: charts, inputs, emptyText: "")
        }
        if !lines.isEmpty { drawDetails(on: &canvas, in: lines) }
    }

    /// Only the list, for screens that arrange the rest themselves.
    func drawListOnly(on canvas: inout Canvas, in rect: Rect) { drawList(rows, on: &canvas, in: rect) }

    private func drawList(_ rows: [RowModel], on canvas: inout Canvas, in rect: Rect) {
        let total = listModel?.rows.count ?? 0
        var title = listModel?.title ?? ""
        title += rows.count == total ? " \(total)" : " \(rows.count) of \(total)"
        if let facts = listModel?.facts, !facts.isEmpty { title += "   \(facts)" }
        if !pane.filter.isEmpty { title += "   filter: \(pane.filter)" }
        if let order = pane.order, let column = listModel?.columns.first(where: { $0.id == order.column }) {
            title += "   sort: \(column.title)\(order.descending ? ", descending" : "")"
        }
        if !pane.marked.isEmpty { title += "   \(pane.marked.count) marked" }
        canvas.titleRule(title, in: rect.row(0), focused: focus == 0)
        var body = rect.inset(top: 1)
        if let footer = listModel?.footer, !footer.isEmpty, body.height > 4 {
            let (rest, bottom) = body.splitBottom(1)
            canvas.text(footer, x: bottom.x + 1, y: bottom.y, role: .secondary)
            body = rest
        }
        pane.page = max(1, body.height - 1)
        guard let model = listModel else {
            canvas.text(
                listFailure?.line ?? "loading ...", x: body.x + 1, y: body.y,
                role: listFailure == nil ? .secondary : .error)
            return
        }
        let empty = pane.filter.isEmpty ? model.emptyText : "nothing matches the filter; Esc clears it"
        var table = TableView(
            columns: model.columns, rowCount: rows.count, sort: pane.order, isFocused: focus == 0, emptyText: empty
        ) {
            rows[$0].cells[$1.id] ?? Span("")
        }
        table.isMarked = { [marked = pane.marked] in marked.contains(rows[$0].id) }
        table.draw(on: &canvas, in: body, state: pane.list)
    }

    private func drawDetails(on canvas: inout Canvas, in rect: Rect) {
        let lines = detailLines
        detailState.fit(count: lines.count, page: rect.height)
        canvas.clipped(to: rect) { canvas in
            var y = 0
            for index in lines.indices.dropFirst(firstDetail(lines, in: rect)) where y < rect.height {
                let row = rect.row(y)
                if lines[index].isHeading {
                    canvas.titleRule(lines[index].spans, in: row, focused: focus == 1 && y == 0)
                    y += 1
                } else {
                    for spans in lines[index].wrapped(to: row.width - 1) {
                        canvas.spans(spans, x: row.x + 1, y: rect.y + y, width: row.width - 1)
                        y += 1
                    }
                }
                guard focus == 1, index == detailState.selected else { continue }
                canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong)
                canvas.cursor = GridPoint(x: row.x, y: row.y)
            }
        }
    }

    /// Rows that lines take, each one at least, counted no further than there is room.
    private func rowCount(of lines: [DetailLine], in rect: Rect) -> Int {
        var count = 0
        for line in lines.prefix(rect.height + 1) { count += line.wrapped(to: rect.width - 1).count }
        return count
    }

    /// The first line to show so that all rows of the selected one are seen.
    private func firstDetail(_ lines: [DetailLine], in rect: Rect) -> Int {
        let first = detailState.visible(count: lines.count, page: rect.height).first ?? 0
        let end = min(detailState.selected + 1, lines.count)
        guard first < end else { return first }
        var heights = lines[first..<end].map { $0.wrapped(to: rect.width - 1).count }[...]
        var sum = heights.reduce(0, +)
        while heights.count > 1, sum > rect.height { sum -= heights.removeFirst() }
        return end - heights.count
    }

    func move(_ step: ListMove) {
        if focus == 0 {
            pane.move(step, rows)
        } else {
            detailState.move(step, count: detailLines.count, page: 10)
        }
    }

    func moveSideways(_ step: Int) -> [Intent] {
        focusKind == .chart ? [.chart(.cursor(on: true)), .chart(.moveCursor(step))] : []
    }

    func movePane(_ step: Int) { focus = detailLines.isEmpty && detailPanels.isEmpty ? 0 : 1 - focus }

    func open(_ inputs: ScreenInputs) -> [Intent] {
        if focus == 1, let line = detailLines[safe: detailState.selected] { return openDetail(line, inputs) }
        return selectedRow.map { openRow($0, inputs) } ?? [.message("nothing is selected")]
    }

    func back() -> [Intent]? {
        if !pane.filter.isEmpty {
            pane.filter = ""
        } else if !pane.marked.isEmpty {
            pane.marked = []
        } else if isPaneAlone {
            isPaneAlone = false
        } else if focus == 1 {
            focus = 0
        } else {
            return nil
        }
        return []
    }

    func moveToAttention() -> Bool {
        let rows = rows
        guard !rows.isEmpty else { return false }
        let order = (1...rows.count).map { (pane.list.selected + $0) % rows.count }
        guard let found = order.first(where: { rows[$0].needsAttention }) else { return false }
        pane.select(found, rows)
        return true
    }

    func sort(reverse: Bool) -> String? { listModel.map { pane.nextOrder($0.columns, reverse: reverse) } }

    func toggleMark() -> Bool {
        guard let id = selectedRow?.id else { return false }
        if pane.marked.remove(id) == nil { pane.marked.insert(id) }
        pane.move(.down, rows)
        return true
    }

    /// The marked rows, or the selected one.
    var chosenRows: [RowModel] {
        let marked = rows.filter { pane.marked.contains($0.id) }
        return marked.isEmpty ? selectedRow.map { [$0] } ?? [] : marked
    }

    func select(_ id: String) { pane.wantedID = id }

    func click(_ point: GridPoint, _ inputs: ScreenInputs) {
        let index = point.y - 4 + pane.list.top
        if rows.indices.contains(index) { pane.select(index, rows) }
    }

    func copyText() -> String? {
        if focus == 1 { return detailLines[safe: detailState.selected]?.text }
        guard let model = listModel, let row = selectedRow else { return nil }
        return model.columns.map { row.text($0.id) }.joined(separator: "\t")
    }

    func canExport(_ inputs: ScreenInputs) -> Bool { listModel != nil }

    func exportTable(_ inputs: ScreenInputs) -> ExportTable? {
        listModel.map { model in
            ExportTable(
                name: Self.id.rawValue, columns: model.columns.map(\.id),
                rows: rows.map { row in model.columns.map { row.text($0.id) } })
        }
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage { listPage(inputs) }

    /// List and details as text.
    func listPage(_ inputs: ScreenInputs) -> PlainPage {
        guard let model = listModel else { return PlainPage(lines: [listFailure?.line ?? "loading"]) }
        let lines = rows.map { row in
            model.columns.compactMap { column in
                let text = row.text(column.id)
                return text.isEmpty ? nil : column.title.isEmpty ? text : "\(column.title) \(text)"
            }.joined(separator: ", ")
        }
        let bad = rows.contains(where: \.needsAttention)
        return PlainPage(
            lines: ["\(model.title): \(rows.count)"] + lines + detailLines.map(\.text), severity: bad ? .warning : .fine
        )
    }

    var remembered: [String: String] {
        get { pane.selectedID.map { ["selected": $0] } ?? [:] }
        set { pane.selectedID = newValue["selected"] }
    }
}

/// Where Enter on a line leads.
@MainActor
enum DetailNavigation {
    static func open(_ target: DetailTarget, _ inputs: ScreenInputs) -> [Intent] {
        switch target {
        case .sensor(let id):
            guard let asset = inputs.records?.sensor(id)?.assetID else { return [.message("the sensor is gone")] }
            return [.open(.graphs, Place(account: inputs.place.account, asset: asset))]
        case .job(let id): return [.open(.jobs, nil), .select(.jobs, id)]
        default: return []
        }
    }
}
