import EnergyCore
import Synchronization

/// Slows down whoever tries many passwords for one address: after a few failures each try costs a wait, which doubles
/// up to a limit. A success clears the account of it.
final class SignInThrottle: Sendable {
    private struct Failures {
        var count = 0
        var nextTry = Instant(seconds: 0)
    }

    private static let mostAddresses = 10_000
    private let settings: ServiceSettings.Access
    private let failures = Mutex<[String: Failures]>([:])

    init(_ settings: ServiceSettings.Access) {
        self.settings = settings
    }

    /// Throws while the address has to wait.
    func check(_ email: String, now: Instant) throws(SignInError) {
        // After a clock that was set back nobody waits for longer than anybody has to.
        let wait = min(failures.withLock { ($0[email]?.nextTry ?? now) - now }, settings.longestSignInWait)
        if wait > .zero { throw .throttled(retryAfterSeconds: Int((wait.microseconds + 999_999) / 1_000_000)) }
    }

    func noteFailure(_ email: String, now: Instant) {
        failures.withLock { failures in
            if failures.count >= Self.mostAddresses { failures.removeAll() }
            var record = failures[email] ?? Failures()
            record.count += 1
            let excess = record.count - settings.freeSignInFailures
            if excess > 0 {
                let wait = TimeSpan.seconds(1 << Int64(min(excess - 1, 20)))
                record.nextTry = now + min(wait, settings.longestSignInWait)
            }
            failures[email] = record
        }
    }

    func noteSuccess(_ email: String) {
        failures.withLock { $0[email] = nil }
    }
}
