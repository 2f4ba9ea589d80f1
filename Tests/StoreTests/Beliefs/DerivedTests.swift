import EnergyCore
import Store
import Testing

/// Roll-ups and summaries against counting the beliefs, after random changes.
@Suite struct DerivedTests {
    @Test(
        "roll-ups and summaries always say what the beliefs say",
        arguments: [1, 5, 15, 60, 0], [UInt64(1), 2, 3])
    func consistency(minutes: Int64, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &* 1000 &+ UInt64(minutes))
        let world = try BeliefWorld()
        let sensor = BeliefWorld.sensor(minutes: minutes)
        for _ in 0..<25 {
            try world.store.write { try change(world, sensor, $0, &random) }
            try world.store.read { try check(sensor, $0) }
        }
        let before = try world.store.read { try buckets(sensor, $0, filter: BeliefFilter(.live)) }
        try world.store.write { try $0.rebuildDerived(of: sensor) }
        try world.store.read { try check(sensor, $0) }
        #expect(try world.store.read { try same(buckets(sensor, $0, filter: BeliefFilter(.live)), before) })
    }

    @Test(
        "values at the limits of doubles are stored, whatever their sum",
        arguments: [[1, 1, -1, -1], [1, -1, 1], [1, 1]])
    func hugeValues(signs: [Double]) throws {
        let world = try BeliefWorld()
        let sensor = BeliefWorld.sensor(minutes: 15)
        let values = signs.map { $0 * 1.7e308 }
        let starts: [Int64] = [1_711_753_200, 1_711_756_800, 1_711_839_600]
        for start in starts {
            let batch = BeliefWorld.batch(sensor, world.meter, values, from: start, horizon: .zero)
            try world.store.write { _ = try $0.save(batch) }
        }
        let found = try world.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)) }
        #expect(found.values == values + values + values)
        #expect(try world.store.check().problems.isEmpty)
    }

    private func change(
        _ world: BeliefWorld, _ sensor: Sensor, _ transaction: WriteTransaction, _ random: inout SeededGenerator
    ) throws {
        let sources = [world.meter, world.forecaster, world.newerForecaster]
        let source = sources.randomElement(using: &random) ?? 0
        // Around the clock change of 31 March 2024 and the turn of the month.
        let start = 1_711_753_200 + Int64.random(in: 0..<200, using: &random) * 900
        if Int.random(in: 0..<6, using: &random) == 0 {
            let end = start + Int64.random(in: 0..<100_000, using: &random)
            let some: Set<DataSourceID>? = Bool.random(using: &random) ? [source] : nil
            try transaction.deleteBeliefs(of: sensor, in: EventRange(from: start, until: end), sources: some)
            return
        }
        let values = (0..<Int.random(in: 1...150, using: &random)).map { _ in
            Double(Int.random(in: -5...5, using: &random))
        }
        let horizon = TimeSpan.hours(Int64.random(in: -3...3, using: &random))
        let batch = BeliefWorld.batch(sensor, source, values, from: start, horizon: horizon)
        try transaction.save(batch, rule: SaveRule(mayReplace: true, dropsUnchanged: Bool.random(using: &random)))
    }

    private func check(_ sensor: Sensor, _ transaction: ReadTransaction) throws {
        // A filter that everything passes makes the store count beliefs instead of reading roll-ups.
        var everything = BeliefFilter(.live)
        everything.minimumHorizon = .days(-1_000_000)
        #expect(
            try same(
                buckets(sensor, transaction, filter: BeliefFilter(.live)),
                buckets(sensor, transaction, filter: everything)))
        let far = BeliefHorizon.asOf(Instant(seconds: 4_000_000_000))
        for range in [EventRange.all, EventRange(from: 1_711_800_000, until: 1_711_900_000)] {
            let kept = try transaction.statistics(of: sensor, in: range, as: .live)
            let counted = try transaction.statistics(of: sensor, in: range, as: far)
            #expect(kept == counted)
        }
    }

    private func buckets(
        _ sensor: Sensor, _ transaction: ReadTransaction, filter: BeliefFilter
    ) throws -> [Bucket] {
        try [
            midnights, Array(stride(from: midnights[0], through: midnights[1], by: 7200)),
            Array(stride(from: midnights[1], through: midnights[2], by: 900)),
        ].flatMap { try transaction.buckets(of: sensor, edges: $0, filter: filter) }
    }

    private func same(_ a: [Bucket], _ b: [Bucket]) -> Bool {
        zip(a, b).allSatisfy {
            $0.start == $1.start && $0.end == $1.end && $0.count == $1.count
                && ($0.count == 0
                    || $0.minimum == $1.minimum && $0.maximum == $1.maximum && abs($0.mean - $1.mean) < 1e-9)
        }
    }

    /// Local midnights of 29 March to 3 April 2024, the day of 23 hours among them.
    private let midnights: [Int64] = [
        1_711_666_800, 1_711_753_200, 1_711_839_600, 1_711_922_400, 1_712_008_800, 1_712_095_200,
    ]

    @Test("the order in which beliefs arrive does not matter", arguments: [UInt64(1), 2, 3, 4])
    func order(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sensor = BeliefWorld.sensor()
        var rows: [(source: Int, start: Int64, horizon: Int64, value: Double)] = []
        for index in 0..<200 {
            rows.append((index % 3, BeliefWorld.start + Int64(index % 20) * 900, Int64(index) * 60, Double(index)))
        }
        func fill() throws -> (BeliefColumns, ChosenBeliefs, [SourceStatistics]) {
            let world = try BeliefWorld()
            let sources = [world.meter, world.forecaster, world.newerForecaster]
            var rest = rows[...]
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: 1...30, using: &random))
                rest = rest.dropFirst(part.count)
                try world.store.write { transaction in
                    for (number, source) in sources.enumerated() {
                        var batch = BeliefBatch(sensor: sensor, source: source)
                        for row in part where row.source == number {
                            batch.append(start: row.start, horizon: .seconds(row.horizon), value: row.value)
                        }
                        try transaction.save(batch)
                    }
                }
            }
            return try world.store.read { transaction in
                (
                    try transaction.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)),
                    try transaction.chosenBeliefs(of: sensor, in: .all, filter: BeliefFilter(.live)),
                    try transaction.statistics(of: sensor, in: .all, as: .live)
                )
            }
        }
        let first = try fill()
        for _ in 0..<3 {
            rows.shuffle(using: &random)
            let next = try fill()
            #expect(next == first)
        }
    }
}
