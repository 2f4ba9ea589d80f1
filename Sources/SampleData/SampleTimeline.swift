import EnergyCore

/// The regular quarter-hours that the sample covers, with the local clock of its sites.
struct SampleTimeline {
    /// First quarter-hour: Monday 2 March 2026, 00:00 in Amsterdam.
    static let start = Instant(seconds: 1_772_406_000)
    /// Where the recorded history ends when the data are taken as they are: 60 days later, with a day of 23 hours between.
    static let historyEnd = Instant(seconds: start.seconds + 60 * 86_400 - 3600)
    /// Length of all series: history, a week in which the shifted present may fall, and two days to look ahead.
    static let days = 69
    static let step = TimeSpan.minutes(15)
    static let zone = "Europe/Amsterdam"
    /// Clocks go forward on 29 March 2026, 01:00 UTC.
    static let clockChange = Instant(seconds: 1_774_746_000)

    let count = days * 96 - 4

    /// The quarter-hour's start.
    func instant(_ index: Int) -> Instant {
        Self.start + Self.step * index
    }

    /// Local hour of day with its fraction, 0 ..< 24.
    func hour(_ index: Int) -> Double {
        Double(localQuarter(index) % 96) / 4
    }

    /// Local calendar day, counted from the first one.
    func day(_ index: Int) -> Int {
        localQuarter(index) / 96
    }

    /// 0 = Monday ... 6 = Sunday.
    func weekday(_ index: Int) -> Int {
        day(index) % 7
    }

    func isWorkday(_ index: Int) -> Bool {
        weekday(index) < 5 && !Self.holidays.contains(day(index))
    }

    /// The index of the quarter-hour that starts a local day.
    func firstIndex(ofDay day: Int) -> Int {
        day * 96 - (day > Self.clockChangeDay ? 4 : 0)
    }

    private static let clockChangeDay = 27
    /// Good Friday, Easter Monday, King's Day.
    private static let holidays: Set<Int> = [32, 35, 56]

    private func localQuarter(_ index: Int) -> Int {
        instant(index) < Self.clockChange ? index : index + 4
    }
}
