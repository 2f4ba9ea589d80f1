/// What a wall clock shows: a date and a time of day without a zone.
///
/// Kept as microseconds since 1970-01-01T00:00 on the same clock, so that calendar steps are integer arithmetic.
package struct LocalDateTime: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(_ date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        microseconds = seconds * 1_000_000 + Int64(microsecond)
    }

    package var date: CivilDate {
        CivilDate(daysSinceEpoch: Int(floorDivide(microseconds, TimeSpan.days(1).microseconds)))
    }

    /// 0 ..< 86,400,000,000
    package var microsecondOfDay: Int64 { floorModulo(microseconds, TimeSpan.days(1).microseconds) }
    package var hour: Int { Int(microsecondOfDay / 3_600_000_000) }
    package var minute: Int { Int(microsecondOfDay / 60_000_000) % 60 }
    package var second: Int { Int(microsecondOfDay / 1_000_000) % 60 }
    package var microsecond: Int { Int(microsecondOfDay % 1_000_000) }

    package func adding(days: Int) -> LocalDateTime {
        LocalDateTime(microseconds: microseconds + Int64(days) * TimeSpan.days(1).microseconds)
    }

    /// The same time of day that many months later; the last day of the month where that day does not exist.
    package func adding(months: Int) -> LocalDateTime {
        let moved = date.adding(months: months).daysSinceEpoch - date.daysSinceEpoch
        return adding(days: moved)
    }

    package static func + (a: LocalDateTime, b: TimeSpan) -> LocalDateTime {
        LocalDateTime(microseconds: a.microseconds + b.microseconds)
    }
    package static func - (a: LocalDateTime, b: LocalDateTime) -> TimeSpan {
        TimeSpan(microseconds: a.microseconds - b.microseconds)
    }
    package static func < (a: LocalDateTime, b: LocalDateTime) -> Bool { a.microseconds < b.microseconds }
}
