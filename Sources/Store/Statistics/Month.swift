import EnergyCore

/// A calendar month in UTC, counted from January of the year 0. Summaries of beliefs are kept by month, so that
/// statistics of any range look at the beliefs of two months at most, and deleting a period redoes few of them.
struct Month: Hashable, Comparable, Sendable {
    var number: Int

    init(number: Int) {
        self.number = number
    }

    init(containing second: Int64) {
        let date = CivilDate(daysSinceEpoch: Int((second - (second % 86_400 + 86_400) % 86_400) / 86_400))
        number = date.year * 12 + date.month - 1
    }

    var range: EventRange {
        EventRange(from: Month.start(number), until: Month.start(number + 1))
    }

    static func < (a: Month, b: Month) -> Bool { a.number < b.number }

    private static func start(_ number: Int) -> Int64 {
        let month = (number % 12 + 12) % 12
        let date = CivilDate(year: (number - month) / 12, month: month + 1, day: 1)
        return Int64(date.daysSinceEpoch) * 86_400
    }
}
