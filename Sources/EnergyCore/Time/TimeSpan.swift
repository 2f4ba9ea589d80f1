/// A fixed length of elapsed time in microseconds; a day is always 86,400 seconds here.
package struct TimeSpan: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static let zero = TimeSpan(microseconds: 0)
    package static func seconds(_ n: Int64) -> TimeSpan { TimeSpan(microseconds: n * 1_000_000) }
    package static func minutes(_ n: Int64) -> TimeSpan { .seconds(n * 60) }
    package static func hours(_ n: Int64) -> TimeSpan { .seconds(n * 3600) }
    package static func days(_ n: Int64) -> TimeSpan { .seconds(n * 86_400) }

    /// The length in seconds, with its fraction.
    package var inSeconds: Double { Double(microseconds) / 1e6 }
    /// The length in hours, with its fraction.
    package var inHours: Double { Double(microseconds) / 3.6e9 }

    package static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.microseconds < b.microseconds }
    package static func + (a: TimeSpan, b: TimeSpan) -> TimeSpan {
        TimeSpan(microseconds: a.microseconds + b.microseconds)
    }
    package static func - (a: TimeSpan, b: TimeSpan) -> TimeSpan {
        TimeSpan(microseconds: a.microseconds - b.microseconds)
    }
    package static prefix func - (a: TimeSpan) -> TimeSpan { TimeSpan(microseconds: -a.microseconds) }
    package static func * (a: TimeSpan, n: Int) -> TimeSpan { TimeSpan(microseconds: a.microseconds * Int64(n)) }
}
