import TerminalKit

/// Lines to read: details, history, a reference. Scrolls; any other key closes it.
@MainActor
package final class TextOverlay: Overlay {
    private let title: String
    private let lines: [LogLine]
    private var top = 0
    private var page = 1

    package init(title: String, lines: [String]) {
        self.title = title
        self.lines = lines.map { LogLine($0) }
    }

    package var hints: [KeyHint] {
        [KeyHint(keys: "j/k", text: "scroll"), KeyHint(keys: "y", text: "copy"), KeyHint(keys: "Esc", text: "close")]
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ situation: Situation) {
        let width = min(rect.width - 2, 100)
        let height = min(rect.height, lines.count + 2)
        let inside = DialogView(title: title, width: width, height: height).drawFrame(on: &canvas, in: rect)
        page = max(1, inside.height)
        top = max(0, min(top, lines.count - page))
        for (offset, line) in lines.dropFirst(top).prefix(page).enumerated() {
            canvas.text(line.text, x: inside.x, y: inside.y + offset, width: inside.width, role: line.role)
        }
    }

    package func handle(_ key: Key, _ situation: Situation) -> [Intent] {
        switch key {
        case .character("j"), Key(.down): top += 1
        case .character("k"), Key(.up): top -= 1
        case Key(.pageDown), .space: top += page
        case Key(.pageUp): top -= page
        case .character("g"), Key(.home): top = 0
        case .character("G"), Key(.end): top = lines.count
        case .character("y"): return [.copy(lines.map(\.text).joined(separator: "\n"), what: title)]
        case .escape, .character("q"), .enter, .control("c"): return [.closeOverlay]
        default: break
        }
        return []
    }
}
