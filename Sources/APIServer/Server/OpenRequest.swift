import APIContract
import EnergyCore
import NIOHTTP1

/// A request of which the head is known: what it asks for, how much body it may bring, and what answers it.
package struct OpenRequest: Sendable {
    /// What the head led to. Behind a reference, as a request is handed on many times and a route holds much.
    indirect enum Outcome: Sendable {
        case route(Route, parameters: [String: String])
        /// An answer that needs no operation.
        case answer(APIAnswer)
    }

    let started: ContinuousClock.Instant
    let method: String
    let target: RequestTarget
    let headers: HTTPHeaders
    let remoteAddress: String?
    let token: PresentedToken?
    let outcome: Outcome
    /// Bytes that the body may have.
    let bodyLimit: Int

    /// Whether the answer goes without its body.
    var isHead: Bool { method == "HEAD" }

    /// The path as the table of operations writes it.
    var label: String {
        if case .route(let route, _) = outcome { route.path } else { "other" }
    }
}

/// An answer as it goes over the wire.
package struct Reply: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// The answer to HEAD tells the length of a body that is not sent.
    package var isHead = false
}

extension Reply {
    /// The answer to something that is no request.
    init(_ failure: APIFailure) {
        self.init(
            status: failure.status, headers: [("Content-Type", ContentType.json)],
            body: WireJSON.bytes(.object(failure.body)))
    }
}
