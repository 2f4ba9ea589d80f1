/// What is typed behind `/`: words that must all occur, `column:value` for one column, `!` before a word to turn it round.
package struct RowFilter: Hashable, Sendable {
    private struct Term: Hashable, Sendable {
        var column: String?
        var text: String
        var isInverted: Bool
    }

    package let text: String
    private let terms: [Term]

    package init(_ text: String) {
        self.text = text
        terms = text.split(separator: " ").compactMap { word in
            var rest = word
            let inverted = rest.hasPrefix("!")
            if inverted { rest.removeFirst() }
            var column: String?
            if let colon = rest.firstIndex(of: ":"), colon != rest.startIndex {
                column = rest[..<colon].lowercased()
                rest = rest[rest.index(after: colon)...]
            }
            return rest.isEmpty ? nil : Term(column: column, text: rest.lowercased(), isInverted: inverted)
        }
    }

    package var isEmpty: Bool { terms.isEmpty }

    /// Whether a row with these cells (column name and text) passes. A column name may be shortened.
    package func matches(_ cells: [(column: String, text: String)]) -> Bool {
        terms.allSatisfy { term in
            let found = cells.contains { cell in
                if let column = term.column, !cell.column.lowercased().hasPrefix(column) { return false }
                return cell.text.lowercased().contains(term.text)
            }
            return found != term.isInverted
        }
    }

    /// Whether a plain text passes.
    package func matches(_ text: String) -> Bool { matches([("", text)]) }
}

/// Finds commands and places by a few letters in order.
package enum FuzzyMatch {
    /// How well the letters fit, higher is better; nil when they do not occur in this order.
    package static func score(_ pattern: String, in text: String) -> Int? {
        let wanted = Array(pattern.lowercased().filter { $0 != " " })
        let letters = Array(text.lowercased())
        guard !wanted.isEmpty else { return 0 }
        var score = 0
        var next = 0
        var last = -2
        for (index, letter) in letters.enumerated() where next < wanted.count && letter == wanted[next] {
            let startsWord = index == 0 || !(letters[index - 1].isLetter || letters[index - 1].isNumber)
            score += 1 + (index == last + 1 ? 4 : 0) + (startsWord ? 6 : 0) - (next == 0 ? min(index, 8) : 0)
            last = index
            next += 1
        }
        guard next == wanted.count else { return nil }
        if text.lowercased().hasPrefix(pattern.lowercased()) { score += 12 }
        return score * 4 - letters.count
    }
}
