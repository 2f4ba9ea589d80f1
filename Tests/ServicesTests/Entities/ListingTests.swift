import EnergyCore
import Logging
import Services
import Store
import TestSupport
import Testing

@Suite("Pages of lists")
struct ListingTests {
    @Test(
        "pages of assets and sensors of several accounts are the stretches of the whole list",
        arguments: [1, 3, 7, 100])
    func pages(size: Int) throws {
        let house = try TestHouse()
        var random = SeededGenerator(seed: 3)
        let owners: [JSONValue] = [.int(house.client.id), .int(house.stranger.id), .null]
        for number in 0..<23 {
            let owner = owners[Int.random(in: 0...2, using: &random)]
            let asset = try house.services.assets.create(
                ["name": .string("Asset \(number)"), "generic_asset_type_id": 5, "account_id": owner], as: .host)
            _ = try house.makeSensor("power", of: asset)
        }
        var everything = AssetQuery()
        everything.allAccessible = true
        for descending in [false, true] {
            everything.order = SortOrder(.id, descending: descending)
            let list = try house.services.assets.assets(everything, as: house.caller("admin"))
            let ids = list.items.map(\.id)
            #expect(ids == ids.sorted { descending ? $0 > $1 : $0 < $1 })
            #expect(list.filtered == 23 && list.total == 23)
            let pages = try (1...((23 + size - 1) / size)).map { try list.page($0, size: size).map(\.id) }
            #expect(pages.flatMap { $0 } == ids)
            #expect(pages.dropLast().allSatisfy { $0.count == size })
            #expect(throws: RequestError.self) { try list.page(pages.count + 1, size: size) }
        }
        let sensors = try house.services.sensors.sensors(SensorQuery(), as: .host)
        #expect(sensors.items.map(\.id) == sensors.items.map(\.id).sorted())
        #expect(sensors.items.count == 23)
        #expect(try sensors.page(2, size: 5).map(\.id) == sensors.items[5..<10].map(\.id))
    }

    @Test(
        "whoever saw every change as it was made has the same lists as who opens the store afterwards", arguments: 0..<4
    )
    func changes(seed: UInt64) throws {
        let house = try TestHouse()
        var random = SeededGenerator(seed: seed)
        var assets: [AssetID] = []
        for number in 0..<60 {
            let services = house.services
            switch Int.random(in: 0...5, using: &random) {
            case 0, 1:
                let parent = Bool.random(using: &random) ? assets.randomElement(using: &random) : nil
                // Refused below an asset that has gone to another account.
                if let asset = try? house.makeAsset("Asset \(number)", under: parent) { assets.append(asset.id) }
            case 2:
                guard let id = assets.randomElement(using: &random) else { continue }
                _ = try house.makeSensor("sensor \(number)", of: try services.assets.asset(id, as: .host))
            case 3:
                guard let id = assets.randomElement(using: &random) else { continue }
                let isRoot = try services.assets.asset(id, as: .host).parentID == nil
                let owner = isRoot ? house.stranger.id : house.client.id
                _ = try? services.assets.update(id, ["account_id": .int(owner)], as: .host)
            case 4:
                guard let id = assets.randomElement(using: &random) else { continue }
                _ = try services.assets.update(id, ["name": .string("Renamed \(number)")], as: .host)
            default:
                guard number % 3 == 0, let id = assets.randomElement(using: &random) else { continue }
                try services.assets.delete(id, as: .host)
                assets = try assets.filter { id in try house.store.read { try $0.asset(id) } != nil }
            }
            _ = try lists(house.services)
        }
        let fresh = FlexServices(
            store: house.store, settings: ServiceSettings(), clock: house.clock, logger: Logger(label: "test"))
        #expect(try lists(house.services) == lists(fresh))
    }

    /// What every kind of list says, in words.
    private func lists(_ services: FlexServices) throws -> [String] {
        let accounts: [AccountID?] =
            try services.accounts.accounts(filter: .none, order: nil, as: .host).items.map(\.account.id) + [nil]
        return try accounts.flatMap { account -> [String] in
            var assets = AssetQuery()
            (assets.accountID, assets.allAccessible) = (account, true)
            var sensors = SensorQuery()
            sensors.accountID = account
            return try services.assets.assets(assets, as: .host).items.map { "\($0.id) \($0.name) \(account ?? 0)" }
                + services.sensors.sensors(sensors, as: .host).items.map { "\($0.id) \($0.name) of \(account ?? 0)" }
        }
    }
}
