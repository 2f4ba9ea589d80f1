import EnergyCore
import Foundation

/// The values that every loop writes and reads.
enum Series {
    /// 2023-12-31T23:00:00Z
    static func start(_ event: Int) -> Int64 { 1_704_063_600 + Int64(event) * 900 }

    static let belief = Instant(seconds: 1_780_000_000)

    static func value(_ sensor: Int, _ event: Int) -> Double {
        Double((event &* 2_654_435_761 &+ sensor) & 0xFFFF) / 7.0
    }
}

/// Runs `body` and prints how many `items` it did per second of processor time and of the wall clock.
func measure(_ title: String, _ items: Int, _ body: () throws -> Void) rethrows {
    let before = (seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC))
    try body()
    let cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - before.0
    let wall = seconds(CLOCK_MONOTONIC) - before.1
    let rates = [cpu, wall].map { Int(Double(items) / max($0, 1e-9)).formatted }
    let each = (wall / Double(items) * 1e6).formatted(2)
    print(title.padded, "\(rates[0])/s cpu, \(rates[1])/s wall, \(each) us each")
}

private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension String {
    var padded: String { padding(toLength: 58, withPad: " ", startingAt: 0) }
}

extension Double {
    func formatted(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}

extension Int {
    /// Digits in groups of three.
    var formatted: String {
        var text = Substring(String(self))
        var groups: [Substring] = []
        while text.count > 3 {
            groups.insert(text.suffix(3), at: 0)
            text = text.dropLast(3)
        }
        return ([text] + groups).joined(separator: ",")
    }
}
