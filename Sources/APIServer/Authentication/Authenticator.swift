import APIContract
import EnergyCore
import Services
import Synchronization

/// Turns tokens into callers.
struct Authenticator: Sendable {
    let services: FlexServices

    /// Throws if the token is unknown, expired or revoked, or its user inactive.
    func caller(for token: PresentedToken) throws -> Caller {
        try services.access.authenticate(token: token.text, origin: .api)
    }
}
