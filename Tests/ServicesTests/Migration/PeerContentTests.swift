import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("What another server tells about itself")
struct PeerContentTests {
    private var content: PeerContent {
        var content = PeerContent()
        content.accounts = [
            ["id": 7, "name": "Mill", "consultancy_account_id": 9, "account_roles": [["id": 1, "name": "Prosumer"]]],
            ["id": 9, "name": "Advice", "account_roles": []],
        ]
        content.users = [
            [
                "id": 3, "username": "una", "email": "una@example.com", "account_id": 7, "active": true,
                "flexmeasures_roles": ["account-admin", "gardener"], "timezone": "Europe/Paris",
            ],
            ["id": 4, "username": "old", "email": "old@example.com", "account_id": 99, "flexmeasures_roles": [3]],
        ]
        content.assetTypes = [["id": 5, "name": "battery", "description": "stationary battery"]]
        content.assets = [
            [
                "id": 12, "name": "Pack", "account_id": 7, "parent_asset_id": 20, "generic_asset_type_id": 5,
                "flex_model": "{\"soc-max\": \"9 kWh\", \"state-of-charge\": {\"sensor\": 31}}", "attributes": "{}",
            ],
            ["id": 20, "name": "Site", "account_id": 7, "generic_asset_type": ["id": 5, "name": "battery"]],
            [
                "id": 21, "name": "Site", "account_id": 9, "parent_asset_id": 404, "generic_asset_type_id": 5,
                "sensors_to_show": "[30, {\"title\": \"P\", \"plots\": [{\"sensor\": 31}, {\"sensors\": [30, 31]}]}]",
            ],
        ]
        content.sensors = [
            [
                "id": 30, "name": "a/b", "generic_asset_id": 21, "unit": "kW", "event_resolution": "PT15M",
                "timezone": "Europe/Amsterdam", "attributes": ["x": 1],
            ],
            [
                "id": 31, "name": "soc", "generic_asset_id": 12, "unit": "kWh", "event_resolution": "PT0M",
                "timezone": "Europe/Amsterdam",
            ],
        ]
        return content
    }

    @Test("becomes assets, sensors and users under names of their own, and references follow")
    func world() throws {
        let house = try TestHouse()
        let migration = house.services.migration
        let summary = try migration.store(content, as: .host)
        #expect(summary.accounts == 2 && summary.users == 1 && summary.assets == 3 && summary.sensors == 2)
        let records = try house.services.context.records()
        let sensors = try migration.sensors(of: content)
        let (power, soc) = (try #require(sensors[30]), try #require(sensors[31]))
        #expect(power.name == "a/b" && power.attributes == ["x": 1] && soc.resolution == .zero)
        let pack = try #require(records.asset(soc.assetID))
        #expect(pack.flexModel == ["soc-max": "9 kWh", "state-of-charge": ["sensor": .int(soc.id)]])
        let other = try #require(records.asset(power.assetID))
        #expect(other.name == "Site (21)")
        let (a, b) = (JSONValue.int(power.id), JSONValue.int(soc.id))
        #expect(other.sensorsToShow == [a, ["title": "P", "plots": [["sensor": b], ["sensors": [a, b]]]]])
        let mill = try #require(records.accountsByID.first { $0.name == "Mill" })
        #expect(mill.consultancyID == records.accountsByID.first { $0.name == "Advice" }?.id)
        let una = try #require(records.users.values.first { $0.username == "una" })
        #expect(una.roles == [.accountAdmin] && una.timezone == "Europe/Paris")
        // A second time nothing is doubled.
        _ = try migration.store(content, as: .host)
        let again = try house.services.context.records()
        #expect(
            again.sensors(of: power.assetID).count == 1
                && again.children(of: nil).count == records.children(of: nil).count)
        #expect(throws: AccessError.forbidden) { try migration.store(content, as: house.caller("member")) }
    }

    @Test("values are stored with a mark, from which the next import goes on")
    func marks() throws {
        let house = try TestHouse()
        let migration = house.services.migration
        _ = try migration.store(content, as: .host)
        let sensor = try #require(try migration.sensors(of: content)[30])
        let told: JSONValue = [
            "una (ID: 6)": [
                "First event start": "2026-03-28T00:00:00+01:00", "Last event end": "2026-03-30T00:00:00+02:00",
                "Last recorded": "2026-03-29T00:00:00+01:00",
            ],
            "odd (name) (ID: 2)": ["First event start": "2026-03-01T00:00:00+01:00"], "status": 200,
        ]
        let series = try #require(PeerSeries.list(of: told).first)
        #expect(series.source == 6 && series.description == "una")
        let source = try migration.source(
            series.description, described: ["user_id": 3, "name": "una"], users: content.users, as: .host)
        #expect(source.userID != nil)
        let window = try #require(series.windows(of: sensor, from: nil).first)
        // The day on which the clocks go forward has 23 hours.
        #expect(window.count == 96 + 92 && window.end == series.end)
        let values = [Double?](repeating: 1, count: 187) + [nil]
        func store() throws -> Int {
            try migration.store(
                values, of: window, series: series, sensor: sensor, peerSensor: 30, source: source,
                server: "http://peer",
                as: .host)
        }
        #expect(try store() == 187)
        #expect(try store() == 0)
        let mark = try #require(try migration.mark(server: "http://peer", sensor: 30, series: series))
        #expect(mark == series.end && series.windows(of: sensor, from: mark).isEmpty)
        #expect(try migration.mark(server: "http://other", sensor: 30, series: series) == nil)
        let stored = try house.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)) }
        // What was recorded beforehand stays known beforehand.
        #expect(stored.horizons.first == 0 && (stored.horizons.last ?? 0) > TimeSpan.hours(20).microseconds)
    }

    @Test("windows of daily sensors follow local days, long series come in several")
    func windows() throws {
        var sensor = Sensor(
            id: 1, name: "d", assetID: 1, unit: "kWh", resolution: .days(1), timezone: "Europe/Amsterdam")
        func series(_ start: String, _ end: String) throws -> PeerSeries {
            let entry: JSONValue = ["First event start": .string(start), "Last event end": .string(end)]
            return try #require(PeerSeries.list(of: ["s (ID: 1)": entry]).first)
        }
        let autumn = try series("2026-10-20T00:00:00+02:00", "2026-10-30T00:00:00+01:00").windows(of: sensor, from: nil)
        #expect(autumn.map(\.count) == [10])
        sensor.resolution = .minutes(5)
        let long = try series("2026-01-01T00:00:00+01:00", "2026-07-01T00:00:00+02:00").windows(of: sensor, from: nil)
        #expect(long.map(\.count) == [20_000, 20_000, 12_116])
        #expect(zip(long, long.dropFirst()).allSatisfy { $0.end == $1.start })
    }
}
