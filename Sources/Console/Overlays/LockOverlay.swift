import EnergyCore
import Services
import TerminalKit

/// Covers the screen until the user is there again: by the user's password, or where nobody has signed in by a word that is
/// chosen when the screen is locked.
@MainActor
final class LockOverlay: Overlay {
    private let caller: Caller
    private let since: Instant
    private var password = TextFieldState()
    /// Whether the word is still to be chosen, and the word; it is kept nowhere else.
    private var isChoosing: Bool
    private var word = ""
    private var problem = ""
    private var outcome: String?

    init(_ inputs: ScreenInputs) {
        caller = inputs.data.caller
        since = inputs.now
        isChoosing = caller.userID == nil
    }

    private var needsPassword: Bool { caller.userID != nil || isChoosing || !word.isEmpty }
    var hints: [KeyHint] {
        isChoosing
            ? [KeyHint(keys: "Enter", text: "lock"), KeyHint(keys: "Esc", text: "do not lock")]
            : [KeyHint(keys: "Enter", text: "unlock")]
    }
    var result: String? { outcome }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        canvas.fill(rect, role: .normal)
        let inside = DialogView(
            title: isChoosing ? "LOCK" : "LOCKED", width: min(60, rect.width - 2), height: min(rect.height, 7)
        )
        .drawFrame(on: &canvas, in: rect)
        guard inside.height >= 3 else { return }
        let format = TimeFormat(zone: situation.inputs.zone, now: situation.inputs.now)
        let head =
            isChoosing
            ? "a word to unlock with; without one Enter unlocks"
            : "since \(format.short(since)) by \(caller.name ?? "operator")"
        canvas.text(head, x: inside.x, y: inside.y, width: inside.width)
        guard needsPassword else {
            canvas.text("Enter opens", x: inside.x, y: inside.y + 2, width: inside.width, role: .strong)
            return
        }
        let label = caller.userID == nil ? "word      " : "password  "
        let x = canvas.spans([Span(label, .strong)], x: inside.x, y: inside.y + 2)
        let window = password.window(width: max(1, inside.endX - x - 1), isSecret: true)
        canvas.text(window.text, x: x, y: inside.y + 2)
        canvas.cursor = GridPoint(x: x + window.cursor, y: inside.y + 2)
        canvas.text(problem, x: inside.x, y: inside.endY - 1, width: inside.width, role: .error)
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        if isChoosing, key == .escape { return [.closeOverlay, .message("not locked")] }
        guard key == .enter else {
            if needsPassword, password.handle(key) { problem = "" }
            return []
        }
        guard let user = caller.userID else { return handleWord() }
        let (data, text) = (situation.inputs.data, password.text)
        password = TextFieldState()
        situation.inputs.loader.run({
            let email = try data.records().users[user]?.email ?? ""
            _ = try data.services.access.signInInteractively(email: email, password: text, origin: .console)
        }) { [weak self] result in
            switch result {
            case .success: self?.outcome = "unlocked"
            case .failure(let error): self?.problem = ErrorText(error).line
            }
        }
        return []
    }

    func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        guard needsPassword else { return nil }
        password.paste(text)
        return []
    }

    /// Takes the word when it is chosen, and compares with it afterwards.
    private func handleWord() -> [Intent] {
        let text = password.text
        password = TextFieldState()
        if isChoosing {
            isChoosing = false
            word = text
            return []
        }
        guard text == word else {
            problem = "not the word"
            return []
        }
        return [.closeOverlay, .message("unlocked")]
    }
}
