import EnergyCore
import TerminalKit

/// The question before something is destroyed. Cancel has the focus, Enter cancels; where a name is asked for, only the
/// typed name sets the other button free. Keys of the first 300 ms are ignored: they were meant for something else.
@MainActor
package final class ConfirmOverlay: Overlay {
    private let title: String
    private let lines: [String]
    private let word: String
    private var name: String?
    private let confirmed: @MainActor () -> [Intent]
    private var field = TextFieldState()
    private var onConfirm = false
    private var openedAt: Instant?
    private static let patience = TimeSpan(microseconds: 300_000)

    /// `name` must be typed before `word` can be chosen; nil asks only for the button.
    package init(
        title: String, lines: [String], word: String, name: String? = nil,
        confirmed: @escaping @MainActor () -> [Intent]
    ) {
        self.title = title
        self.lines = lines
        self.word = word
        self.name = name
        self.confirmed = confirmed
    }

    private var isFree: Bool { name.map { $0 == field.text } ?? true }

    package var hints: [KeyHint] {
        [
            KeyHint(keys: "Tab", text: "other button"), KeyHint(keys: "Enter", text: "choose"),
            KeyHint(keys: "Esc", text: "cancel"),
        ]
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let width = min(72, max(40, rect.width - 8))
        let wrapped = lines.flatMap { $0.isEmpty ? [""] : TextWidth.wrapped($0, to: width - 4) }
        let height = wrapped.count + (name == nil ? 4 : 6)
        let inside = DialogView(title: title, width: width, height: height).drawFrame(on: &canvas, in: rect)
        var y = inside.y
        for line in wrapped {
            canvas.text(line, x: inside.x, y: y, width: inside.width)
            y += 1
        }
        y += 1
        canvas.clipped(to: inside) { canvas in
            if name != nil {
                let x = canvas.spans([Span("Type the name to go on:  ", .normal)], x: inside.x, y: y)
                canvas.text(field.text, x: x, y: y, role: .field)
                canvas.cursor = GridPoint(x: min(x + TextWidth.of(field.text), inside.endX), y: y)
                y += 2
            }
            let x = canvas.spans([Span("[ Cancel ]", onConfirm ? .button : .buttonFocused)], x: inside.x, y: y)
            let note = isFree ? "" : "  (enabled when the name matches)"
            canvas.spans(
                [
                    Span("[ \(word) ]", !isFree ? .disabled : onConfirm ? .buttonFocused : .button),
                    Span(note, .secondary),
                ],
                x: x + 3, y: y)
        }
    }

    package func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        let now = situation.inputs.now
        if let openedAt, now - openedAt < Self.patience, now >= openedAt, key != .escape { return [] }
        switch key {
        case .escape, .control("c"): return [.closeOverlay, .message("nothing was changed")]
        case .enter:
            guard onConfirm, isFree else { return [.closeOverlay, .message("nothing was changed")] }
            return [.closeOverlay] + confirmed()
        case .tab, .backTab, Key(.left), Key(.right): onConfirm = isFree && !onConfirm
        default:
            guard name != nil else { return [] }
            _ = field.handle(key)
            onConfirm = false
        }
        return []
    }

    package func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        guard name != nil else { return nil }
        field.paste(text)
        onConfirm = false
        return []
    }

    /// Starts the time in which keys are ignored. Whoever wants no typing of names is asked for the button only.
    package func open(at moment: Instant, asksForName: Bool = true) {
        openedAt = moment
        if !asksForName { name = nil }
    }
}
