import TerminalKit

/// What the message line says.
struct Message: Hashable, Sendable {
    var text = ""
    var role = Role.message
    /// Whether the log has it too.
    var isLogged = false

    private static let more = "  (L shows all)"

    /// As much as there is room for. What is in the log is cut behind a sentence, so that what is left makes sense.
    func text(width: Int) -> String {
        guard isLogged, TextWidth.of(text) > width else { return text }
        let room = width - Self.more.count
        var end: String.Index?
        for index in text.indices where ".;".contains(text[index]) {
            let next = text.index(after: index)
            guard next < text.endIndex, text[next] == " " else { continue }
            if TextWidth.of(String(text[...index])) > room { break }
            end = text[index] == "." ? next : index
        }
        return end.map { text[..<$0] + Self.more } ?? text
    }
}
