import EnergyCore
import Logging
import Services
import Store
import TestSupport
import Testing

@Suite("A store that cannot be written to")
struct FullDiskTests {
    @Test("a store opened for reading answers questions and refuses changes in words")
    func readOnly() throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let site = try house.makeAsset("Site")
        var settings = house.services.settings
        settings.readOnly = true
        var storeSettings = StoreSettings()
        storeSettings.isReadOnly = true
        let services = FlexServices(
            store: try Store(path: house.store.path, settings: storeSettings), settings: settings, clock: house.clock,
            logger: .init(label: "test"))
        #expect(try services.assets.asset(site.id, as: .host) == site)
        #expect(throws: RequestError.readOnly) {
            try services.assets.update(site.id, ["latitude": 1], as: .host)
        }
        services.housekeeping.tidy()
        services.close()
    }

    @Test("a store that another process holds refuses changes in words, and nothing is half done")
    func locked() throws {
        let folder = try TemporaryFolder()
        let house = try TestHouse(path: folder.path + "/store.db")
        let site = try house.makeAsset("Site")
        var impatient = StoreSettings()
        impatient.patience = 0.05
        let other = FlexServices(
            store: try Store(path: house.store.path, settings: impatient), settings: house.services.settings,
            clock: house.clock, logger: .init(label: "test"))
        try house.store.write { _ in
            _ = #expect(throws: RequestError.self) { try other.assets.update(site.id, ["latitude": 1], as: .host) }
        }
        #expect(try other.assets.update(site.id, ["latitude": 2], as: .host).latitude == 2)
        let log = try house.services.audit.log(.asset(site.id), AuditQuery(), as: .host)
        #expect(log.records.map(\.event).last == "Updated: latitude, From: None, To: 2.0")
    }
}
