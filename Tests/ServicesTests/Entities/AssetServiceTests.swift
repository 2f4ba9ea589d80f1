import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Assets")
struct AssetServiceTests {
    @Test("a new asset is found at once, with its kind, owner and audit record")
    func create() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let asset = try house.services.assets.create(
            ["name": "Site", "generic_asset_type_id": 6, "latitude": 40, "attributes": "{\"a\": 1}"], as: owner)
        let details = try house.services.assets.details(asset.id, as: house.caller("member"))
        #expect(details.owner?.name == "Client")
        #expect(details.asset.type.name == "building")
        #expect(details.asset.attributes == ["a": 1])
        let log = try house.services.audit.log(.asset(asset.id), AuditQuery(), as: owner)
        #expect(log.records.map(\.event) == ["Created asset 'Site': \(asset.id)"])
        #expect(log.records.first?.activeUserName == "owner")
    }

    @Test("all faults of a request are told together, in the words clients know")
    func faults() throws {
        let house = try TestHouse()
        _ = try house.makeAsset("North Barn")
        func faults(_ fields: JSONObject, as name: String = "owner") throws -> [String] {
            try house.faults { _ = try house.services.assets.create(fields, as: house.caller(name)) }
        }
        #expect(
            try faults(["name": nil, "generic_asset_type_id": "x", "latitude": 999]) == [
                "name: Field may not be null.", "generic_asset_type_id: Not a valid integer.",
                "latitude: Latitude 999.0 exceeds the maximum latitude of 90 degrees.",
            ])
        #expect(
            try faults(["name": "North Barn", "generic_asset_type_id": 5]) == [
                "name: An asset with the name 'North Barn' already exists under parent asset None"
            ])
        #expect(
            try faults(["name": "x", "generic_asset_type_id": 5, "account_id": .int(house.stranger.id)]) == [
                "account_id: User is not allowed to create assets for this account."
            ])
        #expect(
            try faults(["name": "x", "generic_asset_type_id": 5, "account_id": nil]) == [
                "account_id: Account with Id None doesn't exist."
            ])
        #expect(
            try faults(["name": "x", "generic_asset_type_id": 99, "parent_asset_id": 77, "colour": 1]) == [
                "generic_asset_type_id: GenericAssetType with id 99 doesn't exist.",
                "parent_asset_id: Parent GenericAsset with id 77 doesn't exist.", "colour: Unknown field.",
            ])
        #expect(
            try faults(["name": "x", "generic_asset_type_id": 5, "longitude": 4.12345678]) == [
                "longitude: Latitudes and longitudes are limited to 7 decimal places."
            ])
    }

    @Test("who may not create anything is refused before the fields are looked at")
    func permissionFirst() throws {
        let house = try TestHouse()
        for name in ["member", "reader", "colleague"] {
            #expect(throws: AccessError.forbidden) {
                try house.services.assets.create(["colour": 1], as: house.caller(name))
            }
        }
        let asset = try house.services.assets.create(
            ["name": "x", "generic_asset_type_id": 5, "account_id": .int(house.client.id)],
            as: house.caller("consultant"))
        #expect(asset.accountID == house.client.id)
        let open = try house.services.assets.create(
            ["name": "market", "generic_asset_type_id": 5], as: house.caller("admin"))
        #expect(open.accountID == nil)
    }

    @Test("changes are logged one by one, and a parent can neither be foreign nor a descendant")
    func update() throws {
        let house = try TestHouse()
        let (assets, member) = (house.services.assets, house.caller("member"))
        let site = try house.makeAsset("Site")
        let child = try house.makeAsset("Child", under: site.id)
        _ = try assets.update(site.id, ["latitude": 1, "attributes": ["x": 1]], as: member)
        _ = try assets.update(site.id, ["name": "Site"], as: member)
        let log = try house.services.audit.log(.asset(site.id), AuditQuery(), as: member)
        #expect(
            log.records.dropFirst().map(\.event) == [
                "Updated: latitude, From: None, To: 1.0", "Updated Attr: x, From: None, To: 1",
            ])
        for parent in [site.id, child.id] {
            #expect(
                try house.faults { _ = try assets.update(site.id, ["parent_asset_id": .int(parent)], as: member) }
                    == ["parent_asset_id: An asset cannot be its own parent."])
        }
        #expect(throws: RequestError.noFields) { try assets.update(site.id, [:], as: member) }
        #expect(throws: AccessError.forbidden) {
            try assets.update(site.id, ["colour": 1], as: house.caller("stranger"))
        }
    }

    @Test("an asset goes with all below it, and nobody sees it any more")
    func delete() throws {
        let house = try TestHouse()
        let site = try house.makeAsset("Site")
        let child = try house.makeAsset("Child", under: site.id)
        let sensor = try house.makeSensor("power", of: child)
        #expect(throws: AccessError.forbidden) {
            try house.services.assets.delete(site.id, as: house.caller("member"))
        }
        try house.services.assets.delete(site.id, as: house.caller("owner"))
        #expect(throws: NotFound(.asset, child.id)) { try house.services.assets.asset(child.id, as: .host) }
        #expect(throws: NotFound(.sensor, sensor.id)) { try house.services.sensors.sensor(sensor.id, as: .host) }
    }

    @Test("lists hold what the caller may read, by account, tree, depth and filter")
    func lists() throws {
        let house = try TestHouse()
        let site = try house.makeAsset("North Site")
        let building = try house.makeAsset("Main building", under: site.id)
        _ = try house.makeAsset("Battery", under: building.id)
        let market = try house.services.assets.create(["name": "Market", "generic_asset_type_id": 5], as: .host)
        func names(_ caller: String, _ change: (inout AssetQuery) -> Void = { _ in }) throws -> [String] {
            var query = AssetQuery()
            change(&query)
            return try house.services.assets.assets(query, as: house.caller(caller)).items.map(\.name)
        }
        #expect(try names("member") == ["North Site", "Main building", "Battery"])
        #expect(try names("consultant").isEmpty)
        #expect(try names("consultant") { $0.allAccessible = true }.count == 4)
        #expect(try names("stranger") { $0.allAccessible = true } == ["Market"])
        #expect(try names("member") { $0.includesPublic = true }.last == "Market")
        #expect(try names("member") { $0.root = building.id } == ["Main building", "Battery"])
        #expect(try names("member") { ($0.root, $0.depth) = (site.id, 1) } == ["North Site", "Main building"])
        #expect(try names("stranger") { $0.root = site.id }.isEmpty)
        #expect(try names("member") { $0.filter = FilterTerms(["client", "north"]) } == ["North Site"])
        #expect(try names("member") { $0.order = SortOrder(.name) }.first == "Battery")
        #expect(throws: AccessError.forbidden) { try names("stranger") { $0.accountID = house.client.id } }
        #expect(try house.services.assets.publicAssets().map(\.id) == [market.id])
    }
}
