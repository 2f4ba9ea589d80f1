import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Sensors, accounts and logs")
struct SensorServiceTests {
    @Test("faults of a sensor are told in the words clients know")
    func faults() throws {
        let house = try TestHouse()
        let asset = try house.makeAsset("Site")
        func faults(_ change: JSONObject) throws -> [String] {
            let fields: JSONObject = [
                "name": "power", "unit": "kW", "event_resolution": "PT15M", "generic_asset_id": .int(asset.id),
            ]
            return try house.faults {
                _ = try house.services.sensors.create(fields.overlaid(with: change), as: house.caller("member"))
            }
        }
        #expect(try faults(["unit": "sheep"]) == ["unit: Unit 'sheep' cannot be handled."])
        #expect(
            try faults(["timezone": "Europe/Amsterdan"]) == [
                "timezone: Invalid timezone 'Europe/Amsterdan'. Did you mean 'Europe/Amsterdam'?"
            ])
        #expect(
            try faults(["timezone": "Nowhere"]) == [
                "timezone: Invalid timezone 'Nowhere'. Example: Europe/Amsterdam."
            ])
        #expect(
            try faults(["event_resolution": "15 minutes"]) == [
                "event_resolution: Cannot parse 15 minutes as ISO8601 duration: "
                    + "Unable to parse duration string '15 minutes'"
            ])
        #expect(
            try faults(["event_resolution": "P1M"]) == [
                "event_resolution: Nominal durations (months, years) are not supported here."
            ])
        #expect(
            try faults(["generic_asset_id": 99]) == ["generic_asset_id: Generic asset with id 99 doesn't exist."])
        #expect(try faults([:]).isEmpty)
        #expect(
            try faults([:]) == ["name: A sensor with the name 'power' already exists on asset \(asset.id)"])
    }

    @Test("a change is logged with old and new values, even when nothing changed")
    func update() throws {
        let house = try TestHouse()
        let asset = try house.makeAsset("Site")
        let sensor = try house.makeSensor("power", of: asset)
        let owner = house.caller("owner")
        _ = try house.services.sensors.update(sensor.id, ["name": "POWER", "event_resolution": "PT1H"], as: owner)
        _ = try house.services.sensors.update(sensor.id, [:], as: owner)
        var query = AuditQuery()
        query.filter = FilterTerms(["updated"])
        let log = try house.services.audit.log(.asset(asset.id), query, as: owner)
        #expect(
            log.records.map(\.event) == [
                "Updated sensor 'power': \(sensor.id). Updated fields: Field name: name, Old value: power, "
                    + "New value: POWER; Field name: event_resolution, Old value: 0:15:00, New value: 1:00:00",
                "Updated sensor 'POWER': \(sensor.id). Updated fields: ",
            ])
        #expect(log.total == 4)
        #expect(throws: AccessError.forbidden) {
            try house.services.sensors.update(sensor.id, ["name": "x"], as: house.caller("member"))
        }
        #expect(throws: FieldErrors.self) {
            try house.services.sensors.update(999, ["generic_asset_id": 1], as: owner)
        }
        #expect(throws: NotFound(.sensor, 999)) { try house.services.sensors.update(999, [:], as: owner) }
    }

    @Test("the consultancy of an account is changed by admins only")
    func consultancy() throws {
        let house = try TestHouse()
        let accounts = house.services.accounts
        let fields: JSONObject = ["consultancy_account_id": .int(house.stranger.id)]
        #expect(throws: RequestError.consultancyNotAllowed) {
            try accounts.update(house.client.id, fields, as: house.caller("owner"))
        }
        #expect(throws: RequestError.invalidConsultancy) {
            try accounts.update(
                house.client.id, ["consultancy_account_id": .int(house.client.id)], as: house.caller("admin"))
        }
        let same = try accounts.update(house.client.id, ["primary_color": "#123"], as: house.caller("member"))
        #expect(same.consultancyID == house.consultancy.id)
        #expect(
            try accounts.update(house.client.id, ["consultancy_account_id": nil], as: house.caller("admin"))
                .consultancyID == nil)
        let log = try house.services.audit.log(.account(house.client.id), AuditQuery(), as: house.caller("owner"))
        #expect(
            log.records.suffix(2).map(\.event) == [
                "Account Updated, Field: primary_color", "Account Updated, Field: consultancy_account_id",
            ])
    }

    @Test("accounts are filtered by the first term alone, and sorted by what hangs on them")
    func accountLists() throws {
        let house = try TestHouse()
        _ = try house.makeAsset("Site")
        func names(_ filter: String, _ order: SortOrder<AccountSort>? = nil, as name: String = "admin") throws
            -> [String]
        {
            try house.services.accounts.accounts(
                filter: FilterTerms(parsing: filter), order: order, as: house.caller(name)
            ).items.map(\.account.name)
        }
        #expect(try names("") == ["Host", "Advice", "Client", "Stranger"])
        #expect(try names("host advice") == ["Host"])
        #expect(try names("'host advice'") == ["Host", "Advice"])
        #expect(try names("", SortOrder(.assets, descending: true)).first == "Client")
        #expect(try names("", as: "consultant") == ["Advice", "Client"])
        #expect(try names("", as: "colleague") == ["Advice"])
        #expect(try house.faults { _ = try names("\"host") } == ["filter: No closing quotation"])
    }
}
