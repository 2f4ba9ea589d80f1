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
    /// What the request on the screen was refused for.
    private var shownRefusals: [String: String] = [:]
    /// What the form was filled for.
    private var filled: TriggerQuery?
    private var showsJSON = false
    private var name = ""
    /// The field that was left for the preview.
    private var fieldBefore: String?
    private static let wideColumns = 120
    /// Values to lay over the stored ones, from an earlier request.
    private let prefill: [String: String]

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
            KeyHint(keys: "Tab", text: "next field"), KeyHint(keys: "Ctrl-S", text: "preview"),
            KeyHint(keys: "F6", text: "store"),
        ] + (pricesEnd == nil ? [] : [KeyHint(keys: "F9", text: "end with the prices")]) + [
            KeyHint(keys: "F4", text: "JSON"), KeyHint(keys: "F5", text: "explain"),
            KeyHint(keys: "F7", text: "compare"),
            KeyHint(keys: "F3", text: "sensor"), KeyHint(keys: "F8", text: "curl"),
            KeyHint(keys: "Esc", text: "back, keeps the draft"),
        ]
    }

    func update(_ inputs: ScreenInputs) {
        let query = TriggerQuery(asset: asset, belief: inputs.belief, zone: inputs.zone)
        if query != filled { fieldsModel.ask(query, inputs) }
        if query != filled, fieldsModel.answered == query, let loaded = fieldsModel.value {
            fill(loaded, inputs)
            filled = query
        }
        guard let draft, committed != nil else { return }
        previewModel.ask(PreviewQuery(draft: draft, zone: inputs.zone), inputs)
        showRefusals()
    }

    /// Puts what the preview's request was refused for under the fields that it is about.
    private func showRefusals() {
        guard !previewModel.isStale, let refusals = previewModel.value?.refusals, refusals != shownRefusals
        else { return }
        shownRefusals = refusals
        showFieldErrors()
    }

    private func showFieldErrors() {
        guard let form else { return }
        let refused = TriggerMessage.fields(of: shownRefusals, in: form)
        for index in form.fields.indices {
            let id = form.fields[index].id
            self.form?.fields[index].error = errors[id] ?? refused[id]
        }
    }

    private func fill(_ loaded: TriggerFields, _ inputs: ScreenInputs) {
        var made = FormState(fields: loaded.fields, buttons: ["Preview", "Store", "Discard"])
        var kept = Drafts.read(inputs.drafts["draft.trigger.\(asset)"]).merging(prefill) { $1 }
        if let form {
            // Another belief time: what was typed stays, what was read is read anew.
            kept = Dictionary(form.fields.filter(\.isChanged).map { ($0.id, $0.value) }) { $1 }
        }
        for index in made.fields.indices {
            if let value = kept[made.fields[index].id] { made.fields[index].value = value }
        }
        if let field = form?.focusedField {
            made.focus(on: field.id)
        } else if let button = form?.focusedButton {
            made.focus(button: button)
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
        defer { showFieldErrors() }
        guard errors.isEmpty, message != committed else { return }
        committed = message
        shownRefusals = [:]
        draft?.message = message
    }

    func type(_ key: Key, _ inputs: ScreenInputs) -> [Intent]? {
        guard form != nil else { return nil }
        switch key {
        case .enter where form?.focusedButton != nil: return pressButton(inputs)
        case .escape: return leave()
        case .control("c"), .control("s"): return nil
        case let key where key.isFunction: return nil
        default: break
        }
        let before = form?.focus
        let taken = form?.handle(key) ?? false
        if form?.focus != before || form?.focusedField?.takesText != true { commit(inputs) }
        // Keys that mean nothing to the form are the shell's: digits go to screens from buttons and toggles.
        return taken || focusKind == .text ? [] : nil
    }

    func paste(_ text: String, _ inputs: ScreenInputs) -> [Intent]? {
        form?.paste(text) == true ? [] : nil
    }

    private func pressButton(_ inputs: ScreenInputs) -> [Intent] {
        switch form?.focusedButton {
        case 0:
            commit(inputs)
            return errors.isEmpty ? [] : showErrors()
        case 1: return store(inputs)
        default:
            return [.draft("draft.trigger.\(asset)", nil), .pop, .message("the draft is gone; nothing was stored")]
        }
    }

    /// Takes the fields over. The title of the preview says that it is being computed, and nothing is left to say
    /// after. In a narrow window the preview then gets the form's room, until the next time.
    func preview(_ inputs: ScreenInputs) -> [Intent] {
        commit(inputs)
        guard errors.isEmpty else { return showErrors() }
        guard inputs.body.columns < Self.wideColumns, let form else { return [] }
        if let field = form.focusedField {
            fieldBefore = field.id
            self.form?.focus(button: 0)
        } else if let fieldBefore {
            self.form?.focus(on: fieldBefore)
        }
        return []
    }

    private func showErrors() -> [Intent] {
        form?.show(errors: errors)
        return [.message(errors.values.first ?? "not valid")]
    }

    private func leave() -> [Intent] {
        guard let form, form.isChanged else { return [.draft("draft.trigger.\(asset)", nil), .pop] }
        return [.draft("draft.trigger.\(asset)", Drafts.text(form)), .pop, .message("the draft is kept")]
    }

    func store(_ inputs: ScreenInputs) -> [Intent] {
        commit(inputs)
        guard errors.isEmpty, let draft else { return showErrors() }
        return Storing.intents(draft, forgetting: "draft.trigger.\(asset)")
    }

    func explain(_ inputs: ScreenInputs) -> [Intent] {
        commit(inputs)
        guard errors.isEmpty, let draft else { return showErrors() }
        return [.push(ExplainScreen(draft: draft, title: "draft for \(draft.title)"))]
    }

    func compare(_ inputs: ScreenInputs) -> [Intent] {
        commit(inputs)
        guard errors.isEmpty, let draft else { return showErrors() }
        return [.push(CompareScreen(variants: [Variant(name: "as in the form", draft: draft)]))]
    }

    func toggleJSON() { showsJSON.toggle() }

    /// Lets the schedule end where the known prices do.
    func shorten(_ inputs: ScreenInputs) -> [Intent] {
        guard let end = pricesEnd,
            let start = MomentText.parse(form?.value("start") ?? "", now: inputs.now, zone: inputs.zone), end > start
        else { return [] }
        form?["duration"]?.value = TriggerMessage.text(end - start)
        commit(inputs)
        return [.message("the schedule ends with the known prices")]
    }

    /// Puts a sensor into the field with the focus.
    func pickSensor(_ inputs: ScreenInputs) -> [Intent] {
        guard let field = form?.focusedField, field.takesText else {
            return [.message("go to a field first; a sensor can stand for its value")]
        }
        guard field.id.contains(" ") else {
            return [.message("\(field.label.trimmed) takes no sensor; go to a flex field")]
        }
        return [
            .overlay(
                SensorPicker(field: field.label.trimmed, inputs) { [weak self] sensor in
                    guard let self else { return [] }
                    self.form?[field.id]?.value = "sensor \(sensor.id)"
                    self.commit(inputs)
                    return []
                })
        ]
    }

    var hasForm: Bool { form != nil }
    /// Whether a field has the focus.
    func isOn(_ id: String) -> Bool { form?.focusedField?.id == id }
    /// Where the known prices end before the schedule does.
    var pricesEnd: Instant? { previewModel.value?.pricesEnd }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        inputs.body.columns < Self.wideColumns
            ? "nothing is stored until F6; Ctrl-S goes to the preview and back"
            : "nothing is stored until F6; Ctrl-S computes the preview again"
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        guard var form else {
            canvas.titleRule("TRIGGER SCHEDULE", in: rect.row(0), focused: true)
            let role: Role = fieldsModel.failure == nil ? .secondary : .error
            canvas.text(fieldsModel.failure?.line ?? "loading ...", x: rect.x + 1, y: rect.y + 1, role: role)
            return
        }
        if rect.width >= Self.wideColumns {
            let (left, right) = rect.splitLeft(min(80, rect.width * 11 / 20))
            drawForm(&form, on: &canvas, in: left.inset(right: 1), inputs)
            canvas.divider(x: left.endX - 1, y: rect.y, height: rect.height)
            drawPreview(on: &canvas, in: right, inputs)
        } else {
            // Whoever has come to the buttons is done with the fields and wants to see what comes of them.
            let isAtButtons = form.focusedButton != nil
            let (top, bottom) = rect.splitTop(isAtButtons ? 6 : max(8, rect.height * 3 / 5))
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
            for (offset, line) in JSONValue.object(draft.message).text(.indented).split(separator: "\n").prefix(
                max(0, bottom.height - 1)
            ).enumerated() {
                canvas.text(String(line), x: bottom.x + 1, y: bottom.y + 1 + offset, width: bottom.width - 1)
            }
            body = rest
        }
        body = drawChecks(on: &canvas, in: body)
        FormView(labelWidth: rect.width > 70 ? 27 : 25, valueWidth: rect.width > 70 ? 25 : 18).draw(
            on: &canvas, in: body, state: &form)
    }

    /// What to know before storing, below the form; returns what is left above. Where room is short, warnings only.
    private func drawChecks(on canvas: inout Canvas, in rect: Rect) -> Rect {
        guard let value = previewModel.value, value.problem.isEmpty, errors.isEmpty, rect.height >= 8 else {
            return rect
        }
        let isRoomy = rect.height >= 20
        let checks =
            isRoomy ? Array(value.checks.prefix(6)) : Array(value.checks.filter { $0.level == .warning }.prefix(2))
        guard !checks.isEmpty else { return rect }
        let (rest, bottom) = rect.splitBottom(checks.count + (isRoomy ? 1 : 0))
        if isRoomy { canvas.titleRule("CHECKS", in: bottom.row(0)) }
        for (offset, check) in checks.enumerated() {
            let y = bottom.y + offset + (isRoomy ? 1 : 0)
            let role: Role = check.level == .warning ? .warning : .secondary
            let word = TextWidth.padded(check.level.rawValue, to: 5, align: .left, ellipsis: "~")
            canvas.spans(
                [Span(word, role), Span(check.text, check.level == .warning ? .normal : .secondary)], x: bottom.x, y: y,
                width: bottom.width)
        }
        return rest
    }

    private func drawPreview(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let value = previewModel.value
        var title = "PREVIEW"
        if !errors.isEmpty {
            title += "   fields are not valid yet"
        } else if previewModel.isStale {
            title += "   computing ..."
        }
        if let value, value.problem.isEmpty { title += Self.summary(value) }
        canvas.titleRule(title, in: rect.row(0))
        let body = rect.inset(top: 1)
        if let failure = previewModel.failure {
            canvas.text(failure.line, x: body.x + 1, y: body.y, width: body.width - 1, role: .error)
        }
        guard let value else { return }
        PreviewView(model: value).draw(on: &canvas, in: body, inputs)
    }

    /// `cost 231.60 EUR   idle 412.90   saves 181.30`
    private static func summary(_ value: PreviewModel) -> String {
        let text = "   cost \(NumberFormat.fixed(value.cost, decimals: 2)) \(value.currency)"
        guard let idle = value.lines.first?.idle else { return text }
        let gain = idle - value.cost
        return text
            + "   idle \(NumberFormat.fixed(idle, decimals: 2))   \(gain >= 0 ? "saves" : "costs") "
            + "\(NumberFormat.fixed(abs(gain), decimals: 2))"
    }

    func copyDetail(_ inputs: ScreenInputs) -> String? {
        draft.map { CurlText.post($0.path, JSONValue.object($0.message).text()) }
    }

    func plain(_ inputs: ScreenInputs) -> PlainPage {
        PlainPage(lines: form.map { $0.fields.map { "\($0.label): \($0.value) (\($0.note))" } } ?? ["loading"])
    }

    func back() -> [Intent]? { leave() }

    static let actions: [Action] = TriggerActions.all
}
