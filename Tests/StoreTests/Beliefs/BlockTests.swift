import EnergyCore
import Store
import Testing

/// Beliefs about events at equal steps share a row of the file; nobody who reads or writes should notice.
@Suite("Beliefs in blocks") struct BlockTests {
    @Test("what was saved in batches reads as what was saved one by one", arguments: UInt64(1)...12)
    func equivalence(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let batches = try BeliefWorld()
        let singles = try BeliefWorld()
        let sensor = BeliefWorld.sensor()
        for _ in 0..<20 {
            let change = RandomChange(&random, sources: [batches.meter, batches.forecaster, batches.newerForecaster])
            let saved = try batches.store.write { try change.apply(to: sensor, $0, oneByOne: false) }
            #expect(try singles.store.write { try change.apply(to: sensor, $0, oneByOne: true) } == saved)
            let filters = [BeliefFilter(.live), BeliefFilter(.asOf(Instant(seconds: RandomChange.epoch + 400_000)))]
            for filter in filters {
                let ranges = [
                    EventRange.all, change.range, EventRange(from: change.range.from + 1_234, until: 1 << 40),
                ]
                for range in ranges {
                    let expected = try singles.store.read { try $0.beliefs(of: sensor, in: range, filter: filter) }
                    #expect(
                        try batches.store.read { try $0.beliefs(of: sensor, in: range, filter: filter) } == expected)
                }
                let latest = try singles.store.read { try $0.latestBelief(of: sensor, filter: filter) }
                #expect(try batches.store.read { try $0.latestBelief(of: sensor, filter: filter) } == latest)
            }
            let statistics = try singles.store.read { try $0.statistics(of: sensor, in: .all, as: .live) }
            let counted = try batches.store.read { try $0.statistics(of: sensor, in: .all, as: .live) }
            #expect(counted.map(\.count) == statistics.map(\.count))
        }
    }

    /// Something that happens to a store: a batch saved, or a range deleted.
    private struct RandomChange {
        static let epoch: Int64 = 1_711_753_200

        let range: EventRange
        private var rows: [(start: Int64, horizon: TimeSpan, value: Double)] = []
        private var source: DataSourceID
        private var deletes = false
        private var deletesSourceOnly: Bool
        private var rule: SaveRule

        init(_ random: inout SeededGenerator, sources: [DataSourceID]) {
            let start = RandomChange.epoch + Int64.random(in: 0..<2000, using: &random) * 450
            let step = [900, 900, 900, 450, 3600].randomElement(using: &random) ?? 900
            let count = Int.random(in: 0..<4, using: &random) == 0 ? 1 : Int.random(in: 1...1200, using: &random)
            range = EventRange(from: start, until: start + Int64(count) * Int64(step))
            source = sources.randomElement(using: &random) ?? 0
            deletes = Int.random(in: 0..<5, using: &random) == 0
            deletesSourceOnly = Bool.random(using: &random)
            rule = SaveRule(mayReplace: true, dropsUnchanged: Bool.random(using: &random))
            let isRecordedAtOnce = Bool.random(using: &random)
            let isConstant = Int.random(in: 0..<3, using: &random) == 0
            for index in 0..<count {
                let event = start + Int64(index) * Int64(step)
                let horizon = isRecordedAtOnce ? event - RandomChange.epoch - 300_000 : 3600
                rows.append((event, .seconds(horizon), isConstant ? 1 : Double(Int.random(in: -3...3, using: &random))))
                // Now and then an event is missing, or is believed twice.
                if Int.random(in: 0..<400, using: &random) == 0 { rows.removeLast() }
                if Int.random(in: 0..<400, using: &random) == 0 { rows.append((event, .seconds(horizon + 60), 9)) }
            }
        }

        func apply(to sensor: Sensor, _ transaction: WriteTransaction, oneByOne: Bool) throws -> Int {
            if deletes {
                return try transaction.deleteBeliefs(
                    of: sensor, in: range, sources: deletesSourceOnly ? [source] : nil)
            }
            let parts = oneByOne ? rows.map { [$0] } : [rows]
            for part in parts {
                var batch = BeliefBatch(sensor: sensor, source: source)
                for row in part { batch.append(start: row.start, horizon: row.horizon, value: row.value) }
                try transaction.save(batch, rule: rule)
            }
            return 0
        }
    }

    @Test(
        "a store with blocks passes its check after any changes, and gives back what was deleted",
        arguments: UInt64(1)...3)
    func check(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let world = try BeliefWorld()
        var sensor = BeliefWorld.sensor(id: 0)
        try world.store.write { transaction in
            let asset = Asset(id: 1, name: "site", accountID: nil, type: AssetType(id: 5, name: "battery"))
            sensor.assetID = try transaction.insert(asset)
            sensor.id = try transaction.insert(sensor)
        }
        for _ in 0..<15 {
            let change = RandomChange(&random, sources: [world.meter, world.forecaster])
            _ = try world.store.write { try change.apply(to: sensor, $0, oneByOne: false) }
            #expect(try world.store.check().problems.isEmpty)
        }
        let held = try world.store.check().beliefs
        #expect(held > 0)
        #expect(try world.store.write { try $0.deleteBeliefs(of: sensor) } == held)
        #expect(try world.store.check().beliefs == 0)
    }

    @Test("a month of quarter-hours takes less than ten bytes a belief")
    func size() throws {
        let folder = try TemporaryFolder()
        let world = try BeliefWorld(path: folder.file("a.db"))
        let empty = try world.store.check().size
        let values = (0..<100_000).map { Double($0 % 977) / 7 }
        try world.store.write { _ = try $0.save(BeliefWorld.batch(BeliefWorld.sensor(), world.meter, values)) }
        try world.store.checkpoint()
        #expect(try world.store.check().size - empty < values.count * 10)
    }

    @Test("a repeated value leaves a block as it is, another one joins its events")
    func repetition() throws {
        let world = try BeliefWorld()
        let sensor = BeliefWorld.sensor()
        let values = (0..<96).map { Double($0) }
        let later = BeliefWorld.batch(
            sensor, world.meter, [40], from: BeliefWorld.start + 40 * 900, horizon: .hours(-2))
        let other = BeliefWorld.batch(sensor, world.meter, [7], from: BeliefWorld.start + 41 * 900, horizon: .hours(-2))
        try world.store.write { transaction in
            try transaction.save(BeliefWorld.batch(sensor, world.meter, values))
            #expect(try transaction.save(later).unchanged == 1)
            #expect(try transaction.save(other).stored == 1)
        }
        var expected = values
        expected[41] = 7
        #expect(try world.chosen(sensor) == expected)
        #expect(try world.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)) }.count == 97)
    }
}
