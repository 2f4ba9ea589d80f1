import EnergyCore
import Services
import TerminalKit

/// One schedule to compare: a request, by name.
struct Variant: Hashable, Sendable {
    var name: String
    var draft: ScheduleDraft
}

/// What is compared.
struct CompareQuery: Hashable, Sendable {
    var variants: [Variant]
    var zone: Zone
}

/// The previews of all variants.
struct CompareModel: Hashable, Sendable {
    var previews: [PreviewModel]

    @Sendable
    static func load(_ query: CompareQuery, _ data: ConsoleData) throws -> CompareModel {
        CompareModel(previews: try query.variants.map { try PreviewModel.load(PreviewQuery(draft: $0.draft, zone: query.zone), data) })
    }
}

/// Up to four variants side by side: costs, differences, powers. Nothing is stored until one of them is.
@MainActor
final class CompareScreen: Screen {
    static let id = ScreenID.compare
    private(set) var variants: [Variant]
    private var selected = 0
    private let model = ViewModel<CompareQuery, CompareModel>(CompareModel.load)
    private static let letters = ["A", "B", "C", "D"]

    init(variants: [Variant]) {
        self.variants = variants
    }

    var path: [String] { ["Schedules", "Compare"] }
    var tab: ScreenID { .schedules }
    var variant: Variant { variants[selected] }

    func update(_ inputs: ScreenInputs) { model.ask(CompareQuery(variants: variants, zone: inputs.zone), inputs) }

    func add(_ variant: Variant) {
        variants.append(variant)
        selected = variants.count - 1
    }

    func drop() { if variants.count > 1 { selected = max(0, min(selected, variants.count - 2)); variants.removeLast() } }

    func movePane(_ step: Int) { selected = (selected + step + variants.count) % variants.count }
    func move(_ step: ListMove) { movePane(step == .up || step == .pageUp ? -1 : 1) }
    func moveSideways(_ step: Int) -> [Intent] {
        movePane(step)
        return []
    }

    private var names: [String] {
        var seen: Set<String> = []
        return (model.value?.previews ?? []).flatMap { $0.lines.map(\.name) }.filter { seen.insert($0).inserted }
    }

    private func value(_ index: Int, _ name: String) -> Double? { model.value?.previews[safe: index]?.lines.first { $0.name == name }?.preview }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let title = variants.enumerated().map { "\(Self.letters[$0])\($0 == selected ? "*" : "") \($1.name)" }.joined(separator: "   ")
        canvas.titleRule("COMPARE   \(title)", in: rect.row(0), focused: true)
        let body = rect.inset(top: 1)
        guard let value = model.value, value.previews.count == variants.count else {
            canvas.text(model.failure?.line ?? "computing ...", x: body.x + 1, y: body.y, role: .secondary)
            return
        }
        let names = names
        let (top, rest) = body.splitTop(min(names.count + 2, body.height / 2))
        drawTable(names, on: &canvas, in: top)
        drawProblems(value, on: &canvas, in: rest)
        var own = inputs
        guard let first = value.previews.first(where: { $0.problem.isEmpty }) else { return }
        (own.chart.start, own.chart.span, own.chart.kind, own.chart.cursor) = (first.start, first.end - first.start, .line, nil)
        PanelStack(panels: panels(value)).draw(on: &canvas, in: rest, own, emptyText: "")
    }

    private func drawTable(_ names: [String], on canvas: inout Canvas, in rect: Rect) {
        var columns = [TableColumn("name", "", width: 20, grow: 1)]
        columns += variants.indices.map { TableColumn("v\($0)", Self.letters[$0], width: 11, align: .right) }
        columns += variants.indices.dropFirst().map { TableColumn("d\($0)", "\(Self.letters[$0]) - A", width: 10, align: .right) }
        TableView(columns: columns, rowCount: names.count, isFocused: false, emptyText: "no costs to compare") { row, column in
            if column.id == "name" { return Span(names[row], row == 0 ? .strong : .normal) }
            guard let index = Int(column.id.dropFirst()), let cost = self.value(index, names[row]) else { return Span("--") }
            if column.id.hasPrefix("v") { return Span(NumberFormat.fixed(cost, decimals: 2), index == self.selected ? .strong : .normal) }
            guard let base = self.value(0, names[row]) else { return Span("") }
            return Span((cost > base ? "+" : "") + NumberFormat.fixed(cost - base, decimals: 2))
        }.draw(on: &canvas, in: rect, state: ListState())
    }

    private func drawProblems(_ value: CompareModel, on canvas: inout Canvas, in rect: Rect) {
        for (index, preview) in value.previews.enumerated() where !preview.problem.isEmpty {
            canvas.text("\(Self.letters[index]): \(preview.problem[0])", x: rect.x + 1, y: rect.y, width: rect.width - 1, role: .error)
        }
    }

    /// The first power of every variant in one panel.
    private func panels(_ value: CompareModel) -> [PanelData] {
        let firsts = value.previews.enumerated().compactMap { index, preview in preview.panels.first.map { (index, $0) } }
        guard var panel = firsts.first?.1 else { return [] }
        let kinds: [ChartLine] = [.plan, .forecast, .measured, .other]
        panel.lines = firsts.compactMap { index, data in
            data.lines.first.map { line in
                var line = line
                line.name = Self.letters[index]
                line.line = kinds[index]
                return line
            }
        }
        let price = value.previews.first?.panels.last { $0.isPrice }
        return [panel] + (price.map { [$0] } ?? [])
    }

    func statusLine(_ inputs: ScreenInputs) -> String? { "drafts only: nothing is stored or sent to devices until Enter on a variant" }

    func open(_ inputs: ScreenInputs) -> [Intent] { [.action("compare.store")] }

    func exportTable(_ inputs: ScreenInputs) -> ExportTable? {
        let names = names
        return ExportTable(
            name: "compare", columns: ["component"] + variants.map(\.name),
            rows: names.map { name in [name] + variants.indices.map { value($0, name).map { String($0) } ?? "" } })
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        PlainPage(lines: names.map { name in "\(name): " + variants.indices.map { "\(Self.letters[$0]) \(value($0, name).map { NumberFormat.fixed($0, decimals: 2) } ?? "--")" }.joined(separator: ", ") })
    }

    static let actions: [Action] = [
        .on(CompareScreen.self, "add", "add a variant: change one field", keys: ["a"], hint: "add variant") { screen, situation in
            guard screen.variants.count < 4 else { return [.message("four variants at most; d drops the last")] }
            return [.overlay(VariantForm.overlay(screen, situation.inputs))]
        },
        .on(CompareScreen.self, "drop", "drop the last variant", keys: ["d"]) { screen, _ in
            screen.drop()
            return []
        },
        .on(CompareScreen.self, "store", "store the selected variant", keys: ["F6"], hint: "store", writes: true) { screen, _ in
            let variant = screen.variant
            return [
                .overlay(
                    ConfirmOverlay(title: "STORE", lines: ["The schedule \"\(variant.name)\" for \(variant.draft.title) is computed again and stored; it counts from then on."], word: "Store") {
                        [.pop] + Storing.intents(variant.draft)
                    })
            ]
        },
        .on(CompareScreen.self, "explain", "explain the selected variant", keys: ["x"], hint: "explain") { screen, _ in
            [.push(ExplainScreen(draft: screen.variant.draft, title: screen.variant.name))]
        },
    ]
}

/// Asks for the one field in which a variant differs.
@MainActor
enum VariantForm {
    private static let keys = [
        "site-power-capacity", "site-consumption-capacity", "consumption-price", "production-price", "soc-at-start", "soc-min", "soc-max",
        "soc-targets", "power-capacity", "roundtrip-efficiency", "relax-constraints",
    ]

    static func overlay(_ screen: CompareScreen, _ inputs: ScreenInputs) -> FormOverlay {
        let fields = [
            FormField(id: "key", label: "field", value: keys[0], kind: .choice(keys), note: "h l change"),
            FormField(id: "value", label: "value", note: "100 kW, sensor 12, true ..."), FormField(id: "name", label: "name", note: "may be empty"),
        ]
        let base = screen.variant
        return FormOverlay(title: "VARIANT of \(base.name)", fields: fields, button: "Add", labelWidth: 8) { form, _ in
            let (key, text) = (form.value("key"), form.value("value").trimmed)
            guard !text.isEmpty else { return [.message("say a value")] }
            var variant = base
            let part = key.hasPrefix("soc") || key == "power-capacity" || key.hasSuffix("efficiency") ? "flex-model" : "flex-context"
            var object = variant.draft.message[part]?.objectValue ?? JSONObject()
            object[key] = FlexInput.json(text)
            variant.draft.message[part] = .object(object)
            variant.name = form.value("name").isEmpty ? "\(key) \(text)" : form.value("name")
            screen.add(variant)
            return [.closeOverlay]
        }
    }
}
