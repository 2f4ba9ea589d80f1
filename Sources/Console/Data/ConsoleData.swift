import EnergyCore
import Services

/// The services as one user of the console sees them. Loading functions of screens get this and nothing else.
package struct ConsoleData: Sendable {
    package let services: FlexServices
    package var caller: Caller
    /// The moment of the request.
    package var now: Instant
    /// What the alarm board has found, for all who show it.
    package let alarms: AlarmCache
    /// How readings are written.
    package var readings = Readings()

    package init(services: FlexServices, caller: Caller, now: Instant, alarms: AlarmCache = AlarmCache()) {
        self.services = services
        self.caller = caller
        self.now = now
        self.alarms = alarms
    }
}
