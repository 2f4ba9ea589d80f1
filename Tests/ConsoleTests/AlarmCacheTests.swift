import EnergyCore
import Services
import Store
import TestSupport
import Testing

@testable import Console

@Suite("The alarm board that follows the news")
struct AlarmCacheTests {
    @Test(
        "after any series of values, plans, shelvings and new records it is the board that a first look finds",
        arguments: [1, 2, 3] as [UInt64])
    func follows(seed: UInt64) throws {
        let world = try TestWorld()
        var random = SeededGenerator(seed: seed)
        let cache = AlarmCache()
        let accounts: [AccountID?] = [nil] + (try world.services.context.records().accountsByID.prefix(2).map(\.id))
        var lists: Set<AlarmList> = []
        for _ in 0..<40 {
            try deed(world, &random)
            for account in accounts {
                let followed = try list(of: cache, account, world)
                #expect(followed == (try list(of: AlarmCache(), account, world)))
                lists.insert(followed)
            }
        }
        #expect(lists.count > 10)
    }

    @Test("a value for one sensor takes its silence away and leaves all other rows")
    func oneValue() throws {
        let world = try TestWorld()
        let cache = AlarmCache()
        let before = try list(of: cache, nil, world)
        let silent = try #require(before.rows.first { $0.kind == .stale && $0.text.contains("silent") })
        let id = try #require(silent.sensor)
        let sensor = try #require(try world.services.context.records().sensor(id))
        // Silence is told of each type of source.
        let type = try #require(silent.id.split(separator: ":").last)
        try save(10, of: sensor, by: String(type), atStep: -1, world)
        let after = try list(of: cache, nil, world)
        #expect(after.rows == before.rows.filter { $0.id != silent.id })
        #expect(after.counts.total == before.counts.total - 1)
    }

    private func list(of cache: AlarmCache, _ account: AccountID?, _ world: TestWorld) throws -> AlarmList {
        let data = ConsoleData(services: world.services, caller: .host, now: world.clock.now)
        return try cache.list(account: account, belief: .live, data)
    }

    private func deed(_ world: TestWorld, _ random: inout SeededGenerator) throws {
        let records = try world.services.context.records()
        let sensors = try world.services.context.store.read { try $0.sensors() }
        let sensor = try #require(sensors.randomElement(using: &random))
        switch Int.random(in: 0..<10, using: &random) {
        case 0...4:
            let source = ["gateway", "scheduler", "forecaster"].randomElement(using: &random) ?? ""
            let values = [-1e6, 0, 12, 1e6]
            let value = try #require(values.randomElement(using: &random))
            try save(value, of: sensor, by: source, atStep: Int64.random(in: -8...8, using: &random), world)
        case 5: try world.services.data.delete(DeletionQuery(), of: sensor.id, as: .host)
        case 6:
            let rows = try list(of: AlarmCache(), nil, world).rows.filter { $0.kind != .noPlan }
            guard let row = rows.randomElement(using: &random) else { return }
            if Bool.random(using: &random) {
                try world.services.alarms.acknowledge([row.id], as: .host)
            } else {
                try world.services.alarms.shelve([row.id], until: world.clock.now + .minutes(90), as: .host)
            }
        case 7:
            let asset = try #require(records.asset(sensor.assetID))
            _ = try world.services.assets.update(asset.id, ["attributes": ["note": "changed"]], as: .host)
        case 8: world.clock.advance(.minutes(Int64.random(in: 1...50, using: &random)))
        default: try world.services.sensors.delete(sensor.id, as: .host)
        }
    }

    private func save(
        _ value: Double, of sensor: Sensor, by type: String, atStep step: Int64, _ world: TestWorld
    ) throws {
        let now = world.clock.now
        let length = max(Int64(sensor.resolution.inSeconds), 900)
        try world.services.context.store.write { transaction in
            let known = try transaction.sources().first { $0.type == type }?.id
            let source = try known ?? transaction.insert(DataSource(id: 0, name: type, type: type))
            var batch = BeliefBatch(sensor: sensor, source: source)
            batch.append(start: (now.seconds / length + step) * length, believedAt: now, value: value)
            _ = try transaction.save(batch)
        }
    }
}
