/// A line of the log pane.
package struct LogLine: Hashable, Sendable {
    package var text: String
    package var role: Role

    package init(_ text: String, role: Role = .normal) {
        self.text = text
        self.role = role
    }
}

/// The last lines of something, newest last; it follows the end until one scrolls back.
package struct LogState: Hashable, Sendable {
    package private(set) var lines: [LogLine] = []
    /// Lines above the end; zero follows.
    package private(set) var back = 0
    package let limit: Int

    package init(limit: Int = 200) {
        self.limit = limit
    }

    package mutating func append(_ line: LogLine) {
        lines.append(line)
        if lines.count > limit { lines.removeFirst(lines.count - limit) }
        if back > 0 { back = min(back + 1, lines.count) }
    }

    package mutating func move(_ step: ListMove, page: Int) {
        let most = max(0, lines.count - max(1, page))
        switch step {
        case .up: back += 1
        case .down: back -= 1
        case .pageUp: back += page
        case .pageDown: back -= page
        case .halfPageUp: back += max(1, page / 2)
        case .halfPageDown: back -= max(1, page / 2)
        case .first: back = most
        case .last: back = 0
        }
        back = max(0, min(back, most))
    }

    /// A log of those lines only that are wanted, at its end.
    package func only(_ isWanted: (LogLine) -> Bool) -> LogState {
        var result = LogState(limit: limit)
        result.lines = lines.filter(isWanted)
        return result
    }

    package var isFollowing: Bool { back == 0 }
}

/// Draws a log; a line that is too long goes on in the next row.
package struct LogView {
    package var state: LogState
    /// Cells by which the further rows of a line stand in.
    package var indent: Int

    package init(state: LogState, indent: Int = 0) {
        self.state = state
        self.indent = indent
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        canvas.clipped(to: rect) { canvas in
            for (offset, row) in rows(rect).enumerated() {
                canvas.text(row.text, x: rect.x + 1, y: rect.y + offset, role: row.role)
            }
        }
    }

    /// The last rows that there is room for.
    private func rows(_ rect: Rect) -> [LogLine] {
        let width = rect.width - 1
        guard rect.height > 0, width > 0 else { return [] }
        var rows: [LogLine] = []
        for line in state.lines.dropLast(state.back).reversed() where rows.count < rect.height {
            rows = wrapped(line, width) + rows
        }
        return rows.suffix(rect.height)
    }

    private func wrapped(_ line: LogLine, _ width: Int) -> [LogLine] {
        guard TextWidth.of(line.text) > width, width > indent + 20 else { return [line] }
        let head = TextWidth.prefix(line.text, cells: indent)
        let parts = TextWidth.wrapped(String(line.text.dropFirst(head.count)), to: width - indent)
        return parts.enumerated().map { index, part in
            LogLine((index == 0 ? head : String(repeating: " ", count: indent)) + part, role: line.role)
        }
    }
}
