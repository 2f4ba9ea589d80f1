import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Taking back, copying, annotating")
struct UndoServiceTests {
    @Test("a deleted tree comes back with its ids, sensors, data, remarks and log")
    func deletion() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let site = try house.makeAsset("Site")
        let child = try house.makeAsset("Child", under: site.id)
        let sensor = try house.makeSensor("power", of: child)
        _ = try house.services.annotations.create(
            ["content": "visit", "start": "2026-03-24T10:00:00Z", "end": "2026-03-24T11:00:00Z"],
            on: .sensor(sensor.id), as: owner)
        try house.measure(5, of: sensor)
        let log = try house.services.audit.log(.asset(child.id), AuditQuery(), as: owner).records.map(\.event)
        try house.services.assets.delete(site.id, as: owner)
        house.services.housekeeping.tidy()
        let deed = try #require(try house.services.undo.recent(as: owner).first)
        #expect(deed.title == "Delete asset 'Site'")
        #expect(try house.services.undo.recent(as: house.caller("member")).isEmpty)
        try house.services.undo.undo(deed.id, as: owner)
        #expect(try house.services.sensors.sensor(sensor.id, as: owner) == sensor)
        #expect(try house.services.assets.asset(child.id, as: owner).parentID == site.id)
        let remarks = try house.services.annotations.annotations(
            on: .sensor(sensor.id), from: nil, to: nil, as: owner)
        #expect(remarks.map(\.content) == ["visit"])
        #expect(try house.services.audit.log(.asset(child.id), AuditQuery(), as: owner).records.map(\.event) == log)
        #expect(try house.countOfValues(of: sensor) == 1)
        #expect(throws: UndoError.gone) { try house.services.undo.undo(deed.id, as: owner) }
    }

    @Test("after ten minutes a deletion is for good")
    func tooLate() throws {
        let house = try TestHouse()
        let site = try house.makeAsset("Site")
        let sensor = try house.makeSensor("power", of: site)
        try house.measure(5, of: sensor)
        try house.services.assets.delete(site.id, as: house.caller("owner"))
        house.clock.advance(.minutes(10))
        #expect(try house.services.undo.recent(as: house.caller("owner")).isEmpty)
        house.services.housekeeping.tidy()
        #expect(try house.countOfValues(of: sensor) == 0)
    }

    @Test("a change is taken back unless somebody changed the record again")
    func change() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let site = try house.makeAsset("Site")
        _ = try house.services.assets.update(site.id, ["latitude": 1], as: owner)
        let first = try #require(try house.services.undo.recent(as: owner).first)
        try house.services.undo.undo(first.id, as: owner)
        #expect(try house.services.assets.asset(site.id, as: owner).latitude == nil)
        _ = try house.services.assets.update(site.id, ["latitude": 2], as: owner)
        let second = try #require(try house.services.undo.recent(as: owner).first)
        _ = try house.services.assets.update(site.id, ["latitude": 3], as: owner)
        #expect(throws: UndoError.changedSince(title: "Change asset 'Site'")) {
            try house.services.undo.undo(second.id, as: owner)
        }
    }

    @Test("a deletion is not taken back over something that took its name")
    func placeTaken() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let site = try house.makeAsset("Site")
        try house.services.assets.delete(site.id, as: owner)
        _ = try house.makeAsset("Site")
        let deed = try #require(try house.services.undo.recent(as: owner).last)
        #expect(throws: UndoError.placeTaken(title: "Delete asset 'Site'")) {
            try house.services.undo.undo(deed.id, as: owner)
        }
    }

    @Test("a copy has settings that point to its own sensors, and no data or external id")
    func copy() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let site = try house.makeAsset("Site")
        let battery = try house.makeAsset("Battery", under: site.id)
        let power = try house.makeSensor("power", of: battery)
        _ = try house.services.assets.update(
            site.id,
            [
                "external_id": "x", "flex_context": ["inflexible-device-sensors": [.int(power.id)]],
                "sensors_to_show": [["title": "Power", "sensors": [.int(power.id)]], .int(power.id)],
            ], as: owner)
        let copy = try house.services.assets.copy(site.id, toAccount: nil, under: nil, as: owner)
        #expect(copy.name == "Site (copy)")
        let tree = try house.services.assets.tree(from: copy.id, as: owner)
        #expect(tree.map(\.name) == ["Site (copy)", "Battery"])
        let sensor = try #require(try house.services.assets.details(tree[1].id, as: owner).sensors.first)
        #expect(sensor.id != power.id)
        #expect(copy.externalID == nil)
        #expect(tree[0].flexContext == ["inflexible-device-sensors": [.int(sensor.id)]])
        #expect(tree[0].sensorsToShow == [["title": "Power", "sensors": [.int(sensor.id)]], .int(sensor.id)])
        #expect(throws: AccessError.forbidden) {
            try house.services.assets.copy(site.id, toAccount: house.stranger.id, under: nil, as: owner)
        }
    }

    @Test("the same remark is stored once")
    func annotations() throws {
        let house = try TestHouse()
        let member = house.caller("member")
        let site = try house.makeAsset("Site")
        let fields: JSONObject = [
            "content": "visit", "start": "2026-03-24T10:00:00Z", "end": "2026-03-24T11:00:00Z",
        ]
        let target = AnnotationTarget.asset(site.id)
        #expect(try house.services.annotations.create(fields, on: target, as: member).isNew)
        #expect(try !house.services.annotations.create(fields, on: target, as: member).isNew)
        #expect(
            try house.faults {
                _ = try house.services.annotations.create(
                    ["content": "x", "start": "2026-03-24T10:00:00", "type": "joke"], on: target, as: member)
            } == [
                "start: Not a valid aware datetime.", "end: Missing data for required field.",
                "type: Must be one of: alert, holiday, label, feedback, warning, error.",
            ])
        #expect(throws: AccessError.forbidden) {
            try house.services.annotations.create(fields, on: target, as: house.caller("stranger"))
        }
    }

    @Test("flex fields are checked when stored; a new asset may have fixed prices")
    func flexFields() throws {
        let house = try TestHouse()
        let owner = house.caller("owner")
        let asset = try house.services.assets.create(
            [
                "name": "Site", "generic_asset_type_id": 5,
                "flex_context": "{\"consumption-price\": \"0.25 EUR/kWh\"}",
            ], as: owner)
        #expect(asset.flexContext == ["consumption-price": "0.25 EUR/kWh"])
        func faults(_ fields: JSONObject) throws -> [String] {
            try house.faults { _ = try house.services.assets.update(asset.id, fields, as: owner) }
        }
        #expect(try faults(["flex_context": "{\"price\": \"1 EUR/kWh\"}"]) == ["price: Unknown field."])
        #expect(
            try faults(["flex_context": ["site-power-capacity": "45 EUR"]]) == [
                "site-power-capacity: Cannot convert value `45 EUR` to 'MW'"
            ])
        #expect(
            try faults(["flex_context": ["consumption-price": ["sensor": 999]]]) == [
                "consumption-price: No sensor found with ID 999."
            ])
        #expect(
            try faults(["flex_model": ["soc-max": "20 kW"]]) == ["soc-max: Cannot convert value `20 kW` to 'MWh'"])
    }
}
