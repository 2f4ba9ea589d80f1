import EnergyCore
import Foundation
import TerminalCurses

/// A JSON object that the user changes in an editor before a command goes on.
struct EditedJSON {
    /// What the object is about; part of the file's name, which editors show.
    private let title: String

    init(_ title: String) {
        self.title = title
    }

    /// Opens the object in the editor of `VISUAL` or `EDITOR` and reads back what was saved.
    func edited(_ object: JSONObject) throws -> JSONObject {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("flexdeck-\(title)-\(ProcessInfo.processInfo.processIdentifier).json")
        try Data((JSONValue.object(object).text(.indented) + "\n").utf8).write(to: file, options: .withoutOverwriting)
        defer { try? FileManager.default.removeItem(at: file) }
        let command = Self.editor(ProcessInfo.processInfo.environment)
        let status = ExternalProgram.runAndWait(command + [file.path])
        guard status == 0 else {
            throw CommandFailure(
                "The editor '\(command.joined(separator: " "))' ended with \(status); nothing was done.")
        }
        guard let saved = try JSONValue(parsing: [UInt8](try Data(contentsOf: file))).objectValue else {
            throw CommandFailure("What was saved is no JSON object; nothing was done.")
        }
        return saved
    }

    private static func editor(_ environment: [String: String]) -> [String] {
        let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return (named ?? "vi").split(separator: " ").map(String.init)
    }
}
