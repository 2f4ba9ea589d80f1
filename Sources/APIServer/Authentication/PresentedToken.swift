import APIContract
import HTTPTypes

/// The credentials that came with a request.
struct PresentedToken: Hashable, Sendable {
    let text: String

    init?(_ text: String?) {
        guard var text, !text.isEmpty else { return nil }
        if text.hasPrefix("Bearer ") || text.hasPrefix("bearer ") { text.removeFirst(7) }
        self.text = text
    }

    /// From the header, else from the query.
    init?(_ headers: HTTPFields, _ query: QueryString, header: HTTPField.Name) {
        self.init(headers[header] ?? query["auth_token"])
    }
}
