import TerminalKit

/// A line of the detail and where Enter on it leads.
struct DetailLine: Hashable, Sendable {
    var spans: [Span]
    var target = DetailTarget.none
    var isHeading = false
    /// What the line says when nothing has to be cut; empty where it says all.
    var full = ""

    init(_ spans: [Span], target: DetailTarget = .none, isHeading: Bool = false) {
        self.spans = spans
        self.target = target
        self.isHeading = isHeading
    }

    init(_ text: String, _ role: Role = .normal, target: DetailTarget = .none) {
        self.init([Span(text, role)], target: target)
    }

    static func heading(_ text: String) -> DetailLine { DetailLine([Span(text, .title)], isHeading: true) }

    var text: String { spans.map(\.text).joined() }

    /// The line in rows of at most so many cells, broken at blanks; what follows the first row stands under the text that
    /// comes after its label.
    func wrapped(to width: Int) -> [[Span]] {
        guard !isHeading, width >= 20, spans.reduce(0, { $0 + TextWidth.of($1.text) }) > width else { return [spans] }
        let indent = hangingIndent
        var rows: [[Span]] = []
        var row: [Span] = []
        var used = 0
        for word in words.flatMap({ Self.pieces($0, width: width - indent) }) {
            let length = TextWidth.of(word.text)
            let bare = word.text.drop { $0 == " " }
            if used + length > width, used > indent, length - (word.text.count - bare.count) <= width - indent {
                rows.append(row)
                row = [Span(String(repeating: " ", count: indent)), Span(String(bare), word.role)]
                used = indent + TextWidth.of(String(bare))
            } else {
                row.append(word)
                used += length
            }
        }
        return rows + [row]
    }

    /// A word that is longer than a row, such as JSON without blanks, in pieces that fit.
    private static func pieces(_ word: Span, width: Int) -> [Span] {
        guard width > 8, TextWidth.of(word.text) > width else { return [word] }
        var pieces: [Span] = []
        var piece = ""
        var used = 0
        for character in word.text {
            let cells = TextWidth.of(String(character))
            if used + cells > width, piece.contains(where: { $0 != " " }) {
                pieces.append(Span(piece, word.role))
                (piece, used) = ("", 0)
            }
            piece.append(character)
            used += cells
        }
        return pieces + [Span(piece, word.role)]
    }

    /// Where the text after a label starts: behind the first two blanks that follow something.
    private var hangingIndent: Int {
        let text = Array(text.prefix(18))
        let start = text.firstIndex { $0 != " " } ?? 0
        let gap = text.indices.dropFirst(start).first { $0 + 1 < text.count && text[$0] == " " && text[$0 + 1] == " " }
        guard let gap, let after = text.indices.dropFirst(gap).first(where: { text[$0] != " " }) else {
            return start + 2
        }
        return after
    }

    /// Words with the blanks before them.
    private var words: [Span] {
        spans.flatMap { span in
            var words: [Span] = []
            var word = ""
            for character in span.text {
                if character == " ", word.contains(where: { $0 != " " }) {
                    words.append(Span(word, span.role))
                    word = ""
                }
                word.append(character)
            }
            return words + [Span(word, span.role)]
        }
    }
}
