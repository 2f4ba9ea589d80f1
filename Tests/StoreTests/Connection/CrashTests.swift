import EnergyCore
import FoundationEssentials
import Store
import Testing

/// What a process leaves behind that dies at once: the files as they are at that moment, without its memory.
@Suite struct CrashTests {
    private let sensor = BeliefWorld.sensor()

    /// Copies what is on the disk, as a new process would find it. The index of the log lives in memory only.
    private func remains(of store: Store, in folder: TemporaryFolder, as name: String) throws -> String {
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: store.path + suffix) {
            try FileManager.default.copyItem(atPath: store.path + suffix, toPath: folder.file(name) + suffix)
        }
        return folder.file(name)
    }

    @Test("whatever was acknowledged is there after a crash between two changes")
    func acknowledged() throws {
        let folder = try TemporaryFolder()
        let world = try BeliefWorld(path: folder.file("a.db"))
        for round in 0..<20 {
            let values = (0..<(round * 37 + 1)).map { Double($0 + round) }
            let start = BeliefWorld.start + Int64(round) * 9_000_000
            try world.store.write { transaction in
                _ = try transaction.save(BeliefWorld.batch(sensor, world.meter, values, from: start))
            }
            let reborn = try Store(path: try remains(of: world.store, in: folder, as: "\(round).db"))
            let read: (ReadTransaction) throws -> BeliefColumns = { transaction in
                try transaction.beliefs(of: self.sensor, in: .all, filter: BeliefFilter(.live))
            }
            #expect(try reborn.read(read) == world.store.read(read))
        }
    }

    @Test("of a change that was under way nothing is left, even if much of it had reached the disk")
    func unfinished() throws {
        let folder = try TemporaryFolder()
        var settings = StoreSettings()
        settings.cacheKilobytes = 100
        let store = try Store(path: folder.file("a.db"), settings: settings)
        let before = BeliefWorld.batch(sensor, 1, [1, 2, 3])
        try store.write { _ = try $0.save(before) }
        try store.write { transaction in
            let values = (0..<50_000).map { Double($0) }
            _ = try transaction.save(BeliefWorld.batch(sensor, 1, values, from: BeliefWorld.start + 9000))
            let reborn = try Store(path: try remains(of: store, in: folder, as: "b.db"))
            #expect(try reborn.check().isSound)
            let found = try reborn.read {
                try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)).values
            }
            #expect(found == [1, 2, 3])
        }
    }

    @Test("a reader sees one state throughout, whatever is written meanwhile")
    func snapshot() throws {
        let folder = try TemporaryFolder()
        let world = try BeliefWorld(path: folder.file("a.db"))
        try world.store.write { _ = try $0.save(BeliefWorld.batch(sensor, world.meter, [1])) }
        try world.store.read { transaction in
            let filter = BeliefFilter(.live)
            #expect(try transaction.chosenBeliefs(of: sensor, in: .all, filter: filter).values == [1])
            let other = try Store(path: folder.file("a.db"))
            try other.write { transaction in
                _ = try transaction.save(BeliefWorld.batch(sensor, world.meter, [1, 2, 3], horizon: .hours(-1)))
            }
            #expect(try transaction.chosenBeliefs(of: sensor, in: .all, filter: filter).values == [1])
        }
        #expect(try world.chosen(sensor) == [1, 2, 3])
    }
}
