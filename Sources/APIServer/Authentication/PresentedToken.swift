import APIContract
import NIOHTTP1

/// The credentials that came with a request.
struct PresentedToken: Hashable, Sendable {
    let text: String

    init?(_ text: String?) {
        guard var text, !text.isEmpty else { return nil }
        if text.hasPrefix("Bearer ") || text.hasPrefix("bearer ") { text.removeFirst(7) }
        self.text = text
    }

    /// From the header, else from the query.
    init?(_ headers: HTTPHeaders, _ query: QueryString, header: String) {
        self.init(headers.first(name: header) ?? query["auth_token"])
    }
}
