import EnergyCore
import Scheduling
import Services
import Store
import TestSupport
import Testing

/// What a job stores in the sensors that flex-model and flex-context name.
@Suite("Outputs of schedules in the store", .serialized)
struct ScheduleOutputTests {
    /// A battery that sells for one hour and buys back in the next.
    private struct Site {
        let house: TestHouse
        let battery: Asset
        let power: Sensor
        let taken: Sensor
        let given: Sensor

        init() throws {
            house = try TestHouse()
            battery = try house.makeAsset("Battery")
            power = try house.makeSensor("power", of: battery)
            taken = try Self.energy("taken", battery, house)
            given = try Self.energy("given", battery, house)
        }

        private static func energy(_ name: String, _ asset: Asset, _ house: TestHouse) throws -> Sensor {
            try house.services.sensors.create(
                [
                    "name": .string(name), "unit": "kWh", "event_resolution": "PT1H",
                    "generic_asset_id": .int(asset.id),
                ], as: .host)
        }

        func message(_ model: JSONObject, _ context: JSONObject = [:]) -> JSONObject {
            let hours = (0..<2).map { hour -> JSONValue in
                [
                    "start": .string("2026-03-24T0\(hour):00:00+01:00"), "duration": "PT1H",
                    "value": .string(hour == 0 ? "300 EUR/MWh" : "60 EUR/MWh"),
                ]
            }
            let own: JSONObject = [
                "sensor": .int(power.id), "soc-at-start": "10 kWh", "soc-min": "0 kWh", "soc-max": "40 kWh",
                "power-capacity": "5 kW",
                "soc-targets": [["datetime": "2026-03-24T02:00:00+01:00", "value": "8 kWh"]],
            ]
            let shared: JSONObject = ["consumption-price": .array(hours)]
            return [
                "start": "2026-03-24T00:00:00+01:00", "duration": "PT2H",
                "flex-model": [.object(own.overlaid(with: model))],
                "flex-context": .object(shared.overlaid(with: context)),
            ]
        }

        func run(_ message: JSONObject) throws -> JobID {
            let id = try house.services.schedules.trigger(message, for: .asset(battery.id), as: house.caller("member"))
            house.services.jobs.runner.start()
            try house.waitForEnd(of: id)
            return id
        }

        func answer(_ id: JobID, _ sensor: Sensor) throws -> [Double] {
            let answer = try house.services.schedules.answer(
                for: id, sensor: sensor.id, duration: .hours(2), as: house.caller("member"))
            guard case .found(let planned) = answer else { return [] }
            return planned.values
        }

        func stored(_ sensor: Sensor) throws -> [Double] {
            try house.store.read { try $0.chosenBeliefs(of: sensor, in: .all, filter: BeliefFilter(.live)).values }
        }

        func attribute(_ sensor: Sensor) throws -> JSONValue? {
            try house.services.sensors.sensor(sensor.id, as: .host).attributes["consumption_is_positive"]
        }
    }

    @Test("each direction is stored as a positive amount in the unit and resolution of its sensor")
    func split() throws {
        let site = try Site()
        let id = try site.run(
            site.message([
                "consumption": ["sensor": .int(site.taken.id)], "production": ["sensor": .int(site.given.id)],
            ]))
        #expect(try site.stored(site.taken) == [0, 3])
        #expect(try site.stored(site.given) == [5, 0])
        #expect(try site.answer(id, site.taken) == [0, 3])
        #expect(try site.answer(id, site.given) == [-5, 0])
        #expect(try site.attribute(site.taken) == .bool(true))
        #expect(try site.attribute(site.given) == .bool(false))
        site.house.services.close()
    }

    @Test("one direction alone takes the whole of the site")
    func aggregate() throws {
        let site = try Site()
        let id = try site.run(site.message([:], ["aggregate-production": ["sensor": .int(site.given.id)]]))
        #expect(try site.stored(site.given) == [5, -3])
        #expect(try site.answer(id, site.given) == [-5, 3])
        site.house.services.close()
    }

    @Test("a sensor that the caller may not write to is no output")
    func foreign() throws {
        let site = try Site()
        let house = site.house
        let other = try house.services.assets.create(
            ["name": "Elsewhere", "generic_asset_type_id": 5, "account_id": .int(house.stranger.id)], as: .host)
        let sensor = try house.makeSensor("power", of: other)
        for field in ["consumption", "production"] {
            let refused = RequestRefusal(.body, FieldErrors(field, "No sensor found with ID \(sensor.id)."))
            #expect(throws: refused) { try site.run(site.message([field: ["sensor": .int(sensor.id)]])) }
        }
    }
}
