import EnergyCore
import TerminalKit

/// Asks for a file name and writes what is shown, as CSV or JSON by the name's ending.
@MainActor
enum ExportPrompt {
    static func overlay(_ table: ExportTable) -> any Overlay {
        PromptOverlay(label: "export \(table.rows.count) rows to (.csv or .json):", text: table.name + ".csv") { path in
            path.isEmpty
                ? [.message("nothing was written")] : [.write(path: path, text: ExportText.text(table, path: path))]
        }
    }
}

/// Tables as CSV and JSON.
package enum ExportText {
    package static func text(_ table: ExportTable, path: String) -> String {
        path.hasSuffix(".json") ? json(table) : csv(table)
    }

    /// Lines end with a line feed; a cell with a comma, quote or line end stands in quotes. A cell that a
    /// spreadsheet would
    /// take for a formula gets an apostrophe, unless it is a number.
    package static func csv(_ table: ExportTable) -> String {
        ([table.columns] + table.rows).map { row in row.map(cell).joined(separator: ",") }.joined(separator: "\n")
            + "\n"
    }

    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+-@".contains(first), Double(text) == nil { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    package static func json(_ table: ExportTable) -> String {
        let rows = table.rows.map { row in
            JSONValue.object(
                JSONObject(
                    zip(table.columns, row).map { name, text in
                        (name, Double(text).map { JSONValue.double($0) } ?? .string(text))
                    }))
        }
        return JSONValue.array(rows).text(.indented) + "\n"
    }
}
