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
    package func matches(_ cells: some Sequence<(column: String, text: String)>) -> Bool {
        terms.allSatisfy { term in
            let found = cells.contains { cell in
                if let column = term.column, !cell.column.lowercased().hasPrefix(column) { return false }
                return Self.contains(cell.text, term.text)
            }
            return found != term.isInverted
        }
    }

    /// Whether a text holds a lower-case one, whatever its own case. Thousands of rows are asked with every letter typed, so
    /// that plain ASCII is compared where it lies.
    private static func contains(_ text: String, _ wanted: String) -> Bool {
        let inPlace: Bool?? = text.utf8.withContiguousStorageIfAvailable { text in
            wanted.utf8.withContiguousStorageIfAvailable { wanted in contains(text, wanted) } ?? nil
        }
        if let found = inPlace ?? nil { return found }
        return text.lowercased().contains(wanted)
    }

    /// nil when something beyond ASCII has to be lowered.
    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool? {
        if text.contains(where: { $0 >= 0x80 }) || wanted.contains(where: { $0 >= 0x80 }) { return nil }
        guard text.count >= wanted.count else { return false }
        for start in 0...(text.count - wanted.count) {
            var length = 0
            while length < wanted.count, lowered(text[start + length]) == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// Whether a plain text passes.
    package func matches(_ text: String) -> Bool { matches(CollectionOfOne((column: "", text: text))) }
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
