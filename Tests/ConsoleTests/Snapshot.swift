import Foundation
import Testing

/// Pictures as text files. They are written anew only when FLEXDECK_RECORD is set, and reviewed like code.
enum Snapshot {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Snapshots")

    static var isRecording: Bool { ProcessInfo.processInfo.environment["FLEXDECK_RECORD"]?.isEmpty == false }

    /// The names of all stored pictures.
    static var stored: Set<String> {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return Set(names.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) })
        }
    }

    static func check(_ text: String, named name: String, _ location: SourceLocation = #_sourceLocation) throws {
        if isRecording {
            try Data((mask(text) + "\n").utf8).write(to: folder.appendingPathComponent("\(name).txt"))
        } else if let problem = problem(text, named: name) {
            Issue.record("\(problem)", sourceLocation: location)
        }
    }

    /// What is wrong with a picture; nil when it is the stored one.
    static func problem(_ text: String, named name: String) -> String? {
        let file = folder.appendingPathComponent("\(name).txt")
        guard let stored = try? String(contentsOf: file, encoding: .utf8) else {
            return "there is no picture \(name); record it with FLEXDECK_RECORD=1"
        }
        let masked = mask(text) + "\n"
        return stored == masked
            ? nil : "\(name) differs (FLEXDECK_RECORD=1 records it anew):\n\(difference(stored, masked))"
    }

    /// Ids of jobs, fingerprints of tokens and sizes of stores differ from run to run.
    private static func mask(_ text: String) -> String {
        text.replacing(
            /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
        ).replacing(/\b[0-9a-f]{12}\b/, with: "xxxxxxxxxxxx").replacing(/\d[\d.]* [kM]B\b/) { size in
            String(size.output.map { $0.isNumber ? "0" : $0 })
        }
    }

    /// The rows that differ, as stored and as they are, under their numbers.
    private static func difference(_ old: String, _ new: String) -> String {
        let (before, after) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
        return (0..<max(before.count, after.count)).compactMap { row in
            let lines = [before, after].map { row < $0.count ? $0[row] : "(no such row)" }
            return lines[0] == lines[1] ? nil : "row \(row + 1)\n- |\(lines[0])|\n+ |\(lines[1])|"
        }.joined(separator: "\n")
    }
}
