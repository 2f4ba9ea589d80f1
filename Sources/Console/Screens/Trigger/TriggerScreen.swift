import EnergyCore
import Services
import TerminalKit

/// Form, checks and preview side by side. The preview is computed on a copy and thrown away unless it is stored.
@MainActor
final class TriggerScreen: Screen {
    static let id = ScreenID.trigger
    private let asset: AssetID
    private let fieldsModel = ViewModel<TriggerQuery, TriggerFields>(TriggerFields.load)
    private let previewModel = ViewModel<PreviewQuery, PreviewModel>(PreviewModel.load)
    private var form: FormState?
    private var draft: ScheduleDraft?
    /// What the preview on the screen was computed for.
    private var committed: JSONObject?
    private var errors: [String: String] = [:]
    private var showsJSON = false
    private var name = ""
    /// Values to lay over the stored ones, from an earlier request.
    private let prefill: [String: String]
    /// Called once a schedule is in the queue.
    var whenStored: @MainActor (String) -> [Intent] = { _ in [] }

    init(asset: AssetID, prefill: [String: String] = [:]) {
        self.asset = asset
        self.prefill = prefill
    }

    var path: [String] { [name.isEmpty ? "Schedules" : name, "New schedule"] }
    var tab: ScreenID { .schedules }
    var focusKind: PaneKind { form?.focusedField?.takesText == true ? .text : .form }
    var subject: Subject? { .asset(asset) }
    var typingHints: [KeyHint]? {
        [
            KeyHint(keys: "Tab", text: "next field"), KeyHint(keys: "Ctrl-S", text: "preview"), KeyHint(keys: "F6", text: "store"),
            KeyHint(keys: "F4", text: "JSON"), KeyHint(keys: "F5", text: "explain"), KeyHint(keys: "F7", text: "compare"),
            KeyHint(keys: "F8", text: "curl"), KeyHint(keys: "Esc", text: "back, keeps the draft"),
        ]
    }

    func update(_ inputs: ScreenInputs) {
        if form == nil { fieldsModel.ask(TriggerQuery(asset: asset, belief: inputs.belief, zone: inputs.zone), inputs) }
        if form == nil, let loaded = fieldsModel.value { fill(loaded, inputs) }
        guard let draft, committed != nil else { return }
        previewModel.ask(PreviewQuery(draft: draft, zone: inputs.zone), inputs)
    }

    private func fill(_ loaded: TriggerFields, _ inputs: ScreenInputs) {
        var made = FormState(fields: loaded.fields, buttons: ["Preview", "Store", "Discard"])
        let kept = Drafts.read(inputs.drafts["draft.trigger.\(asset)"]).merging(prefill) { $1 }
        for index in made.fields.indices {
            if let value = kept[made.fields[index].id] { made.fields[index].value = value }
        }
        form = made
        draft = loaded.draft
        name = loaded.draft.title
        commit(inputs)
    }

    /// Takes the form's values over; the preview is computed for them.
    private func commit(_ inputs: ScreenInputs) {
        guard let form else { return }
        let (message, errors) = TriggerMessage.make(form, now: inputs.now, zone: inputs.zone)
        self.errors = errors
        for index in form.fields.indices { self.form?.fields[index].error = errors[form.fields[index].id] }
        guard errors.isEmpty, message != committed else { return }
        committed = message
        draft?.message = message
    }

    func type(_ key: Key, _ inputs: ScreenInputs) -> [Intent]? {
        guard form != nil else { return key == .escape ? nil : [] }
        switch key {
        case .control("s"):
            commit(inputs)
            return errors.isEmpty ? [.message("preview is being computed")] : showErrors()
        case Key(.function(4)):
            showsJSON.toggle()
            return []
        case Key(.function(6)): return store(inputs)
        case Key(.function(5)): return explain(inputs)
        case Key(.function(7)): return compare(inputs)
        case Key(.function(8)): return copyDetail(inputs).map { [.copy($0, what: "the request as a command")] } ?? []
        case .enter where form?.focusedButton != nil: return pressButton(inputs)
        case .escape: return leave()
        case .control("c"): return nil
        default: break
        }
        let before = form?.focus
        let taken = form?.handle(key) ?? false
        if form?.focus != before || form?.focusedField?.takesText != true { commit(inputs) }
        // Keys that mean nothing to the form are the shell's: digits go to screens from buttons and toggles.
        return taken || focusKind == .text ? [] : nil
    }

    private func pressButton(_ inputs: ScreenInputs) -> [Intent] {
        switch form?.focusedButton {
        case 0:
            commit(inputs)
            return errors.isEmpty ? [.message("preview is being computed")] : showErrors()
        case 1: return store(inputs)
        default: return [.draft("draft.trigger.\(asset)", nil), .pop, .message("the draft is gone; nothing was stored")]
        }
    }

    private func showErrors() -> [Intent] {
        form?.show(errors: errors)
        return [.message(errors.values.first ?? "not valid")]
    }

    private func leave() -> [Intent] {
        guard let form, form.isChanged else { return [.draft("draft.trigger.\(asset)", nil), .pop] }
        return [.draft("draft.trigger.\(asset)", Drafts.text(form)), .pop, .message("the draft is kept")]
    }

    private func store(_ inputs: ScreenInputs) -> [Intent] {
        commit(inputs)
        guard errors.isEmpty, let draft else { return showErrors() }
        if inputs.isReadOnly { return [.message("the console is read-only: nothing is stored")] }
        return [.draft("draft.trigger.\(asset)", nil), .pop] + Storing.intents(draft)
    }

    private func explain(_ inputs: ScreenInputs) -> [Intent] {
        commit(inputs)
        guard errors.isEmpty, let draft else { return showErrors() }
        return [.push(ExplainScreen(draft: draft, title: "draft for \(draft.title)"))]
    }

    private func compare(_ inputs: ScreenInputs) -> [Intent] {
        commit(inputs)
        guard errors.isEmpty, let draft else { return showErrors() }
        return [.push(CompareScreen(variants: [Variant(name: "as in the form", draft: draft)]))]
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        guard var form else {
            canvas.titleRule("TRIGGER SCHEDULE", in: rect.row(0), focused: true)
            canvas.text(fieldsModel.failure?.line ?? "loading ...", x: rect.x + 1, y: rect.y + 1, role: fieldsModel.failure == nil ? .secondary : .error)
            return
        }
        if rect.width >= 120 {
            let (left, right) = rect.splitLeft(min(82, rect.width / 2))
            drawForm(&form, on: &canvas, in: left.inset(right: 1), inputs)
            canvas.divider(x: left.endX - 1, y: rect.y, height: rect.height)
            drawPreview(on: &canvas, in: right, inputs)
        } else {
            let (top, bottom) = rect.splitTop(max(8, rect.height * 3 / 5))
            drawForm(&form, on: &canvas, in: top, inputs)
            drawPreview(on: &canvas, in: bottom, inputs)
        }
        self.form = form
    }

    private func drawForm(_ form: inout FormState, on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        canvas.titleRule("TRIGGER SCHEDULE  \(name)", in: rect.row(0), focused: true)
        var body = rect.inset(left: 1, top: 1)
        if showsJSON, let draft {
            let (rest, bottom) = body.splitBottom(min(12, body.height / 2))
            canvas.titleRule("REQUEST (F4)  POST \(draft.path)", in: bottom.row(0))
            for (offset, line) in JSONValue.object(draft.message).text(.indented).split(separator: "\n").prefix(max(0, bottom.height - 1)).enumerated() {
                canvas.text(String(line), x: bottom.x + 1, y: bottom.y + 1 + offset, width: bottom.width - 1)
            }
            body = rest
        }
        FormView(labelWidth: 27, valueWidth: rect.width > 70 ? 27 : 24).draw(on: &canvas, in: body, state: &form)
    }

    private func drawPreview(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let value = previewModel.value
        var title = "PREVIEW"
        if !errors.isEmpty { title += "   fields are not valid yet" } else if previewModel.isStale { title += "   computing ..." }
        if let value, value.problem.isEmpty { title += "   cost \(NumberFormat.fixed(value.cost, decimals: 2)) \(value.currency)" }
        canvas.titleRule(title, in: rect.row(0))
        let body = rect.inset(top: 1)
        if let failure = previewModel.failure { canvas.text(failure.line, x: body.x + 1, y: body.y, width: body.width - 1, role: .error) }
        guard let value else { return }
        PreviewView(model: value).draw(on: &canvas, in: body, inputs)
    }

    func copyDetail(_ inputs: ScreenInputs) -> String? { draft.map { CurlText.post($0.path, JSONValue.object($0.message).text()) } }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        PlainPage(lines: form.map { $0.fields.map { "\($0.label): \($0.value) (\($0.note))" } } ?? ["loading"])
    }

    func back() -> [Intent]? { leave() }

    static let actions: [Action] = []
}

/// Values of a form as text, for drafts that survive a restart.
enum Drafts {
    static func text(_ form: FormState) -> String {
        JSONValue.object(JSONObject(form.fields.filter(\.isChanged).map { ($0.id, .string($0.value)) })).text()
    }

    static func read(_ text: String?) -> [String: String] {
        guard let text, let object = (try? JSONValue(parsing: text))?.objectValue else { return [:] }
        return Dictionary(uniqueKeysWithValues: object.compactMap { key, value in value.stringValue.map { (key, $0) } })
    }
}

/// Puts a draft into the queue and follows its job.
@MainActor
enum Storing {
    static func intents(_ draft: ScheduleDraft) -> [Intent] {
        [
            .follow(title: "schedule for \(draft.title)") { data in
                try data.services.schedules.trigger(draft.message, for: draft.target, as: data.caller)
            }, .open(.schedules, Place(account: draft.asset.accountID, asset: draft.asset.id)),
        ]
    }
}
