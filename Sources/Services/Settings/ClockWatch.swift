import EnergyCore
import Synchronization

/// Tells a clock that somebody has set from time that has gone by.
///
/// Whoever gives something up for ever because its time is over asks first how long the clock has run evenly: a clock
/// that is wrong for a while, ahead by days perhaps, must not cost anything.
package final class ClockWatch: Sendable {
    /// Corrections up to this are no jumps.
    private static let tolerance = TimeSpan.seconds(5)

    private struct State {
        /// The clock when `uptime` was zero.
        var origin: Instant
        var steadySince: TimeSpan?
    }

    private let clock: any WallClock
    private let state: Mutex<State>

    init(_ clock: any WallClock) {
        self.clock = clock
        state = Mutex(State(origin: clock.now - clock.uptime))
    }

    /// Whether the clock has run evenly for so long, as far as this process has seen. Has to be asked now and then
    /// to notice a jump.
    package func isSteady(for span: TimeSpan) -> Bool {
        let (now, uptime) = (clock.now, clock.uptime)
        return state.withLock { state in
            let origin = now - uptime
            let step = origin - state.origin
            if step > Self.tolerance || step < -Self.tolerance { state.steadySince = uptime }
            state.origin = origin
            return state.steadySince.map { uptime - $0 >= span } ?? true
        }
    }
}
