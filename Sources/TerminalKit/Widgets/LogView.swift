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

/// Draws a log.
package struct LogView {
    package var state: LogState

    package init(state: LogState) {
        self.state = state
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        let end = max(0, state.lines.count - state.back)
        let start = max(0, end - rect.height)
        canvas.clipped(to: rect) { canvas in
            for (offset, line) in state.lines[start..<end].enumerated() {
                canvas.text(line.text, x: rect.x + 1, y: rect.y + offset, role: line.role)
            }
        }
    }
}
