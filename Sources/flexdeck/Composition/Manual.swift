import EnergyCore
import Foundation

/// The user manual: one Markdown page a topic, in the folder `manual` beside the program's other files.
struct Manual {
    private let folder: String?

    init() {
        folder = SharedFiles.folder("manual")
    }

    /// Names of all topics, generated ones included.
    var topics: [String] {
        let pages = (folder.map { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] } ?? [])
            .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
        return Set(pages + Self.generated.map(\.name) + ["keys"]).sorted()
    }

    /// A topic's text, or nil when there is no such topic.
    func page(_ topic: String) -> String? {
        if let generated = Self.generated.first(where: { $0.name == topic }) { return generated.text() }
        guard topics.contains(topic), let folder else { return nil }
        return try? String(contentsOfFile: "\(folder)/\(topic).md", encoding: .utf8)
    }

    /// Pages that are made from the program's own tables.
    private static let generated: [(name: String, text: @Sendable () -> String)] = [
        ("settings", { settingsPage })
    ]

    private static var settingsPage: String {
        let rows = Setting.all.map { setting in
            "| `\(setting.name)` | \(([setting.variable] + setting.aliases).map { "`\($0)`" }.joined(separator: ", ")) | \(setting.help) |"
        }
        return (["# Settings", "", "| setting | environment | meaning |", "|---|---|---|"] + rows).joined(separator: "\n") + "\n"
    }
}
