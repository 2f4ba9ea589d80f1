import EnergyCore
import Services
import TerminalKit

/// Up to four variants side by side: costs, differences, powers. Nothing is stored until one of them is.
@MainActor
final class CompareScreen: Screen {
    static let id = ScreenID.compare
    private(set) var variants: [Variant]
    private var selected = 0
    private let model = ViewModel<CompareQuery, CompareModel>(CompareModel.load)
    static let letters = ["A", "B", "C", "D"]

    init(variants: [Variant]) {
        self.variants = variants
    }

    var path: [String] { ["Schedules", "Compare"] }
    var tab: ScreenID { .schedules }
    var variant: Variant { variants[selected] }
    var subject: Subject? { .asset(variant.draft.asset.id) }

    func update(_ inputs: ScreenInputs) { model.ask(CompareQuery(variants: variants, zone: inputs.zone), inputs) }

    func add(_ variant: Variant) {
        variants.append(variant)
        selected = variants.count - 1
    }

    func drop() {
        guard variants.count > 1 else { return }
        variants.remove(at: selected)
        selected = min(selected, variants.count - 1)
    }

    /// Turns the knob of the selected variant; false when it has none, or its value is no number.
    func turn(up: Bool) -> Bool {
        guard let knob = variant.knob, let next = knob.turned(up: up) else { return false }
        variants[selected].turn(to: next, name: variant.name == knob.title ? "" : variant.name)
        return true
    }

    func movePane(_ step: Int) { selected = (selected + step + variants.count) % variants.count }
    func move(_ step: ListMove) { movePane(step == .up || step == .pageUp ? -1 : 1) }
    func moveSideways(_ step: Int) -> [Intent] {
        movePane(step)
        return []
    }

    private var names: [String] {
        var seen: Set<String> = []
        let lines = (model.value?.previews ?? []).flatMap(\.lines)
        return (lines.filter(\.isMoney) + lines.filter { !$0.isMoney }).map(\.name).filter { seen.insert($0).inserted }
    }

    private func line(_ index: Int, _ name: String) -> CostLine? {
        model.value?.previews[safe: index]?.lines.first { $0.name == name }
    }
    private func value(_ index: Int, _ name: String) -> Double? { line(index, name)?.preview }

    private var title: String {
        variants.enumerated().map { "\(Self.letters[$0])\($0 == selected ? "*" : "") \($1.name)" }.joined(
            separator: "   ")
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        canvas.titleRule(
            "COMPARE   \(title)" + (model.isStale ? "   computing ..." : ""), in: rect.row(0), focused: true)
        let body = rect.inset(top: 1)
        guard let value = model.value, value.previews.count == variants.count else {
            canvas.text(model.failure?.line ?? "computing ...", x: body.x + 1, y: body.y, role: .secondary)
            return
        }
        let names = names
        let (top, rest) = body.splitTop(min(names.count + 2, body.height / 2))
        drawTable(names, on: &canvas, in: top, inputs.data.readings)
        let sentences = sentences(inputs, width: rest.width - 2)
        let (charts, foot) = rest.splitBottom(min(sentences.count, rest.height / 3))
        for (offset, text) in sentences.prefix(foot.height).enumerated() {
            canvas.text(text, x: foot.x + 1, y: foot.y + offset, width: foot.width - 1)
        }
        var own = inputs
        guard let first = value.previews.first(where: { $0.problem.isEmpty }) else { return }
        (own.chart.start, own.chart.span, own.chart.kind, own.chart.cursor) = (
            first.start, first.end - first.start, .line, nil
        )
        PanelStack(panels: panels(value, height: charts.height)).draw(on: &canvas, in: charts, own, emptyText: "")
    }

    private func drawTable(_ names: [String], on canvas: inout Canvas, in rect: Rect, _ readings: Readings) {
        // Names take what is left at most up to a width at which the eye still finds their figures.
        let name = min(36, max(20, rect.width - 11 * (2 * variants.count + 1) - 2))
        var columns = [TableColumn("name", model.value?.previews.first?.currency ?? "", width: name)]
        if line(0, "total")?.inForce != nil {
            columns.append(TableColumn("force", "in force", width: 10, align: .right, rank: 1))
        }
        columns += variants.indices.map { TableColumn("v\($0)", Self.letters[$0], width: 11, align: .right) }
        columns += variants.indices.dropFirst().map {
            TableColumn("d\($0)", "\(Self.letters[$0]) - A", width: 10, align: .right)
        }
        var table = TableView(
            columns: columns, rowCount: names.count, isFocused: false, emptyText: "no costs to compare"
        ) { row, column in
            let name = names[row]
            let isPart = row > 0 && (self.line(0, name)?.isMoney ?? false)
            if column.id == "name" { return Span(isPart ? "  \(name)" : name, row == 0 ? .strong : .normal) }
            if column.id == "force" {
                return Span(
                    self.line(0, name).flatMap { line in line.inForce.map { line.text($0, readings) } } ?? "--",
                    .secondary)
            }
            guard let index = Int(column.id.dropFirst()), let line = self.line(index, name) else { return Span("--") }
            if column.id.hasPrefix("v") {
                return Span(line.text(line.preview, readings), index == self.selected ? .strong : .normal)
            }
            guard let base = self.value(0, name) else { return Span("") }
            return Span((line.preview > base ? "+" : "") + line.text(line.preview - base, readings))
        }
        table.showsSelection = false
        table.draw(on: &canvas, in: rect, state: ListState())
    }

    /// Why each variant differs from the first, or why there is none.
    private func sentences(_ inputs: ScreenInputs, width: Int) -> [String] {
        guard let previews = model.value?.previews, let base = previews.first else { return [] }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        return previews.enumerated().flatMap { index, preview -> [String] in
            if !preview.problem.isEmpty {
                return TextWidth.wrapped(
                    "\(Self.letters[index]): \(preview.problem.joined(separator: "; "))", to: width)
            }
            guard index > 0 else { return [] }
            return TextWidth.wrapped(
                CompareReasons.sentence(Self.letters[index], base, preview, format, inputs.data.readings), to: width)
        }
    }

    /// The power of every variant in one panel, the price, and how the costs of the selected one and the first part.
    private func panels(_ value: CompareModel, height: Int) -> [PanelData] {
        let kinds: [ChartLine] = [.plan, .forecast, .measured, .other]
        let lines = value.previews.enumerated().filter { !$0.element.courses.power.isEmpty }.map { index, preview in
            PanelLine(
                name: Self.letters[index], sensor: 0, kind: .plan, line: kinds[index % kinds.count], isInstant: false,
                samples: preview.courses.power)
        }
        let asset = variants.first?.draft.asset.name ?? ""
        var panel = PanelData(title: "\(asset) power", unit: "kW", lines: lines)
        panel.signNote = "+ consumption"
        var panels = lines.isEmpty ? Array(value.previews.first?.panels.prefix(1) ?? []) : [panel]
        if height >= 20, let difference = difference(value) { panels.append(difference) }
        if height >= 10, let price = value.previews.first?.panels.last(where: { $0.isPrice }) { panels.append(price) }
        return panels
    }

    private func difference(_ value: CompareModel) -> PanelData? {
        let index = selected > 0 ? selected : 1
        guard let base = value.previews.first?.courses.runningCost,
            let other = value.previews[safe: index]?.courses.runningCost,
            base.count == other.count, !base.isEmpty
        else { return nil }
        let samples = zip(base, other).map { SeriesSample($1.mean - $0.mean, from: $1.start, to: $1.end) }
        let line = PanelLine(
            name: "\(Self.letters[index]) minus A", sensor: 0, kind: .plan, line: .plan, isInstant: false,
            samples: samples)
        return PanelData(title: "running cost difference", unit: value.previews[0].currency, lines: [line])
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        variant.whatIfs.isEmpty
            ? "drafts only: nothing is stored or sent to devices until Enter on a variant"
            : "a what-if of the circumstances: to look at, not to store"
    }

    func open(_ inputs: ScreenInputs) -> [Intent] { [.action("compare.store")] }

    func exportTable(_ inputs: ScreenInputs) -> ExportTable? {
        let names = names
        return ExportTable(
            name: "compare", columns: ["component"] + variants.map(\.name),
            rows: names.map { name in [name] + variants.indices.map { value($0, name).map { String($0) } ?? "" } })
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        let rows = names.map { name in
            let cells = variants.indices.map { index in
                "\(Self.letters[index]) \(line(index, name).map { $0.text($0.preview, inputs.data.readings) } ?? "--")"
            }
            return "\(name): " + cells.joined(separator: ", ")
        }
        return PlainPage(lines: [title] + rows + sentences(inputs, width: 100))
    }

    static let actions: [Action] = CompareActions.all
}
