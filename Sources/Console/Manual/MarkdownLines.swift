import TerminalKit

/// Markdown as lines for a terminal: headings, wrapped paragraphs and lists, code and tables as they are.
enum MarkdownLines {
    static func lines(_ text: String, width: Int) -> [LogLine] {
        var writer = Writer(width: max(20, width))
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { writer.take(String(line)) }
        writer.flush()
        return writer.lines
    }

    private struct Writer {
        let width: Int
        var lines: [LogLine] = []
        private var paragraph = ""
        private var indent = 0
        private var table: [[String]] = []
        private var isInFence = false

        init(width: Int) { self.width = width }

        mutating func take(_ line: String) {
            if line.hasPrefix("```") {
                flush()
                isInFence.toggle()
            } else if isInFence || (line.hasPrefix("    ") && paragraph.isEmpty) {
                flush()
                lines.append(LogLine("  " + (isInFence ? line : String(line.dropFirst(2))), role: .strong))
            } else if line.hasPrefix("|") {
                flushParagraph()
                addRow(line)
            } else if line.trimmed.isEmpty {
                flush()
                if lines.last?.text.isEmpty == false { lines.append(LogLine("")) }
            } else if line.hasPrefix("#") {
                flush()
                lines.append(LogLine(MarkdownLines.plain(String(line.drop { $0 == "#" })).trimmed, role: .heading))
            } else {
                addText(line)
            }
        }

        private mutating func addText(_ line: String) {
            let text = line.trimmed
            let isItem =
                ["* ", "- "].contains { text.hasPrefix($0) }
                || text.prefix { $0.isNumber }.count > 0 && text.contains(". ")
            if isItem
                && (text.hasPrefix("*") || text.hasPrefix("-")
                    || text.first?.isNumber == true && text.prefix(4).contains("."))
            {
                flush()
                indent = 2
                paragraph = text
            } else {
                paragraph += paragraph.isEmpty ? text : " " + text
            }
        }

        private mutating func addRow(_ line: String) {
            let cells = line.trimmed.dropFirst().split(separator: "|", omittingEmptySubsequences: false).map {
                MarkdownLines.plain(String($0)).trimmed
            }
            let row = cells.last?.isEmpty == true ? Array(cells.dropLast()) : cells
            if row.allSatisfy({ !$0.isEmpty && $0.allSatisfy { "-: ".contains($0) } }) { return }
            table.append(row)
        }

        mutating func flush() {
            flushParagraph()
            flushTable()
        }

        private mutating func flushParagraph() {
            guard !paragraph.isEmpty else { return }
            for (index, part) in TextWidth.wrapped(MarkdownLines.plain(paragraph), to: width - indent).enumerated() {
                lines.append(LogLine((index == 0 ? "" : String(repeating: " ", count: indent)) + part))
            }
            paragraph = ""
            indent = 0
        }

        /// Columns as wide as their text, up to a third of the page; the last one gets the rest and is wrapped.
        private mutating func flushTable() {
            guard let count = table.map(\.count).max(), count > 0 else { return }
            let widths = (0..<count).map { column in
                min(width / 3, table.map { column < $0.count ? TextWidth.of($0[column]) : 0 }.max() ?? 0)
            }
            let before = widths.dropLast().reduce(0) { $0 + $1 + 2 }
            let rest = max(10, width - before)
            for (index, row) in table.enumerated() {
                let head = zip(row.dropLast(row.count == count ? 1 : 0), widths).map {
                    TextWidth.padded($0, to: $1, align: .left, ellipsis: "~") + "  "
                }.joined()
                let last = row.count == count ? row[count - 1] : ""
                let parts = last.isEmpty ? [""] : TextWidth.wrapped(last, to: rest)
                for (line, part) in parts.enumerated() {
                    let start = line == 0 ? head : String(repeating: " ", count: before)
                    lines.append(LogLine(start + part, role: index == 0 ? .columnHead : .normal))
                }
            }
            table = []
        }
    }

    /// Without the signs for bold, code and links.
    private static func plain(_ text: String) -> String {
        text.replacing(/\[([^\]]*)\]\([^)]*\)/, with: { String($0.1) }).replacing("**", with: "").replacing(
            "`", with: "")
    }
}
