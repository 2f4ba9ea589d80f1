import EnergyCore
import FoundationEssentials
import Store
import Testing

@Suite struct MaintenanceTests {
    private func filled(_ folder: TemporaryFolder) throws -> (BeliefWorld, Sensor) {
        let world = try BeliefWorld(path: folder.file("a.db"))
        var sensor = BeliefWorld.sensor(id: 0)
        try world.store.write { transaction in
            let asset = Asset(id: 1, name: "site", accountID: nil, type: AssetType(id: 5, name: "battery"))
            sensor.assetID = try transaction.insert(asset)
            sensor.id = try transaction.insert(sensor)
            let values = (0..<500).map { Double($0 % 17) }
            try transaction.save(BeliefWorld.batch(sensor, world.meter, values))
            try transaction.save(BeliefWorld.batch(sensor, world.forecaster, values, horizon: .hours(3)))
        }
        return (world, sensor)
    }

    @Test("a backup is a whole store, made beside a busy one")
    func backUp() throws {
        let folder = try TemporaryFolder()
        let (world, sensor) = try filled(folder)
        var parts: [Double] = []
        try world.store.backUp(to: folder.file("b.db")) { parts.append($0) }
        #expect(parts.last == 1)
        try world.store.write { _ = try $0.deleteBeliefs(of: sensor) }
        let copy = try Store(path: folder.file("b.db"))
        #expect(try copy.check().isSound)
        #expect(try copy.check().beliefs == 1000)
        #expect(throws: StoreError.self) { try world.store.backUp(to: folder.file("b.db")) }
        #expect(!FileManager.default.fileExists(atPath: folder.file("b.db.partial")))
    }

    @Test("a sound store passes the check, and a rebuild changes nothing")
    func rebuild() throws {
        let folder = try TemporaryFolder()
        let (world, _) = try filled(folder)
        let before = try world.store.check()
        #expect(before.isSound)
        #expect(before.sensors == 1)
        try world.store.rebuildDerived()
        let after = try world.store.check()
        #expect(after.problems.isEmpty)
        #expect(after.beliefs == before.beliefs)
    }

    @Test("a changed zone makes roll-ups wrong until they are rebuilt")
    func wrongRollUps() throws {
        let folder = try TemporaryFolder()
        let (world, sensor) = try filled(folder)
        var moved = sensor
        moved.timezone = "Asia/Kolkata"
        try world.store.write { try $0.update(moved) }
        #expect(try !world.store.check().isSound)
        try world.store.rebuildDerived()
        #expect(try world.store.check().isSound)
    }

    @Test("room of deleted data is given back")
    func vacuum() throws {
        let folder = try TemporaryFolder()
        let (world, sensor) = try filled(folder)
        try world.store.write { transaction in
            let values = (0..<200_000).map { Double($0) }
            _ = try transaction.save(BeliefWorld.batch(sensor, world.meter, values, horizon: .hours(-5)))
        }
        let full = try world.store.check().size
        try world.store.write { _ = try $0.deleteBeliefs(of: sensor) }
        try world.store.vacuum()
        #expect(try world.store.check().size < full / 2)
    }
}
