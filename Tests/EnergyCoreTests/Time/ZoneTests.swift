import EnergyCore
import TestSupport
import Testing

@Suite struct ZoneTests {
    private let amsterdam = Zone.named("Europe/Amsterdam") ?? .utc

    @Test(
        "names that are no zones have none",
        arguments: ["", "Europe/Amsterdm", "../etc/passwd", "localtime", "posix/UTC", "/UTC", "UTC/"])
    func unknown(name: String) {
        #expect(Zone.named(name) == nil)
    }

    @Test("every listed zone loads")
    func listed() {
        #expect(ZoneDatabase.names.count > 300)
        #expect(ZoneDatabase.names.contains("Europe/Amsterdam"))
        #expect(ZoneDatabase.names.filter { Zone.named($0) == nil } == [])
    }

    @Test("days of clock changes have 23 and 25 hours")
    func dayLengths() throws {
        for (text, hours) in [("2024-03-31", 23), ("2024-10-27", 25), ("2024-05-01", 24)] {
            let date = try #require(CivilDate(parsing: text))
            let length = amsterdam.startOfDay(date.adding(days: 1)) - amsterdam.startOfDay(date)
            #expect(length == .hours(Int64(hours)))
        }
    }

    @Test("moving by days keeps the wall clock, moving by none keeps the instant")
    func days() throws {
        let start = try Instant(parsing: "2024-10-27T02:30:00+01:00")
        #expect(amsterdam.adding(days: 0, to: start) == start)
        #expect(amsterdam.adding(days: 1, to: start).text(in: amsterdam) == "2024-10-28T02:30:00+01:00")
        #expect(amsterdam.adding(days: -1, to: start).text(in: amsterdam) == "2024-10-26T02:30:00+02:00")
        let spring = try Instant(parsing: "2024-03-30T02:30:00+01:00")
        #expect(amsterdam.adding(days: 1, to: spring).text(in: amsterdam) == "2024-03-31T03:30:00+02:00")
    }

    @Test("rules go on for centuries")
    func farFuture() throws {
        #expect(amsterdam.offset(at: try Instant(parsing: "2399-07-01T00:00:00Z")) == 7200)
        #expect(amsterdam.offset(at: try Instant(parsing: "2999-07-01T00:00:00Z")) == 7200)
        #expect(amsterdam.offset(at: try Instant(parsing: "9999-12-31T00:00:00Z")) == 3600)
    }

    @Test("local times come back from instants")
    func roundTrip() {
        var random = SeededGenerator(seed: 1)
        for name in ["Europe/Amsterdam", "America/St_Johns", "Australia/Lord_Howe", "Asia/Tehran"] {
            let zone = Zone.named(name) ?? .utc
            for _ in 0..<2000 {
                let instant = Instant(seconds: Int64.random(in: -2_000_000_000...6_000_000_000, using: &random))
                switch zone.match(zone.local(instant)) {
                case .once(let found): #expect(found == instant)
                case .twice(let earlier, let later): #expect(earlier == instant || later == instant)
                case .never: Issue.record("\(name) \(instant.seconds)")
                }
            }
        }
    }
}
