import EnergyCore
import Foundation

/// The user manual: one Markdown page a topic, in the folder `manual` beside the program's other files.
struct Manual {
    private let folder: String?

    init() {
        folder = SharedFiles.folder("manual")
    }

    /// Names of all topics.
    var topics: [String] {
        (folder.map { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] } ?? [])
            .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// A topic's text, or nil when there is no such topic.
    func page(_ topic: String) -> String? {
        guard topics.contains(topic), let folder else { return nil }
        return try? String(contentsOfFile: "\(folder)/\(topic).md", encoding: .utf8)
    }
}
