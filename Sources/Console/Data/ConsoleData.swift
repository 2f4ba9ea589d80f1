import EnergyCore
import Services

/// The services as one user of the console sees them. Loading functions of screens get this and nothing else.
package struct ConsoleData: Sendable {
    package let services: FlexServices
    package var caller: Caller
    /// The moment of the request.
    package var now: Instant

    package init(services: FlexServices, caller: Caller, now: Instant) {
        self.services = services
        self.caller = caller
        self.now = now
    }
}
