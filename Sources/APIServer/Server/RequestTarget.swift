import APIContract

/// The path and query of a request line.
struct RequestTarget: Sendable {
    /// As sent, without the query.
    let path: String
    /// The decoded segments of the path.
    let parts: [String]
    let query: QueryString

    init(_ text: String) {
        let mark = text.firstIndex(of: "?")
        path = String(text[..<(mark ?? text.endIndex)])
        query = mark.map { QueryString(encoded: text[text.index(after: $0)...]) } ?? QueryString()
        parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            PercentText.decoded($0.utf8, plusIsBlank: false)
        }
    }
}
