import EnergyCore
import Services
import TerminalKit

/// The asset tree, and the selected asset with its five sub-tabs.
@MainActor
final class AssetsScreen: Screen {
    static let id = ScreenID.assets
    private let treeModel = ViewModel<AssetTreeQuery, AssetTreeModel>(AssetTreeModel.load)
    private let detailModel = ViewModel<AssetDetailQuery, AssetDetailModel>(AssetDetailModel.load)
    private let graphModel = ViewModel<GraphsQuery, GraphsModel>(SiteOutlook.load)
    private var tree = TreeState<AssetNode>()
    private var detail = ListState()
    private(set) var tab = AssetTab.context
    private var pane = 0
    private var treePage = 10
    private var detailPage = 10
    private var filterText = ""
    /// The filter for which the selection was last moved.
    private var soughtText = ""
    private var revealed: AssetID?
    private var shownNode: AssetNode?
    private let shown = ShownTree()
    var isPaneAlone = false

    var path: [String] { detailModel.value?.path ?? [] }
    var focusKind: PaneKind { pane == 0 ? .tree : tab == .graphs ? .chart : .list }
    var filter: String? {
        get { filterText }
        set { filterText = newValue ?? "" }
    }

    var model: AssetDetailModel? { detailModel.value }
    var asset: Asset? { detailModel.value?.asset }
    var types: [String] { treeModel.value?.types ?? [] }
    var node: AssetNode? { tree.selected }
    var line: DetailLine? { pane == 1 ? detailModel.value?.lines[safe: detail.selected] : nil }

    var subject: Subject? {
        if case .sensor(let id)? = line?.target { return .sensor(id) }
        switch tree.selected {
        case .asset(let id): return .asset(id)
        case .account(let id): return .account(id)
        default: return nil
        }
    }

    private var rows: [TreeRow<AssetNode>] {
        shown.rows(treeModel.value?.roots ?? [], expanded: tree.expanded, filter: filterText)
    }

    var derivations: Int { shown.derivations }

    func update(_ inputs: ScreenInputs) {
        let quarter = inputs.now.seconds / 900
        treeModel.ask(AssetTreeQuery(belief: inputs.belief, quarter: quarter), inputs)
        guard let roots = treeModel.value?.roots else { return }
        if tree.selected == nil, tree.expanded.isEmpty { tree.expanded = Set(roots.map(\.id)) }
        if let wanted = inputs.place.asset, wanted != revealed {
            tree.reveal(.asset(wanted), in: roots)
            revealed = wanted
            // Whoever asks for an asset wants to see it, whatever was sought before.
            if !filterText.isEmpty, !rows.contains(where: { $0.id == .asset(wanted) }) { filterText = "" }
        }
        if filterText != soughtText { selectMatch(in: roots) }
        tree.fit(rows: rows, page: treePage)
        if tree.selected != shownNode {
            detail = ListState()
            shownNode = tree.selected
        }
        detailModel.ask(
            AssetDetailQuery(
                node: tree.selected, tab: tab, belief: inputs.belief, quarter: quarter, zone: inputs.zone,
                width: detailWidth(inputs.body.columns) - 1, glyphs: inputs.glyphs),
            inputs)
        if tab == .graphs, case .asset(let id)? = tree.selected {
            let columns = max(1, ChartRenderer.columns(width: inputs.body.columns))
            graphModel.ask(
                GraphsQuery(
                    asset: id, belief: inputs.belief, start: inputs.chart.start, end: inputs.chart.end,
                    step: inputs.chart.step(columns: columns)), inputs)
        }
        fitDetail()
    }

    /// Whoever seeks something wants to stand on it, not on what it is a part of.
    private func selectMatch(in roots: [TreeNode<AssetNode>]) {
        soughtText = filterText
        let rows = rows
        guard !filterText.isEmpty, !rows.contains(where: { $0.id == tree.selected && shown.matches($0.node) }) else {
            return
        }
        if let found = rows.first(where: { shown.matches($0.node) }) { tree.reveal(found.id, in: roots) }
    }

    private func fitDetail() {
        let lines = detailModel.value?.lines ?? []
        detail.fit(count: lines.count, page: detailPage)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        if isPaneAlone {
            if pane == 0 { drawTree(on: &canvas, in: rect) } else { drawDetail(on: &canvas, in: rect, inputs) }
            return
        }
        let (left, right) = rect.splitLeft(treeWidth(rect.width))
        drawTree(on: &canvas, in: left.inset(right: 1))
        canvas.divider(x: left.endX - 1, y: rect.y, height: rect.height)
        drawDetail(on: &canvas, in: right, inputs)
    }

    private func treeWidth(_ width: Int) -> Int { width >= 120 ? 40 : 26 }
    private func detailWidth(_ width: Int) -> Int { isPaneAlone ? width : width - treeWidth(width) }

    private func drawTree(on canvas: inout Canvas, in rect: Rect) {
        let filtered = filterText.isEmpty ? "" : "  filter: \(filterText)"
        canvas.titleRule("ASSETS\(filtered)", in: rect.row(0), focused: pane == 0)
        let body = rect.inset(top: 1)
        treePage = max(1, body.height)
        let empty =
            treeModel.failure?.line
            ?? (treeModel.value == nil ? "loading ..." : filterText.isEmpty ? "no assets yet" : "no asset matches")
        TreeView(rows: rows, isFocused: pane == 0, emptyText: empty).draw(on: &canvas, in: body, state: tree)
    }

    private func drawDetail(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let value = detailModel.value
        var title = [Span("\(value?.title ?? "")  ", pane == 1 ? .titleFocused : .title)]
        if value?.asset != nil {
            title += AssetTab.allCases.map { item in
                let name = rect.width < 70 ? String(item.rawValue.prefix(4)) : item.rawValue
                return item == tab ? Span("[\(name)] ", .tabActive) : Span("\(name) ", .tab)
            }
        }
        canvas.titleRule(title, in: rect.row(0), focused: pane == 1)
        let body = rect.inset(top: 1)
        detailPage = max(1, body.height)
        if tab == .graphs, value?.asset != nil {
            PanelStack(panels: graphModel.value?.panels ?? [], focus: pane == 1 ? 0 : nil)
                .draw(on: &canvas, in: body, inputs, emptyText: "no sensors to show")
            return
        }
        if let failure = detailModel.failure { canvas.text(failure.line, x: body.x + 1, y: body.y, role: .error) }
        drawLines(value?.lines ?? [], on: &canvas, in: body)
    }

    private func drawLines(_ lines: [DetailLine], on canvas: inout Canvas, in rect: Rect) {
        canvas.clipped(to: rect) { canvas in
            for (offset, index) in detail.visible(count: lines.count, page: rect.height).enumerated() {
                let row = rect.row(offset)
                if lines[index].isHeading {
                    canvas.titleRule(lines[index].spans, in: row)
                } else {
                    canvas.spans(lines[index].spans, x: row.x + 1, y: row.y, width: row.width - 1)
                }
                guard index == detail.selected, pane == 1 else { continue }
                canvas.restyle(row, role: .selection)
                canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong)
                canvas.cursor = GridPoint(x: row.x, y: row.y)
            }
        }
    }

    func reveal(_ place: Place) { revealed = nil }

    /// The selected line in full where its columns had to cut it.
    func statusLine(_ inputs: ScreenInputs) -> String? {
        if pane == 1, tab == .graphs { return PanelStack(panels: graphModel.value?.panels ?? []).readOut(inputs) }
        return line.flatMap { $0.full.isEmpty ? nil : $0.full }
    }

    func move(_ step: ListMove) {
        if pane == 0 {
            tree.move(step, rows: rows, page: treePage)
        } else {
            detail.move(step, count: detailModel.value?.lines.count ?? 0, page: detailPage)
        }
    }

    func moveSideways(_ step: Int) -> [Intent] {
        if pane == 1 { return tab == .graphs ? [.chart(.cursor(on: true)), .chart(.moveCursor(step))] : [] }
        if step < 0 { tree.fold(rows: rows) } else { tree.unfold(rows: rows) }
        return []
    }

    func movePane(_ step: Int) { pane = (pane + 1) % 2 }

    var tabHint: String? { "tab" }

    func moveTab(_ step: Int) -> Bool {
        let all = AssetTab.allCases
        let index = all.firstIndex(of: tab) ?? 0
        tab = all[(index + step + all.count) % all.count]
        detail = ListState()
        return true
    }

    func open(_ inputs: ScreenInputs) -> [Intent] {
        var place = inputs.place
        if pane == 0 {
            switch tree.selected {
            case .asset(let id):
                place.asset = id
                revealed = id
                pane = 1
                return [.goto(place)]
            case .account(let id):
                place.account = id
                tree.unfold(rows: rows)
                return [.goto(place), .message("overview and lists show this account; Esc on the overview shows all")]
            default:
                tree.unfold(rows: rows)
                return []
            }
        }
        switch line?.target {
        case .sensor: return [.open(.graphs, asset.map { Place(account: inputs.place.account, asset: $0.id) })]
        case .flexContext(_, let owner) where owner != asset?.id:
            place.asset = owner
            revealed = nil
            return [.goto(place), .message("this field is inherited from here")]
        case .flexModel, .flexContext, .property: return [.action("assets.modify")]
        default:
            return tab == .graphs
                ? [.open(.graphs, asset.map { Place(account: inputs.place.account, asset: $0.id) })] : []
        }
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
        if pane == 1 {
            pane = 0
            return []
        }
        return nil
    }

    func moveToAttention() -> Bool {
        guard let roots = treeModel.value?.roots else { return false }
        var all: [TreeNode<AssetNode>] = []
        func collect(_ node: TreeNode<AssetNode>) {
            all.append(node)
            node.children.forEach(collect)
        }
        roots.forEach(collect)
        let here = all.firstIndex { $0.id == tree.selected } ?? -1
        let order = all.indices.map { (here + 1 + $0) % all.count }
        guard let found = order.first(where: { all[$0].mark != nil }) else { return false }
        tree.reveal(all[found].id, in: roots)
        return true
    }

    func copyText() -> String? { pane == 1 ? line?.text : rows[safe: tree.list.selected]?.node.title }

    func copyDetail(_ inputs: ScreenInputs) -> String? { asset.map { AssetJSON.editable($0).text(.indented) } }

    func canExport(_ inputs: ScreenInputs) -> Bool { detailModel.value != nil }

    func exportTable(_ inputs: ScreenInputs) -> ExportTable? {
        guard let value = detailModel.value else { return nil }
        return ExportTable(name: "asset", columns: ["line"], rows: value.lines.map { [$0.text] })
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        let all = rows.map { row in
            String(repeating: "  ", count: row.depth) + row.node.title + " (\(row.node.trailing))"
        }
        return PlainPage(
            lines: ["Assets"] + all + [""] + [(model?.path ?? []).joined(separator: ", ")]
                + (model?.lines ?? []).map(\.text))
    }

    var remembered: [String: String] {
        get {
            var result = ["tab": tab.rawValue]
            result["selected"] = tree.selected?.text
            result["open"] = tree.expanded.map(\.text).sorted().joined(separator: ",")
            return result
        }
        set {
            tab = newValue["tab"].flatMap(AssetTab.init(rawValue:)) ?? .context
            tree.selected = newValue["selected"].flatMap(AssetNode.init(text:))
            tree.expanded = Set(
                (newValue["open"] ?? "").split(separator: ",").compactMap { AssetNode(text: String($0)) })
        }
    }
}
