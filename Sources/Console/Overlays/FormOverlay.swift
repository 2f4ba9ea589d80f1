import EnergyCore
import TerminalKit

/// A form in a box: fields, notes, buttons. Submitting runs work and shows its field errors in place.
@MainActor
package final class FormOverlay: Overlay {
    private let title: String
    package var form: FormState
    private let intro: [String]
    private let labelWidth: Int
    /// Called by Ctrl-S or the first button: intents, or errors per field.
    private let submit: @MainActor (FormState, FormOverlay) -> [Intent]
    private let left: @MainActor (FormState) -> [Intent]
    /// Called after every change, for notes that follow what was chosen.
    var adjust: @MainActor (inout FormState) -> Void = { _ in }
    private var message: String?
    private var isWorking = false
    private var outcome: String?
    private var following: [Intent] = []

    package init(
        title: String, fields: [FormField], intro: [String] = [], button: String, labelWidth: Int = 18,
        left: @escaping @MainActor (FormState) -> [Intent] = { _ in [] },
        submit: @escaping @MainActor (FormState, FormOverlay) -> [Intent]
    ) {
        self.title = title
        self.intro = intro
        self.labelWidth = labelWidth
        self.submit = submit
        self.left = left
        form = FormState(fields: fields, buttons: ["\(button)  Ctrl-S", "Cancel  Esc"])
    }

    package var hints: [KeyHint] {
        [
            KeyHint(keys: "Tab", text: "next field"), KeyHint(keys: "Ctrl-S", text: "submit"),
            KeyHint(keys: "Esc", text: "cancel"),
        ]
    }

    /// Called when work for the form starts: until its end the form cannot be submitted again.
    package func begin(_ title: String) {
        isWorking = true
        message = "\(title) ..."
    }

    /// Shows what is wrong; the cursor jumps to the first wrong field.
    package func show(_ error: any Error) {
        isWorking = false
        if let errors = error as? FieldErrors {
            let texts = errors.byField
            form.show(errors: texts)
            let placed = Set(form.fields.map(\.id))
            message = texts.first { !placed.contains($0.key) }.map { "\($0.key): \($0.value)" }
        } else {
            message = ErrorText(error).line
        }
    }

    /// Called when the work of the form is done: the form goes away with the next look at it.
    package func finish(_ text: String, then intents: [Intent] = []) {
        outcome = text
        following = intents
    }

    package var result: String? { outcome }
    package var resultIntents: [Intent] { following }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let width = min(76, rect.width - 2)
        let view = FormView(labelWidth: labelWidth, valueWidth: 30)
        let wrapped = intro.flatMap { TextWidth.wrapped($0, to: width - 4) }
        let said = message.map { TextWidth.wrapped($0, to: width - 4) } ?? []
        let wanted =
            wrapped.count + (wrapped.isEmpty ? 0 : 1) + view.height(of: form, width: width - 4) + said.count + 2
        let inside = DialogView(title: title, width: width, height: min(rect.height, wanted)).drawFrame(
            on: &canvas, in: rect)
        var body = inside
        for line in wrapped {
            canvas.text(line, x: body.x, y: body.y, width: body.width, role: .secondary)
            body = body.inset(top: 1)
        }
        if !wrapped.isEmpty { body = body.inset(top: 1) }
        let (rest, bottom) = body.splitBottom(min(said.count, max(1, body.height - 3)))
        for (offset, line) in said.prefix(bottom.height).enumerated() {
            canvas.text(
                line, x: bottom.x, y: bottom.y + offset, width: bottom.width, role: isWorking ? .secondary : .fieldError
            )
        }
        body = rest
        view.draw(on: &canvas, in: body, state: &form)
    }

    package func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        switch key {
        case .escape, .control("c"): return leave()
        case .control("s"): return isWorking ? [] : submit(form, self)
        case .enter where form.focusedButton == 0: return isWorking ? [] : submit(form, self)
        case .enter where form.focusedButton == 1: return leave()
        default:
            if form.handle(key) { adjust(&form) }
            return []
        }
    }

    package func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        guard form.paste(text) else { return nil }
        adjust(&form)
        return []
    }

    private func leave() -> [Intent] {
        let isUnderWay = isWorking ? message.map { "\($0) it goes on without the form" } : nil
        return [.closeOverlay] + left(form) + (isUnderWay.map { [.message($0)] } ?? [])
    }
}
