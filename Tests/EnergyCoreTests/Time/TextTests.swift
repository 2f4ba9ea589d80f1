import EnergyCore
import TestSupport
import Testing

@Suite struct TimeTextTests {
    private let moment = Instant(seconds: 1_741_603_500)

    @Test("instants print in every form of the API")
    func forms() throws {
        let amsterdam = try #require(Zone.named("Europe/Amsterdam"))
        #expect(moment.text(offset: 0) == "2025-03-10T10:45:00+00:00")
        #expect(moment.text(in: amsterdam) == "2025-03-10T11:45:00+01:00")
        #expect(moment.spacedText(in: .utc) == "2025-03-10 10:45:00+00:00")
        #expect(moment.httpText == "Mon, 10 Mar 2025 10:45:00 GMT")
        #expect(moment.utcText == "2025-03-10T10:45:00Z")
        #expect((moment + TimeSpan(microseconds: 40)).naiveText == "2025-03-10T10:45:00.000040")
        #expect(moment.text(offset: -12_600) == "2025-03-10T07:15:00-03:30")
        #expect(moment.text(offset: 7230) == "2025-03-10T12:45:30+02:00:30")
    }

    @Test(
        "years that four digits do not hold print in the long form", arguments: [-250_000, -9998, -1, 10_000, 109_999])
    func distantYears(year: Int) throws {
        let days = Int64((Double(year - 1970) * 365.2425).rounded()) + 180
        let text = Instant(seconds: days * 86_400).text(offset: 3600)
        #expect(text.hasPrefix((year < 0 ? "-" : "+") + String("00000\(abs(year))-".suffix(7))), "\(text)")
        #expect(Instant(seconds: (365 - 719_528) * 86_400).utcText == "0000-12-31T00:00:00Z")
    }

    @Test("what was printed reads back as the same", arguments: [0, 3600, -12_600, 7230])
    func roundTrip(offset: Int) throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<1000 {
            let instant = Instant(
                microseconds: Int64.random(in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &random))
            let read = try AwareDateTime(parsing: instant.text(offset: offset))
            #expect(read == AwareDateTime(instant: instant, offset: offset))
        }
    }

    @Test(
        "spans print as clocks do",
        arguments: [
            (900, "0:15:00"), (86_400, "1 day, 0:00:00"), (180_000, "2 days, 2:00:00"), (-900, "-1 day, 23:45:00"),
            (0, "0:00:00"), (36_000, "10:00:00"),
        ])
    func clock(seconds: Int64, text: String) {
        #expect(TimeSpan.seconds(seconds).clockText == text)
    }

    private static let words: [(days: Int64, seconds: Int64, text: String)] = [
        (0, 0, "a moment"), (0, 1, "a second"), (0, 59, "59 seconds"), (0, 60, "a minute"), (0, 900, "15 minutes"),
        (0, 6300, "an hour"), (0, 43_200, "12 hours"), (1, 0, "a day"), (30, 0, "30 days"), (31, 0, "a month"),
        (60, 0, "a month"), (61, 0, "2 months"), (365, 0, "a year"), (366, 0, "1 year, 1 day"),
        (367, 0, "1 year, 2 days"), (400, 0, "1 year, 1 month"), (430, 0, "1 year, 2 months"), (800, 0, "2 years"),
    ]

    @Test("short words are cut, not rounded", arguments: words)
    func shortWords(days: Int64, seconds: Int64, text: String) {
        let span = TimeSpan.days(days) + .seconds(seconds)
        #expect(span.shortWords == text)
        #expect((-span).shortWords == text)
    }

    @Test("long words name every part")
    func longWords() {
        #expect(TimeSpan.zero.longWords == "0 seconds")
        #expect(TimeSpan.minutes(105).longWords == "1 hour and 45 minutes")
        #expect(TimeSpan.hours(12).longWords == "12 hours")
        #expect((TimeSpan.days(365 + 34) + .hours(12)).longWords == "1 year, 1 month and 4 days")
        #expect(TimeSpan(microseconds: 15_994_000).longWords == "15.99 seconds")
        #expect(TimeSpan.seconds(1).longWords == "1 second")
    }

    @Test("activity reads like speech")
    func wordsAgo() throws {
        let zone = try #require(Zone.named("Europe/Amsterdam"))
        func words(_ age: TimeSpan) -> String { (moment - age).wordsAgo(now: moment, in: zone) }
        #expect(words(.zero) == "now")
        #expect(words(.seconds(6)) == "6 seconds ago")
        #expect(words(.seconds(90)) == "a minute ago")
        #expect(words(.hours(3)) == "3 hours ago")
        #expect(words(.hours(26)) == "yesterday")
        #expect(words(.days(40)) == "Jan 29")
        #expect(words(.days(300)) == "May 14 2024")
        #expect(words(.minutes(-5)) == "5 minutes from now")
    }
}

@Suite struct ISODurationTests {
    @Test("signed texts read back as the same", arguments: [DurationStyle.hours, .days])
    func roundTrip(style: DurationStyle) throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<1000 {
            let sign: Int64 = Bool.random(using: &random) ? 1 : -1
            let months = Double(Int64.random(in: 0...3, using: &random) * sign)
            let span = TimeSpan(microseconds: sign * Int64.random(in: 0...9_000_000_000_000, using: &random))
            let duration = ISODuration(years: months, months: months * 2, span: span)
            #expect(try ISODuration(parsingAnyLength: duration.text(style, signed: true)) == duration)
        }
    }

    @Test(
        "absurd lengths are refused, not wrapped around",
        arguments: ["P999999999999Y", "PT99999999999999999H", "P1e5D"])
    func absurd(text: String) {
        #expect(throws: DurationTextError.self) { try ISODuration(parsing: text) }
    }

    @Test("a broken alternative form says which half is broken")
    func alternativeForm() {
        let time = "Cannot parse P20210101T as ISO8601 duration: Unrecognised ISO 8601 time format: ''"
        #expect(throws: DurationTextError(message: time)) { try ISODuration(parsing: "P20210101T") }
        let date = "Cannot parse P1DT1X as ISO8601 duration: Unrecognised ISO 8601 date format: '1D'"
        #expect(throws: DurationTextError(message: date)) { try ISODuration(parsing: "P1DT1X") }
    }

    @Test("seconds are only read where they are wanted")
    func seconds() throws {
        #expect(throws: DurationTextError.notWholeMinutes) { try ISODuration(parsing: "PT30S") }
        #expect(try ISODuration(parsingAnyLength: "PT0.5S").span == TimeSpan(microseconds: 500_000))
    }
}

@Suite struct CivilDateTests {
    @Test("days count forth and back")
    func days() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<5000 {
            let number = Int.random(in: -700_000...2_900_000, using: &random)
            let date = CivilDate(daysSinceEpoch: number)
            #expect(date.daysSinceEpoch == number)
            #expect((1...12).contains(date.month) && (1...31).contains(date.day))
        }
        #expect(CivilDate(daysSinceEpoch: 0).description == "1970-01-01")
        #expect(CivilDate(year: 2024, month: 5, day: 1).isoWeekday == 3)
    }

    @Test("months end where they end")
    func months() {
        #expect(CivilDate(year: 2024, month: 1, day: 31).adding(months: 1).description == "2024-02-29")
        #expect(CivilDate(year: 2023, month: 12, day: 31).adding(months: -10).description == "2023-02-28")
        #expect(CivilDate(isoWeekYear: 2021, week: 53, weekday: 1) == nil)
        #expect(CivilDate(isoWeekYear: 2020, week: 53, weekday: 7)?.description == "2021-01-03")
    }
}
