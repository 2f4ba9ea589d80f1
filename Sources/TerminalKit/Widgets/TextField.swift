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
        let characters = isSecret ? Array(repeating: Character("*"), count: text.count) : Array(text)
        var start = 0
        func cells(_ range: Range<Int>) -> Int { range.reduce(0) { $0 + TextWidth.of(String(characters[$1])) } }
        while start < cursor, cells(start..<cursor) >= max(1, width) { start += 1 }
        return (TextWidth.prefix(String(characters[start...]), cells: width), cells(start..<cursor))
    }
}
