import EnergyCore
import Services
import TestSupport
import Testing

@testable import Console

@Suite("What recorded alarms tell")
struct AlarmPastTests {
    private let now = TestWorld.moment

    private func record(_ subject: String, minutesAgo: Int64, lasted: Int64? = nil) -> AlarmRecord {
        var record = AlarmRecord(
            alarm: "\(subject) \(minutesAgo)", subject: subject, assetID: nil, place: "Barn", title: subject,
            raisedAt: now - .minutes(minutesAgo))
        record.clearedAt = lasted.map { record.raisedAt + .minutes($0) }
        return record
    }

    @Test("how many came in each clock hour, in the last hour, and when they came faster than anybody can take in")
    func rate() {
        let slow = (0..<11).map { record("meter silent", minutesAgo: 120 + $0 * 2, lasted: 1) }
        let past = AlarmPast([record("gap", minutesAgo: 5)] + slow, now: now, zone: .utc)
        #expect(past.lastHour == 1)
        #expect(past.lastFlood == nil)
        #expect(past.perHour.count == 24)
        #expect(past.perHour.last?.mean == 1)
        #expect(past.perHour.reduce(0) { $0 + $1.mean } == 12)
        let fast = (0..<11).map { record("meter silent", minutesAgo: 200 - $0 / 2) }
        #expect(AlarmPast(fast.reversed(), now: now, zone: .utc).lastFlood == now - .minutes(195))
    }

    @Test("which come most, how often each came and how long it lasted")
    func talkers() {
        let records =
            (1...9).map { record("a", minutesAgo: Int64($0) * 60, lasted: 30) }
            + (1...3).map { record("b", minutesAgo: Int64($0) * 60, lasted: 5) }
            + (0..<30).map { record("c\($0)", minutesAgo: 100) } + [record("old", minutesAgo: 9 * 1440, lasted: 1)]
        let past = AlarmPast(records.sorted { $0.raisedAt > $1.raisedAt }, now: now, zone: .utc)
        #expect(past.seen["a"] == 9 && past.seen["old"] == 1)
        #expect(past.talkersText(width: 60) == "Barn a 9      Barn b 3      the other 30 together 30")
        #expect(past.talkersText(width: 10) == "Barn a 9      the other 31 together 33")
        let format = TimeFormat(zone: .utc, now: now)
        #expect(past.lastTimes("a", format) == "2026-04-30 11:37, 30 min; 2026-04-30 10:37, 30 min")
        #expect(past.lastTimes("c1", format) == "none in 30 days")
        #expect(past.cleared.count == 12)
    }

    @Test("as of an earlier moment what came later is not told")
    func earlier() {
        let records = [record("a", minutesAgo: 10), record("a", minutesAgo: 90, lasted: 60)]
        let past = AlarmPast(records, now: now - .minutes(40), zone: .utc)
        #expect(past.seen["a"] == 1 && past.cleared.isEmpty && past.before["a"]?.isEmpty != false)
    }

    @Test("a server alone writes down what its alarms are, once")
    func watch() throws {
        let world = try TestWorld()
        let watch = AlarmWatch(world.services)
        for _ in 0..<3 {
            watch.look()
            world.clock.advance(.minutes(1))
        }
        let records = try world.services.alarmHistory.records(since: now - .days(30), in: nil, as: .host)
        #expect(records.count == 5 && records.allSatisfy { $0.clearedAt == nil && $0.raisedAt <= now })
    }
}
