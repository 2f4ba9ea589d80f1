import EnergyCore
import Store
import Testing

@Suite struct SavingTests {
    private let sensor = BeliefWorld.sensor()

    private func save(
        _ world: BeliefWorld, _ values: [Double], horizon: TimeSpan = .zero, rule: SaveRule = SaveRule()
    ) throws -> SaveResult {
        try world.store.write {
            try $0.save(BeliefWorld.batch(sensor, world.meter, values, horizon: horizon), rule: rule)
        }
    }

    private func stored(_ world: BeliefWorld) throws -> BeliefColumns {
        try world.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)) }
    }

    @Test("what repeats the last belief about an event is not stored")
    func unchanged() throws {
        let world = try BeliefWorld()
        #expect(try save(world, [1, 2]).stored == 2)
        let again = try save(world, [1, 3], horizon: .hours(-1))
        #expect(again.stored == 1)
        #expect(again.unchanged == 1)
        #expect(try stored(world).values == [1, 3, 2])
        #expect(try save(world, [1, 2], horizon: .hours(-2)).stored == 1)
        #expect(try world.chosen(sensor) == [1, 2])
    }

    @Test("a measurement equal to its forecast is stored once")
    func sides() throws {
        let world = try BeliefWorld()
        #expect(try save(world, [1], horizon: .hours(2)).stored == 1)
        #expect(try save(world, [1], horizon: .hours(-1)).stored == 1)
        #expect(try save(world, [1], horizon: .hours(-2)).unchanged == 1)
    }

    @Test("an equal belief formed earlier than all stored ones is stored")
    func earlier() throws {
        let world = try BeliefWorld()
        #expect(try save(world, [1], horizon: .hours(1)).stored == 1)
        #expect(try save(world, [1], horizon: .hours(2)).stored == 1)
    }

    @Test("beliefs formed within one second stay apart")
    func subsecond() throws {
        let world = try BeliefWorld()
        for (microseconds, value) in [(1, 1.0), (2, 2.0), (3, 1.0)] {
            #expect(try save(world, [value], horizon: TimeSpan(microseconds: Int64(-microseconds))).stored == 1)
        }
        #expect(try world.chosen(sensor) == [1])
    }

    @Test("a contradiction is refused as a whole, or replaces the stored belief where that is allowed")
    func contradiction() throws {
        let world = try BeliefWorld()
        #expect(try save(world, [1, 2]).stored == 2)
        #expect(throws: ReplacementRefused(eventStart: BeliefWorld.start + 900)) { try save(world, [1, 4, 5]) }
        #expect(try stored(world).values == [1, 2])
        let replaced = try save(world, [1, 4, 5], rule: SaveRule(mayReplace: true))
        #expect(replaced.replaced == 1)
        #expect(replaced.stored == 1)
        #expect(try stored(world).values == [1, 4, 5])
    }

    @Test("rows of one batch that contradict each other are refused, equal ones merged")
    func withinBatch() throws {
        let world = try BeliefWorld()
        var batch = BeliefWorld.batch(sensor, world.meter, [1, 2])
        batch.append(start: BeliefWorld.start, horizon: .zero, value: 1)
        #expect(try world.store.write { try $0.save(batch) }.stored == 2)
        var other = BeliefWorld.batch(BeliefWorld.sensor(id: 2), world.meter, [1, 2])
        other.append(start: BeliefWorld.start, horizon: .zero, value: 7)
        #expect(throws: ReplacementRefused.self) { try world.store.write { try $0.save(other) } }
    }

    @Test("a probabilistic belief is read as its median")
    func median() throws {
        let world = try BeliefWorld()
        for (index, rows) in [[(0.25, 8.0), (0.75, 12)], [(0.1, 1), (0.3, 3)], [(0.2, 1), (0.4, 2), (0.9, 3)]]
            .enumerated()
        {
            var batch = BeliefBatch(sensor: sensor, source: world.meter)
            for (probability, value) in rows {
                batch.append(
                    start: BeliefWorld.start + Int64(index) * 900, horizon: .hours(1), probability: probability,
                    value: value)
            }
            try world.store.write { _ = try $0.save(batch) }
        }
        #expect(try world.chosen(sensor) == [12, 3, 3])
        #expect(try stored(world).beliefs.map(\.cumulativeProbability) == [0.25, 0.75, 0.1, 0.3, 0.2, 0.4, 0.9])
    }

    @Test("the version of a source is stronger than the belief time, and 10 is more than 2")
    func versions() throws {
        let world = try BeliefWorld()
        for (source, values, hours) in [
            (world.meter, [21.0, 22], 0), (world.forecaster, [1, 2, 3], 20), (world.newerForecaster, [7], 30),
        ] {
            try world.store.write {
                _ = try $0.save(BeliefWorld.batch(sensor, source, values, horizon: .hours(Int64(hours))))
            }
        }
        #expect(try world.chosen(sensor) == [7, 2, 3])
    }

    @Test("as of a moment only what was believed by then counts")
    func asOf() throws {
        let world = try BeliefWorld()
        _ = try save(world, [1, 2], horizon: .hours(24))
        _ = try save(world, [11, 12], horizon: .hours(1))
        let known = Instant(seconds: BeliefWorld.start + 900 - 3600)
        #expect(try world.chosen(sensor, as: .asOf(known)) == [11, 2])
        #expect(try world.chosen(sensor, as: .asOf(known - TimeSpan(microseconds: 1))) == [1, 2])
        #expect(try world.chosen(sensor, as: .asOf(known - .days(3))) == [])
    }

    @Test("knowledge times of prices follow the clock of the market")
    func gateClosure() throws {
        let world = try BeliefWorld()
        var price = BeliefWorld.sensor(minutes: 60)
        price.knowledgeHorizon = .daysAgoAtOClock(days: 1, hour: 12, zone: "Europe/Paris")
        let batch = BeliefBatch(sensor: price, source: world.meter)
        let believed = try Instant(parsing: "2024-04-30T13:00:00+02:00")
        #expect(batch.horizon(ofEventAt: BeliefWorld.start, believedAt: believed) == .hours(-1))
        #expect(batch.horizon(ofEventAt: BeliefWorld.start - 3600, believedAt: believed) == .hours(-25))
    }
}
