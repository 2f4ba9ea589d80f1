import Foundation
import Testing

/// Pictures as text files. They are written anew only when FLEXDECK_RECORD is set, and reviewed like code.
enum Snapshot {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots")

    static func check(_ text: String, named name: String, _ location: SourceLocation = #_sourceLocation) throws {
        let file = folder.appendingPathComponent("\(name).txt")
        let masked = mask(text) + "\n"
        if ProcessInfo.processInfo.environment["FLEXDECK_RECORD"] != nil {
            try Data(masked.utf8).write(to: file)
            return
        }
        guard let stored = try? String(contentsOf: file, encoding: .utf8) else {
            Issue.record("there is no picture \(name); record it with FLEXDECK_RECORD=1", sourceLocation: location)
            return
        }
        #expect(stored == masked, "\(name) differs:\n\(difference(stored, masked))", sourceLocation: location)
    }

    /// Ids of jobs differ from run to run.
    private static func mask(_ text: String) -> String {
        text.replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
    }

    private static func difference(_ old: String, _ new: String) -> String {
        let (before, after) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
        return zip(before, after).filter { $0 != $1 }.map { "- \($0)\n+ \($1)" }.joined(separator: "\n")
    }
}
