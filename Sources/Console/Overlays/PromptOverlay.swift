import TerminalKit

/// A question on the message line, answered with a line of text: filter, date, command, note.
@MainActor
package final class PromptOverlay: Overlay {
    private let label: String
    private var field: TextFieldState
    /// Called with every change, so that a filter works while it is typed.
    private let changed: @MainActor (String) -> [Intent]
    private let finished: @MainActor (String) -> [Intent]
    private let cancelled: @MainActor () -> [Intent]

    package init(
        label: String, text: String = "", changed: @escaping @MainActor (String) -> [Intent] = { _ in [] },
        cancelled: @escaping @MainActor () -> [Intent] = { [] }, finished: @escaping @MainActor (String) -> [Intent]
    ) {
        self.label = label
        field = TextFieldState(text)
        self.changed = changed
        self.finished = finished
        self.cancelled = cancelled
    }

    package var isLine: Bool { true }
    package var hints: [KeyHint] { [KeyHint(keys: "Enter", text: "take"), KeyHint(keys: "Esc", text: "leave")] }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        canvas.fill(rect)
        let start = canvas.spans([Span(label + " ", .strong)], x: rect.x, y: rect.y)
        let window = field.window(width: max(1, rect.endX - start - 1))
        canvas.text(window.text, x: start, y: rect.y)
        canvas.cursor = GridPoint(x: min(start + window.cursor, max(0, rect.endX - 1)), y: rect.y)
    }

    package func paste(_ text: String, _ situation: Situation) -> [Intent]? {
        field.paste(text)
        return changed(field.text)
    }

    package func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        switch key {
        case .enter: return [.closeOverlay] + finished(field.text)
        case .escape, .control("c"): return [.closeOverlay] + cancelled()
        default:
            let before = field.text
            return field.handle(key) && field.text != before ? changed(field.text) : []
        }
    }
}
