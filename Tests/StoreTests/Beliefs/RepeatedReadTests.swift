import EnergyCore
import Foundation
import Store
import Synchronization
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

    @Test("what was stored before a read began is in it, however fast both go", arguments: [false, true])
    func race(isOther: Bool) throws {
        let world = try filledWorld()
        let writer = isOther ? try Store(path: folder.file("store.db")) : world.store
        let stored = Atomic<Int>(0)
        let writing = Thread {
            for number in 1...400 {
                let batch = BeliefWorld.batch(sensor, world.meter, [Double(number)], horizon: .hours(-Int64(number)))
                guard (try? writer.write { try $0.save(batch, rule: SaveRule()) }) != nil else { break }
                stored.store(number, ordering: .sequentiallyConsistent)
            }
            stored.store(.max, ordering: .sequentiallyConsistent)
        }
        writing.start()
        var (seen, reads) = (0, 0)
        while seen < 400 {
            let known = stored.load(ordering: .sequentiallyConsistent)
            let value = try world.store.chosenBeliefs(of: sensor, in: .all, filter: BeliefFilter(.live)).values[0]
            seen = Int(value)
            reads += 1
            guard known == 0 || seen >= min(known, 400) else {
                Issue.record("read \(seen) after \(known) was stored")
                break
            }
        }
        #expect(reads > 0)
    }

    @Test("sources that disagree are chosen among as ever")
    func sources() throws {
        let world = try filledWorld()
        let batch = BeliefWorld.batch(sensor, world.forecaster, [7, 8, 9], horizon: .hours(-2))
        _ = try world.store.write { try $0.save(batch, rule: SaveRule()) }
        let chosen = try world.chosen(sensor)
        #expect(chosen.count == values.count)
        #expect(try world.chosen(sensor) == chosen)
    }

    @Test("a closed store answers nothing from memory")
    func closed() throws {
        let world = try filledWorld()
        try world.store.close()
        #expect(throws: (any Error).self) {
            try world.store.chosenBeliefs(of: sensor, in: .all, filter: BeliefFilter(.live))
        }
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
