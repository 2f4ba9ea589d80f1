import TerminalKit

/// A topic of the manual.
package struct ManualPage: Hashable, Sendable {
    /// Name of its file, as `:help` takes it.
    package var name: String
    package var title: String
    package var text: String

    /// The first line that holds all the words, for lists of what was found; nil when the page does not hold them.
    func hit(_ words: [String]) -> String? {
        let all = (name + " " + title + " " + text).lowercased()
        guard words.allSatisfy({ all.contains($0) }) else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        let best =
            lines.first { line in words.allSatisfy { line.lowercased().contains($0) } }
            ?? lines.first { line in words.contains { line.lowercased().contains($0) } }
        return (best ?? "").trimmed
    }
}

/// The user manual: a Markdown file a topic, in a folder that comes with the program.
package struct ManualBook: Hashable, Sendable {
    package var pages: [ManualPage]

    /// Reads all topics; a folder that is not there has none.
    package init(folder: String?) {
        guard let folder else {
            pages = []
            return
        }
        pages = TextFile.names(in: folder).filter { $0.hasSuffix(".md") }.compactMap { file in
            guard let text = (try? TextFile.read("\(folder)/\(file)")) ?? nil else { return nil }
            let first = text.split(separator: "\n").first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)) }
            let name = String(file.dropLast(3))
            return ManualPage(name: name, title: first ?? name, text: text)
        }
    }

    /// Topics that hold all words of a text, with a line that does; all of them without a text. Hits in titles come
    /// first.
    func found(_ text: String) -> [(page: ManualPage, hit: String)] {
        let words = text.lowercased().split(separator: " ").map(String.init)
        guard !words.isEmpty else { return pages.map { ($0, "") } }
        let hits = pages.compactMap { page in page.hit(words).map { (page: page, hit: $0) } }
        func isInTitle(_ page: ManualPage) -> Bool {
            words.allSatisfy { (page.title + " " + page.name).lowercased().contains($0) }
        }
        return hits.filter { isInTitle($0.page) } + hits.filter { !isInTitle($0.page) }
    }
}
