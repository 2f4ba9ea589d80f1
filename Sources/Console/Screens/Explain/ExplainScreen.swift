import EnergyCore
import Scheduling
import Services
import TerminalKit

/// A schedule and the reasons for it.
struct ExplainModel: Hashable, Sendable {
    var preview: PreviewModel
    var sentences: [String] = []
    var bindings: [ScheduleExplanation.Binding] = []
    var slots: [ScheduleExplanation.Slot] = []
    var inputs: [ExplainInput] = []

    @Sendable
    static func load(_ query: PreviewQuery, _ data: ConsoleData) throws -> ExplainModel {
        var model = ExplainModel(preview: try PreviewModel.load(query, data))
        guard model.preview.problem.isEmpty else { return model }
        let computed = try query.computed(data)
        for step in computed.steps {
            guard let solved = step.solved, let snapshot = step.snapshot else { continue }
            let found = ScheduleExplainer.explanation(of: solved, snapshot, zone: query.zone)
            model.bindings += found.bindings
            model.slots += found.slots
        }
        model.bindings.sort { abs($0.worth) > abs($1.worth) }
        model.sentences = sentences(model.preview)
        model.inputs = try ExplainInputs.find(computed, query, data)
        return model
    }

    private static func sentences(_ preview: PreviewModel) -> [String] {
        guard let total = preview.lines.first else { return [] }
        func money(_ value: Double) -> String { "\(NumberFormat.fixed(abs(value), decimals: 2)) \(preview.currency)" }
        var lines = ["The plan costs \(NumberFormat.fixed(total.preview, decimals: 2)) \(preview.currency)."]
        if let idle = total.idle {
            let gain = idle - total.preview
            lines[0] +=
                gain >= 0
                ? " That is \(money(gain)) less than leaving the devices idle."
                : " That is \(money(gain)) more than idle: limits and targets ask for it."
        }
        if let inForce = total.inForce {
            let gain = inForce - total.preview
            lines.append(
                gain >= 0
                    ? "It is \(money(gain)) cheaper than the plan in force."
                    : "It is \(money(gain)) dearer than the plan in force.")
        }
        return lines
    }
}

/// Three readings of the same solution: sentences, limits with their worth, slots with a reason.
@MainActor
final class ExplainScreen: Screen {
    static let id = ScreenID.explain
    private let draft: ScheduleDraft
    private let title: String
    private let whatIfs: [WhatIf]
    private let model = ViewModel<PreviewQuery, ExplainModel>(ExplainModel.load)
    private var list = ListState()
    private var page = 10
    var isPaneAlone = false

    init(draft: ScheduleDraft, title: String, whatIfs: [WhatIf] = []) {
        self.whatIfs = whatIfs
        self.draft = draft
        self.title = title
    }

    var path: [String] { ["Schedules", title, "Explain"] }
    var tab: ScreenID { .schedules }
    var subject: Subject? { .asset(draft.asset.id) }

    func update(_ inputs: ScreenInputs) {
        model.ask(PreviewQuery(draft: draft, zone: inputs.zone, whatIfs: whatIfs), inputs)
    }

    private func lines(_ inputs: ScreenInputs) -> [DetailLine] {
        guard let value = model.value else { return [] }
        return ExplainLines(
            model: value, format: TimeFormat(zone: inputs.zone, now: inputs.now), readings: inputs.data.readings,
            glyphs: inputs.glyphs, width: inputs.body.columns
        ).all
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        canvas.titleRule("WHY IT LOOKS LIKE THIS   \(title)", in: rect.row(0), focused: true)
        let body = rect.inset(top: 1)
        page = max(1, body.height)
        guard model.value != nil else {
            canvas.text(
                model.failure?.line ?? "the plan is computed and taken apart ...", x: body.x + 1, y: body.y,
                role: model.failure == nil ? .secondary : .error)
            return
        }
        let lines = lines(inputs)
        list.fit(count: lines.count, page: page)
        for (offset, index) in list.visible(count: lines.count, page: page).enumerated() {
            let row = body.row(offset)
            if lines[index].isHeading {
                canvas.titleRule(lines[index].spans, in: row)
            } else {
                canvas.spans(lines[index].spans, x: row.x + 1, y: row.y, width: row.width - 1)
            }
            guard index == list.selected else { continue }
            canvas.put(canvas.glyphs.selection, x: row.x, y: row.y, role: .strong)
            canvas.cursor = GridPoint(x: row.x, y: row.y)
        }
        count = lines.count
        shown = lines.map(\.text)
    }

    private var count = 0
    private var shown: [String] = []

    func move(_ step: ListMove) { list.move(step, count: count, page: page) }
    func copyText() -> String? { shown.isEmpty ? nil : shown.joined(separator: "\n") }
    func exportTable(_ inputs: ScreenInputs) -> ExportTable? {
        ExportTable(name: "explain", columns: ["text"], rows: lines(inputs).map { [$0.text] })
    }
    func plain(_ inputs: ScreenInputs) -> PlainPage { PlainPage(lines: lines(inputs).map(\.text)) }

    static let actions: [Action] = [
        .on(ExplainScreen.self, "what-if", "what-if: compare variants", keys: ["w"], hint: "what-if") { screen, _ in
            [
                .push(
                    CompareScreen(variants: [Variant(name: screen.title, draft: screen.draft, whatIfs: screen.whatIfs)])
                )
            ]
        },
        .on(
            ExplainScreen.self, "store", "store this schedule", keys: ["F6"], hint: "store", writes: true,
            when: { screen, _ in
                screen.whatIfs.isEmpty
                    ? .available
                    : .unavailable(WhatIf.whyNotStored)
            }
        ) { screen, _ in
            Storing.intents(screen.draft)
        },
    ]
}
