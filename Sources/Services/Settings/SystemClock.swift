import EnergyCore
import Glibc

/// The clock of the machine.
package struct SystemClock: WallClock {
    package init() {}

    package var now: Instant { Instant(microseconds: Self.microseconds(CLOCK_REALTIME)) }

    /// Since the start of the machine, with the time that it slept.
    package var uptime: TimeSpan { TimeSpan(microseconds: Self.microseconds(CLOCK_BOOTTIME)) }

    private static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
