import EnergyCore
import Foundation
import Services
import Store
import TestSupport
import Testing

@Suite("What explains a forecast sensor")
struct ForecastRegressorTests {
    private let start = Instant(seconds: 1_772_409_600)
    private let days = 25

    /// A load that is the weather of the hour, whose future was forecast.
    private func made() throws -> (house: TestHouse, load: Sensor, weather: Sensor) {
        let house = try TestHouse()
        let asset = try house.makeAsset("Barn")
        func sensor(_ name: String) throws -> Sensor {
            try house.services.sensors.create(
                [
                    "name": .string(name), "unit": "kW", "event_resolution": "PT1H", "generic_asset_id": .int(asset.id),
                    "timezone": "UTC",
                ], as: .host)
        }
        let load = try sensor("load")
        let weather = try sensor("weather")
        try house.store.write { transaction in
            let meter = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            for (sensor, shift) in [(load, 20.0), (weather, 0)] {
                var batch = BeliefBatch(sensor: sensor, source: meter.id)
                for i in 0..<(days * 24) {
                    batch.append(start: (start + .hours(Int64(i))).seconds, horizon: .zero, value: shift + value(i))
                }
                _ = try transaction.save(batch)
            }
        }
        house.clock.set(start + .days(Int64(days)))
        return (house, load, weather)
    }

    private func value(_ hour: Int) -> Double { 8 * sin(Double(hour) / 31) + 4 * cos(Double(hour) / 13) }

    private func foretell(_ house: TestHouse, _ weather: Sensor, believedAt: Instant, _ value: (Int) -> Double) throws {
        try house.store.write { transaction in
            let office = try transaction.ensure(
                DataSource(id: 0, name: "Office", type: "forecaster", model: "harmonie"))
            var batch = BeliefBatch(sensor: weather, source: office.id)
            for i in (days * 24)..<(days * 24 + 24) {
                batch.append(start: (start + .hours(Int64(i))).seconds, believedAt: believedAt, value: value(i))
            }
            _ = try transaction.save(batch)
        }
    }

    private func forecast(_ made: (house: TestHouse, load: Sensor, weather: Sensor), _ config: JSONObject) throws
        -> [Double]
    {
        let message: JSONObject = [
            "start": .string((start + .days(Int64(days))).text(offset: 0)), "duration": "P1D",
            "config": .object(config),
        ]
        let id = try made.house.services.forecasts.trigger(.object(message), for: made.load.id, as: .host)
        try made.house.services.jobs.runner.runQueuedJobs()
        guard
            case .found(let found) = try made.house.services.forecasts.answer(for: id, sensor: made.load.id, as: .host)
        else { return [] }
        return found.values.map { $0 ?? .nan }
    }

    private func error(_ values: [Double]) -> Double {
        let truth = (0..<24).map { 20 + value(days * 24 + $0) }
        return zip(values, truth).reduce(0) { $0 + abs($1.0 - $1.1) } / 24
    }

    @Test("forecasts of a regressor help, later ones are not looked at")
    func future() throws {
        let made = try made()
        let viewpoint = start + .days(Int64(days))
        let blind = try forecast(made, [:])
        try foretell(made.house, made.weather, believedAt: viewpoint - .hours(1), value)
        let config: JSONObject = ["future-regressors": [.int(made.weather.id)]]
        let seeing = try forecast(made, config)
        #expect(error(seeing) < 0.6 * error(blind))
        try foretell(made.house, made.weather, believedAt: viewpoint + .hours(1)) { _ in 900 }
        #expect(try forecast(made, config) == seeing)
    }

    @Test("of a past regressor the future is not looked at")
    func past() throws {
        let made = try made()
        let config: JSONObject = ["past-regressors": [.int(made.weather.id)]]
        let first = try forecast(made, config)
        try foretell(made.house, made.weather, believedAt: start + .days(Int64(days)) - .hours(1)) { _ in 900 }
        #expect(try forecast(made, config) == first)
    }

    @Test("bounds are kept, in the sensor's unit")
    func bounds() throws {
        let made = try made()
        let values = try forecast(made, ["lower": "19 kW", "upper": "0.021 MW"])
        #expect(values.count == 24 && values.allSatisfy { $0 >= 19 && $0 <= 21 })
    }
}
