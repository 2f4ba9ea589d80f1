import APIContract
import EnergyCore

/// A request with its whole body, before anybody signed in.
struct IncomingRequest: Sendable {
    let target: RequestTarget
    let contentType: String
    /// Host and port as sent.
    let authority: String
    let body: [UInt8]
    let token: PresentedToken?
    let clientVersion: String?
    let remoteAddress: String?

    /// Host without port.
    var host: String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return String(authority[...end]) }
        return String(authority.prefix { $0 != ":" })
    }
}
