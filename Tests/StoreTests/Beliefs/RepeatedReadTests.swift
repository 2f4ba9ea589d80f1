import EnergyCore
import Store
import Testing

/// What is asked for again comes from memory; nobody may notice but by the clock.
@Suite struct RepeatedReadTests {
    private let folder: TemporaryFolder
    private let sensor = BeliefWorld.sensor()
    private let values = (0..<1000).map { Double($0 * 37 % 101) }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func filledWorld() throws -> BeliefWorld {
        let world = try BeliefWorld(path: folder.file("store.db"))
        _ = try world.store.write { try $0.save(BeliefWorld.batch(sensor, world.meter, values), rule: SaveRule()) }
        #expect(try world.chosen(sensor) == values)
        return world
    }

    private func correct(_ place: Int, to value: Double, in store: Store, _ source: DataSourceID) throws {
        let start = BeliefWorld.start + Int64(place) * 900
        let batch = BeliefWorld.batch(sensor, source, [value], from: start, horizon: .hours(-1))
        _ = try store.write { try $0.save(batch, rule: SaveRule()) }
    }

    @Test("a read after a change shows it, whether this process made it or another")
    func changes() throws {
        let world = try filledWorld()
        let other = try Store(path: folder.file("store.db"))
        try correct(500, to: -1, in: world.store, world.meter)
        #expect(try world.chosen(sensor)[500] == -1)
        try correct(501, to: -2, in: other, world.meter)
        #expect(try world.chosen(sensor)[501] == -2)
        let range = EventRange(from: BeliefWorld.start, until: BeliefWorld.start + 900 * 500)
        _ = try other.write { try $0.deleteBeliefs(of: sensor, in: range) }
        #expect(try world.chosen(sensor).count == 500)
    }

    @Test("a transaction sees its own changes before they are stored")
    func openChange() throws {
        let world = try filledWorld()
        let batch = BeliefWorld.batch(sensor, world.meter, [-1], horizon: .hours(-1))
        try world.store.write { transaction in
            _ = try transaction.save(batch, rule: SaveRule())
            let own = try transaction.chosenBeliefs(of: sensor, in: .all, filter: BeliefFilter(.live))
            #expect(own.values[0] == -1)
        }
        #expect(try world.chosen(sensor)[0] == -1)
    }

    @Test("a part of what was read, and what was known at a time, are chosen from all beliefs")
    func parts() throws {
        let world = try filledWorld()
        try correct(400, to: -1, in: world.store, world.meter)
        #expect(try world.chosen(sensor)[400] == -1)
        let from = BeliefWorld.start + 900 * 300
        let range = EventRange(from: from, until: from + 900 * 300)
        let part = try world.store.read { try $0.chosenBeliefs(of: sensor, in: range, filter: BeliefFilter(.live)) }
        #expect(part.starts.first == from)
        #expect(part.values == Array(values[300..<400]) + [-1] + Array(values[401..<600]))
        // The corrected value was known an hour after the end of its event.
        let before = Instant(seconds: BeliefWorld.start + 900 * 401 + 1800)
        let known = try world.store.read {
            try $0.chosenBeliefs(of: sensor, in: .all, filter: BeliefFilter(.asOf(before)))
        }
        #expect(known.values == Array(values[0..<known.count]))
        #expect(known.count == 403)
    }

    @Test("many sensors read in turn keep their own data")
    func manySensors() throws {
        let world = try BeliefWorld(path: folder.file("store.db"))
        let sensors = (1...200).map { BeliefWorld.sensor(id: $0) }
        try world.store.write { transaction in
            for sensor in sensors {
                let values = self.values.map { $0 + Double(sensor.id) }
                _ = try transaction.save(BeliefWorld.batch(sensor, world.meter, values), rule: SaveRule())
            }
        }
        for sensor in sensors + sensors {
            #expect(try world.chosen(sensor) == values.map { $0 + Double(sensor.id) })
        }
    }
}
