import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Errors of stored forecasts")
struct ForecastErrorsTests {
    /// Two days of hourly values of 10, and forecasts made 3 and 1 hours before each: 4 too much and 1 too little.
    private func house() throws -> (TestHouse, Sensor) {
        let house = try TestHouse()
        let asset = try house.makeAsset("Barn")
        let sensor = try house.services.sensors.create(
            [
                "name": "load", "unit": "kW", "event_resolution": "PT1H", "generic_asset_id": .int(asset.id),
                "timezone": "UTC",
            ], as: .host)
        let first = house.clock.now.seconds / 3600 * 3600 - 48 * 3600
        try house.store.write { transaction in
            let meter = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            let model = try transaction.ensure(DataSource(id: 0, name: "model", type: "forecaster"))
            var measured = BeliefBatch(sensor: sensor, source: meter.id)
            var expected = BeliefBatch(sensor: sensor, source: model.id)
            for hour in 0..<48 {
                let start = first + Int64(hour) * 3600
                measured.append(start: start, horizon: .zero, value: 10)
                expected.append(start: start, horizon: .hours(3), value: 14)
                expected.append(start: start, horizon: .hours(1), probability: 0.1, value: 8)
                expected.append(start: start, horizon: .hours(1), value: 9)
                expected.append(
                    start: start, horizon: .hours(1), probability: 0.9, value: hour % 4 == 0 ? 9.5 : 12)
                // What was said afterwards is no forecast.
                expected.append(start: start, horizon: .hours(-1), value: 10)
            }
            _ = try transaction.save(measured)
            _ = try transaction.save(expected)
        }
        return (house, sensor)
    }

    @Test("are told by horizon, and by time of day for the last forecast before each value")
    func errors() throws {
        let (house, sensor) = try house()
        let errors = try house.services.forecasts.errors(
            of: sensor.id, before: house.clock.now, days: 7, as: .live, caller: house.caller("member"))
        #expect(errors.byHorizon.map(\.error) == [1, nil, 4])
        #expect(errors.byHorizon[2].share == 0.4)
        #expect(errors.periods.allSatisfy { $0.bias == -1 && $0.mean.error == 1 })
        #expect(errors.periods.reduce(0) { $0 + $1.mean.count } == 48)
        #expect(errors.coverage == 0.75)
        #expect(errors.bandShare.map { abs($0 - 0.8) < 1e-9 } == true)
        #expect(errors.days == 7)
    }

    @Test("need the right to read, can be given up, and count what was known then")
    func limits() throws {
        let (house, sensor) = try house()
        let forecasts = house.services.forecasts
        #expect(throws: AccessError.forbidden) {
            _ = try forecasts.errors(
                of: sensor.id, before: house.clock.now, days: 7, as: .live, caller: house.caller("stranger"))
        }
        #expect(throws: CancellationError.self) {
            _ = try forecasts.errors(
                of: sensor.id, before: house.clock.now, days: 7, as: .live, caller: .host, isCancelled: { true })
        }
        let past = house.clock.now - .days(1)
        let then = try forecasts.errors(of: sensor.id, before: past, days: 7, as: .asOf(past), caller: .host)
        #expect(then.byHorizon.first?.count ?? 0 < 48 && then.byHorizon.first?.error == 1)
    }
}
