/// A line of text being edited. The cursor stands before a character; `count` is behind the last.
package struct TextFieldState: Hashable, Sendable {
    package private(set) var text: String
    package private(set) var cursor: Int

    package init(_ text: String = "") {
        self.text = text
        cursor = text.count
    }

    package mutating func set(_ text: String) {
        self.text = text
        cursor = text.count
    }

    /// Takes a key; false when it means nothing to a text field.
    package mutating func handle(_ key: Key) -> Bool {
        if let typed = key.typed {
            insert(typed)
            return true
        }
        switch key {
        case Key(.left), .control("b"): cursor = max(0, cursor - 1)
        case Key(.right), .control("f"): cursor = min(text.count, cursor + 1)
        case Key(.home), .control("a"): cursor = 0
        case Key(.end), .control("e"): cursor = text.count
        case Key(.backspace), .control("h"): remove(from: cursor - 1, to: cursor)
        case Key(.delete), .control("d"): remove(from: cursor, to: cursor + 1)
        case .control("u"): remove(from: 0, to: cursor)
        case .control("k"): remove(from: cursor, to: text.count)
        case .control("w"): remove(from: wordStart, to: cursor)
        default: return false
        }
        return true
    }

    /// Takes text as if it were typed: as one line, without what is no text.
    package mutating func paste(_ pasted: String) {
        let line = pasted.trimmedLine
        let before = text.count
        guard !line.isEmpty, before + line.count <= Self.longest else { return }
        text.insert(contentsOf: line, at: text.index(text.startIndex, offsetBy: cursor))
        cursor += text.count - before
    }

    /// Characters that a field takes.
    package static let longest = 100_000

    private mutating func insert(_ character: Character) {
        let before = text.count
        text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
        // A combining mark joins the character before it: the count may stay.
        cursor += text.count - before
    }

    private mutating func remove(from: Int, to: Int) {
        let low = max(0, from)
        let high = min(text.count, to)
        guard low < high else { return }
        text.removeSubrange(text.index(text.startIndex, offsetBy: low)..<text.index(text.startIndex, offsetBy: high))
        cursor = min(low, text.count)
    }

    private var wordStart: Int {
        let characters = Array(text)
        var index = cursor
        while index > 0, characters[index - 1] == " " { index -= 1 }
        while index > 0, characters[index - 1] != " " { index -= 1 }
        return index
    }

    /// The part of the text that fits into a width with the cursor in it, and the cursor's cell in that part.
    package func window(width: Int, isSecret: Bool = false) -> (text: String, cursor: Int) {
        let text = isSecret ? String(repeating: "*", count: text.count) : text
        let end = text.index(text.startIndex, offsetBy: cursor)
        var (start, used) = (end, 0)
        while start > text.startIndex {
            let before = text.index(before: start)
            let cells = TextWidth.of(String(text[before]))
            guard used + cells < max(1, width) else { break }
            used += cells
            start = before
        }
        // Of a long text no more is looked at than may be seen.
        return (TextWidth.prefix(String(text[start...].prefix(8 * max(1, width))), cells: width), used)
    }
}

extension String {
    /// In one line: breaks and tabs are blanks, other control characters are left out.
    fileprivate var trimmedLine: String {
        var line = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 9, 10, 13: line.append(" ")
            case 0..<32, 127..<160: break
            default: line.append(scalar)
            }
        }
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
