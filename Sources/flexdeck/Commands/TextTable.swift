import TerminalKit

/// Rows and columns as plain text for people, or as JSON lines for scripts.
struct TextTable {
    struct Column {
        let title: String
        let isNumeric: Bool

        init(_ title: String, numeric: Bool = false) {
            self.title = title
            isNumeric = numeric
        }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells.map(Self.printable))
    }

    var text: String {
        let widths = columns.indices.map { index in
            ([columns[index].title.count] + rows.map { $0[index].count }).max() ?? 0
        }
        let lines = [columns.map(\.title)] + rows
        return lines.map { cells in
            let padded = cells.indices.map { index -> String in
                let blanks = String(repeating: " ", count: widths[index] - cells[index].count)
                return columns[index].isNumeric ? blanks + cells[index] : cells[index] + blanks
            }
            return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// Names come from anybody: nothing in them may steer a terminal.
    static func printable(_ text: String) -> String { text.printable }
}
