import EnergyCore
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: WallClock {
    private let time: Mutex<Instant>

    package init(_ start: Instant = Instant(seconds: 1_774_342_800)) {
        time = Mutex(start)
    }

    package var now: Instant { time.withLock { $0 } }

    /// Moves the clock on, or back if the span is negative.
    package func advance(_ span: TimeSpan) {
        time.withLock { $0 = $0 + span }
    }

    /// Sets the clock.
    package func set(_ moment: Instant) {
        time.withLock { $0 = moment }
    }
}
