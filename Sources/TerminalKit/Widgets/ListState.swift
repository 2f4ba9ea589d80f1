/// A step in a list.
package enum ListMove: Hashable, Sendable {
    case up, down
    case pageUp, pageDown
    case halfPageUp, halfPageDown
    case first, last
}

/// Which row of a list is selected and which one stands on top.
package struct ListState: Hashable, Sendable {
    package var selected = 0
    package var top = 0

    package init(selected: Int = 0, top: Int = 0) {
        self.selected = selected
        self.top = top
    }

    /// Moves the selection; the ends do not wrap. `page` is the number of rows on the screen.
    package mutating func move(_ step: ListMove, count: Int, page: Int) {
        let length = max(1, page)
        switch step {
        case .up: selected -= 1
        case .down: selected += 1
        case .pageUp: selected -= length
        case .pageDown: selected += length
        case .halfPageUp: selected -= max(1, length / 2)
        case .halfPageDown: selected += max(1, length / 2)
        case .first: selected = 0
        case .last: selected = count - 1
        }
        fit(count: count, page: page)
    }

    /// Brings selection and top back into a list of so many rows, with the selection on the screen.
    package mutating func fit(count: Int, page: Int) {
        selected = max(0, min(selected, count - 1))
        let length = max(1, page)
        if selected < top { top = selected }
        if selected >= top + length { top = selected - length + 1 }
        top = max(0, min(top, count - length))
    }

    /// The rows on the screen.
    package func visible(count: Int, page: Int) -> Range<Int> {
        let start = max(0, min(top, count))
        return start..<max(start, min(count, start + max(0, page)))
    }
}
