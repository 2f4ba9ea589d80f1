import EnergyCore
import Synchronization

/// The belief times of what is recorded without one. What comes later is believed later, also while a clock
/// is set back a little, as daemons that keep the time do.
///
/// After a large step back the clock counts as it is: to wait for the wrong time to come again would date everything
/// wrongly until then.
package final class BeliefStamps: Sendable {
    private static let largestCorrection = TimeSpan.minutes(1)

    private let clock: any WallClock
    private let last = Mutex(Instant(microseconds: .min / 2))

    init(_ clock: any WallClock) {
        self.clock = clock
    }

    /// The belief time of what is recorded now.
    package var now: Instant {
        let now = clock.now
        return last.withLock { last in
            let isSetBack = now < last && last - now <= Self.largestCorrection
            last = isSetBack ? last + TimeSpan(microseconds: 1) : now
            return last
        }
    }
}
