import Foundation

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
