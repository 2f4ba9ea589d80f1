import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("When alarms came and went")
struct AlarmHistoryTests {
    private func found(_ alarm: String, _ asset: Asset?, at moment: Instant) -> AlarmRecord {
        AlarmRecord(
            alarm: alarm, subject: alarm, assetID: asset?.id, place: asset?.name ?? "", title: "silent",
            raisedAt: moment)
    }

    @Test("is written when one comes or goes, and not when nothing changes")
    func comesAndGoes() throws {
        let house = try TestHouse()
        let (history, site) = (house.services.alarmHistory, try house.makeAsset("Site"))
        let start = house.clock.now
        let alarm = found("stale:1:gateway", site, at: start - .minutes(5))
        history.note([alarm], in: nil, as: .host, at: start)
        house.clock.advance(.minutes(10))
        history.note([alarm], in: nil, as: .host, at: house.clock.now)
        let lasting = try history.records(since: start - .days(1), in: nil, as: .host)
        #expect(lasting.map(\.raisedAt) == [start - .minutes(5)])
        #expect(lasting.map(\.clearedAt) == [nil])
        history.note([], in: nil, as: .host, at: house.clock.now)
        house.clock.advance(.minutes(10))
        history.note([found("stale:1:gateway", site, at: house.clock.now)], in: nil, as: .host, at: house.clock.now)
        let records = try history.records(since: start - .days(1), in: nil, as: .host)
        #expect(records.map(\.clearedAt) == [nil, start + .minutes(10)])
    }

    @Test("is not told by who sees less: what lies outside of an account or out of sight lasts")
    func scopes() throws {
        let house = try TestHouse()
        let (history, site) = (house.services.alarmHistory, try house.makeAsset("Site"))
        let now = house.clock.now
        history.note([found("stale:1:gateway", site, at: now)], in: nil, as: .host, at: now)
        history.note([], in: house.stranger.id, as: .host, at: now)
        history.note([], in: nil, as: house.caller("stranger"), at: now)
        #expect(try history.records(since: now - .days(1), in: nil, as: .host).map(\.clearedAt) == [nil])
        #expect(try history.records(since: now - .days(1), in: nil, as: house.caller("stranger")).isEmpty)
        #expect(try history.records(since: now - .days(1), in: house.client.id, as: .host).count == 1)
        history.note([], in: nil, as: house.caller("owner"), at: now)
        #expect(try history.records(since: now - .days(1), in: nil, as: .host).map(\.clearedAt) == [now])
    }

    @Test("is told once by two processes on one store")
    func twice() throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/a.db")
        let site = try house.makeAsset("Site")
        let now = house.clock.now
        let other = FlexServices(
            store: try Store(path: folder.path + "/a.db"), settings: house.services.settings, clock: house.clock,
            logger: house.services.context.logger)
        for services in [house.services, other] {
            services.alarmHistory.note([found("stale:1:gateway", site, at: now)], in: nil, as: .host, at: now)
        }
        #expect(try other.alarmHistory.records(since: now - .days(1), in: nil, as: .host).count == 1)
    }

    @Test("is forgotten a month after, but for what lasts, and of very many the oldest are")
    func forgotten() throws {
        let house = try TestHouse()
        let (history, site) = (house.services.alarmHistory, try house.makeAsset("Site"))
        let start = house.clock.now
        let both = ["stale:1:gateway", "stale:2:gateway"].map { found($0, site, at: start) }
        history.note(both, in: nil, as: .host, at: start)
        history.note([both[0]], in: nil, as: .host, at: start + .minutes(1))
        try house.store.write { transaction in
            try transaction.deleteAlarmRecords(raisedBefore: start + .days(1), keeping: 100)
        }
        #expect(try history.records(since: start - .days(1), in: nil, as: .host).map(\.alarm) == [both[0].alarm])
        try house.store.write { transaction in
            for _ in 0..<20 { try transaction.insert(both[1]) }
            try transaction.deleteAlarmRecords(raisedBefore: start - .days(1), keeping: 5)
        }
        #expect(try history.records(since: start - .days(1), in: nil, as: .host).count == 5)
    }

    @Test("what people had to say about an alarm stands beside it and in the audit log")
    func notes() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let sensor = try house.makeSensor("power", of: house.makeAsset("Site"))
        let key = "stale:\(sensor.id):gateway"
        try house.services.alarms.acknowledge([key], note: "fuse ordered", as: owner)
        try house.services.alarms.shelve([key], until: house.clock.now + .hours(2), as: owner)
        #expect(try house.store.read { try $0.alarmMarks()[key]?.note } == "fuse ordered")
        let events = try house.services.audit.log(.asset(sensor.assetID), AuditQuery(), as: owner).records.map(\.event)
        #expect(events.contains { $0.hasSuffix("alarm 'Site / power: gateway data are stale': fuse ordered") })
        #expect(events.contains { $0.hasPrefix("Shelved") && $0.hasSuffix("are stale'") })
    }
}
