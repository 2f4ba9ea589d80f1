import EnergyCore
import Glibc

/// The clock of the machine.
package struct SystemClock: WallClock {
    package init() {}

    package var now: Instant { Instant(microseconds: Self.microseconds(CLOCK_REALTIME)) }

    /// Since the start of the machine, with the time that it slept.
    package var uptime: TimeSpan { TimeSpan(microseconds: Self.microseconds(CLOCK_BOOTTIME)) }

    /// The zone that the machine is set to, as `TZ` or /etc/localtime say; nil when neither names one.
    package static var localZoneName: String? {
        if let name = getenv("TZ") { return String(cString: name).split(separator: ":").last.map(String.init) }
        guard let path = realpath("/etc/localtime", nil) else { return nil }
        defer { free(path) }
        let parts = String(cString: path).split(separator: "/")
        return parts.firstIndex(of: "zoneinfo").map { parts[($0 + 1)...].joined(separator: "/") }
    }

    private static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
