import EnergyCore
import Services
import TerminalKit

/// Covers the screen until the user is there again: by the user's password, or by a key where the operator of the
/// machine works.
@MainActor
final class LockOverlay: Overlay {
    private let caller: Caller
    private let since: Instant
    private var password = TextFieldState()
    private var problem = ""
    private var outcome: String?

    init(_ inputs: ScreenInputs) {
        caller = inputs.data.caller
        since = inputs.now
    }

    private var needsPassword: Bool { caller.userID != nil }
    var hints: [KeyHint] { [KeyHint(keys: "Enter", text: "unlock")] }
    var result: String? { outcome }

    func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        canvas.fill(rect, role: .normal)
        let inside = DialogView(title: "LOCKED", width: min(54, rect.width - 2), height: min(rect.height, 7)).drawFrame(
            on: &canvas, in: rect)
        guard inside.height >= 3 else { return }
        let format = TimeFormat(zone: situation.inputs.zone, now: situation.inputs.now)
        canvas.text(
            "since \(format.short(since)) by \(caller.name ?? "operator")", x: inside.x, y: inside.y,
            width: inside.width)
        guard needsPassword else {
            canvas.text("Enter opens", x: inside.x, y: inside.y + 2, width: inside.width, role: .strong)
            return
        }
        let x = canvas.spans([Span("password  ", .strong)], x: inside.x, y: inside.y + 2)
        let window = password.window(width: max(1, inside.endX - x - 1), isSecret: true)
        canvas.text(window.text, x: x, y: inside.y + 2)
        canvas.cursor = GridPoint(x: x + window.cursor, y: inside.y + 2)
        canvas.text(problem, x: inside.x, y: inside.endY - 1, width: inside.width, role: .error)
    }

    func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        guard key == .enter else {
            if needsPassword, password.handle(key) { problem = "" }
            return []
        }
        guard let user = caller.userID else { return [.closeOverlay, .message("unlocked")] }
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
}
