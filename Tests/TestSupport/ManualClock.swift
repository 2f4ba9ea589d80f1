import EnergyCore
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: WallClock {
    private let time: Mutex<Instant>
    private let elapsed = Mutex(TimeSpan.zero)

    package init(_ start: Instant = Instant(seconds: 1_774_342_800)) {
        time = Mutex(start)
    }

    package var now: Instant { time.withLock { $0 } }
    package var uptime: TimeSpan { elapsed.withLock { $0 } }

    /// Lets time go by; a negative span sets the clock back.
    package func advance(_ span: TimeSpan) {
        time.withLock { $0 = $0 + span }
        elapsed.withLock { $0 = $0 + max(span, .zero) }
    }

    /// Lets time go by until a moment, or sets the clock back to it.
    package func set(_ moment: Instant) { advance(moment - now) }

    /// Somebody sets the clock ahead or back; no time goes by.
    package func jump(by span: TimeSpan) {
        time.withLock { $0 = $0 + span }
    }
}
