import APIContract

/// The path and query of a request line.
struct RequestTarget: Sendable {
    /// As sent, without the query.
    let path: String
    /// The decoded segments of the path.
    let parts: [String]
    let query: QueryString

    init(_ text: String) {
        let mark = text.utf8.firstIndex(of: UInt8(ascii: "?"))
        let own = text[..<(mark ?? text.endIndex)]
        path = String(own)
        query = mark.map { QueryString(encoded: text[text.utf8.index(after: $0)...]) } ?? QueryString()
        parts = own.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map {
            PercentText.decoded($0, plusIsBlank: false)
        }
    }
}
