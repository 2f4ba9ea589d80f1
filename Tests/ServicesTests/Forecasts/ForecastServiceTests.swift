import EnergyCore
import Foundation
import Services
import Store
import TestSupport
import Testing

@Suite("Forecasts of sensors")
struct ForecastServiceTests {
    private let start = Instant(seconds: 1_772_409_600)  // 2026-03-02, a Monday

    /// A sensor with some days of hourly data, recorded when they happened.
    private func house(days: Int = 9, unit: String = "kW") throws -> (TestHouse, Sensor) {
        let house = try TestHouse()
        let asset = try house.makeAsset("Barn")
        let sensor = try house.services.sensors.create(
            [
                "name": "load", "unit": .string(unit), "event_resolution": "PT1H", "generic_asset_id": .int(asset.id),
                "timezone": "UTC",
            ], as: .host)
        try record(house, sensor, days: days)
        house.clock.set(start + .days(Int64(days)))
        return (house, sensor)
    }

    private func record(_ house: TestHouse, _ sensor: Sensor, days: Int, from: Int = 0, level: Double = 10) throws {
        try house.store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            var batch = BeliefBatch(sensor: sensor, source: source.id)
            for i in (from * 24)..<(days * 24) {
                let value = level + 5 * sin(Double(i % 24) / 24 * 2 * .pi) + 0.1 * Double(i % 7)
                batch.append(start: (start + .hours(Int64(i))).seconds, horizon: .zero, value: value)
            }
            _ = try transaction.save(batch)
        }
    }

    private func run(_ house: TestHouse) throws {
        try house.services.jobs.runner.runQueuedJobs()
    }

    private func stored(_ house: TestHouse, _ sensor: Sensor) throws -> BeliefColumns {
        let sources = try house.services.sources.sources(onlyLatest: false, as: .host).filter {
            $0.type == "forecaster"
        }
        var filter = BeliefFilter(.live)
        filter.sources = Set(sources.map(\.id))
        return try house.store.read { try $0.beliefs(of: sensor, in: .all, filter: filter) }
    }

    @Test("a trigger leads to a job, beliefs with growing horizons, and an answer")
    func oneCycle() throws {
        let (house, sensor) = try house()
        let forecasts = house.services.forecasts
        let id = try forecasts.trigger(.object(["duration": "P1D"]), for: sensor.id, as: house.caller("member"))
        let waiting = try forecasts.answer(for: id, sensor: sensor.id, as: house.caller("member"))
        #expect(waiting == .pending(status: "QUEUED", sentence: "Forecasting job waiting to be processed."))
        try run(house)
        guard case .found(let found) = try forecasts.answer(for: id, sensor: sensor.id, as: house.caller("member"))
        else {
            Issue.record("no forecast")
            return
        }
        #expect(found.start == start + .days(9) && found.duration == .days(1) && found.values.count == 24)
        #expect(found.values.allSatisfy { ($0 ?? 0) > 3 && ($0 ?? 0) < 18 })
        let beliefs = try stored(house, sensor)
        #expect(beliefs.horizons.first == TimeSpan.hours(1).microseconds)
        #expect(beliefs.horizons.last == TimeSpan.hours(24).microseconds)
        let report = try house.services.jobs.find(id)?.result?["report"]
        #expect(report?["method"] == "pattern" && report?["bands"]?.arrayValue?.isEmpty == false)
    }

    @Test("the source says how it was configured, and equal configurations share it")
    func source() throws {
        let (house, sensor) = try house()
        for duration in ["P1D", "PT6H"] {
            _ = try house.services.forecasts.trigger(
                .object(["duration": .string(duration)]), for: sensor.id, as: .host)
        }
        let sources = try house.services.sources.sources(onlyLatest: false, as: .host).filter {
            $0.type == "forecaster"
        }
        #expect(sources.count == 1)
        #expect(sources.first?.name == "FlexMeasures" && sources.first?.model == "TrainPredictPipeline")
        #expect(sources.first?.version == nil)
        let expected: JSONObject = [
            "model": "CustomLGBM", "train-period": "P30D", "ensure-positive": false, "past-regressors": [],
            "future-regressors": [], "missing-threshold": 1.0, "retrain-frequency": "P2D",
            "max-training-period": "P365D",
        ]
        #expect(sources.first?.attributes["data_generator"]?["config"] == .object(expected))
    }

    @Test("several viewpoints have their own belief times; several cycles an umbrella job")
    func cycles() throws {
        let (house, sensor) = try house(days: 12)
        let message: JSONObject = [
            "start": .string((start + .days(10)).text(offset: 0)), "end": .string((start + .days(12)).text(offset: 0)),
            "max-forecast-horizon": "P1D", "forecast-frequency": "PT12H", "config": ["retrain-frequency": "P1D"],
        ]
        let id = try house.services.forecasts.trigger(.object(message), for: sensor.id, as: .host)
        guard
            case .pending("DEFERRED", let sentence) = try house.services.forecasts.answer(
                for: id, sensor: sensor.id, as: .host)
        else {
            Issue.record("not waiting")
            return
        }
        #expect(sentence.hasPrefix("Forecasting job waiting for queued job \""))
        try run(house)
        guard case .several(let ids) = try house.services.forecasts.answer(for: id, sensor: sensor.id, as: .host) else {
            Issue.record("no list")
            return
        }
        #expect(ids.count == 2)
        let beliefs = try stored(house, sensor)
        let times = zip(beliefs.starts, beliefs.horizons).map { $0 + 3600 - $1 / 1_000_000 }
        let counts = Dictionary(grouping: times) { $0 }.mapValues(\.count)
        #expect(counts.keys.sorted() == (0..<4).map { (start + .days(10) + .hours(12 * $0)).seconds })
        #expect(counts.values.allSatisfy { $0 == 24 })
    }

    @Test("cancelling an umbrella job cancels its cycles: nothing is stored any more")
    func cancelledCycles() throws {
        let (house, sensor) = try house(days: 12)
        let message: JSONObject = [
            "start": .string((start + .days(10)).text(offset: 0)), "end": .string((start + .days(12)).text(offset: 0)),
            "max-forecast-horizon": "PT6H", "forecast-frequency": "PT6H", "config": ["retrain-frequency": "PT6H"],
        ]
        let id = try house.services.forecasts.trigger(.object(message), for: sensor.id, as: .host)
        #expect(try house.services.jobs.cancel(id, as: .host) == .deferred)
        try run(house)
        let states = try house.services.jobs.jobs(limit: 20, as: .host).map(\.state)
        #expect(states == [JobState](repeating: .canceled, count: 9))
        #expect(try stored(house, sensor).count == 0)
        let answer = try house.services.forecasts.answer(for: id, sensor: sensor.id, as: .host)
        #expect(answer == .pending(status: "CANCELED", sentence: "Forecasting job has been cancelled."))
    }

    @Test("quantiles are stored beside the median, which is what clients get")
    func probabilistic() throws {
        let (house, sensor) = try house()
        let message: JSONObject = ["duration": "PT6H", "probabilistic": true]
        let id = try house.services.forecasts.trigger(.object(message), for: sensor.id, as: .host)
        try run(house)
        let beliefs = try stored(house, sensor)
        #expect(beliefs.count == 18)
        guard case .found(let found) = try house.services.forecasts.answer(for: id, sensor: sensor.id, as: .host) else {
            Issue.record("no forecast")
            return
        }
        for (i, value) in found.values.enumerated() {
            let three = Array(beliefs.values[(3 * i)..<(3 * i + 3)])
            #expect(value == three[1] && three[0] <= three[1] && three[1] <= three[2])
        }
    }

    @Test("the same request again replaces the values")
    func again() throws {
        let (house, sensor) = try house()
        for _ in 0..<2 {
            _ = try house.services.forecasts.trigger(.object(["duration": "PT6H"]), for: sensor.id, as: .host)
        }
        try run(house)
        #expect(try stored(house, sensor).count == 6)
    }

    @Test("what was recorded after the viewpoint does not count")
    func noPeeking() throws {
        let (house, sensor) = try house(days: 6)
        let message: JSONValue = .object(["start": .string((start + .days(5)).text(offset: 0)), "duration": "PT6H"])
        _ = try house.services.forecasts.run(message, for: sensor.id, as: .host)
        let first = try stored(house, sensor).values
        // Corrections of the past, known only now.
        try house.store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Corrector", type: "user"))
            var batch = BeliefBatch(sensor: sensor, source: source.id)
            for i in 0..<(5 * 24) {
                batch.append(
                    start: (start + .hours(Int64(i))).seconds, believedAt: start + .days(6), value: 500)
            }
            _ = try transaction.save(batch)
        }
        _ = try house.services.forecasts.run(message, for: sensor.id, as: .host)
        #expect(try stored(house, sensor).values == first)
    }

    @Test("without data the job fails and says so; a history that was loaded later will do")
    func noData() throws {
        let house = try TestHouse()
        let sensor = try house.makeSensor("power", of: try house.makeAsset("Barn"))
        let id = try house.services.forecasts.trigger(.object([:]), for: sensor.id, as: .host)
        try run(house)
        guard case .failed(let sentence) = try house.services.forecasts.answer(for: id, sensor: sensor.id, as: .host)
        else {
            Issue.record("not failed")
            return
        }
        #expect(
            sentence.hasPrefix(
                "Forecasting job failed with str: Not enough data to forecast sensor \(sensor.id): no observations between "
            ))
        #expect(sentence.hasSuffix("."))
        let (other, hourly) = try self.house(days: 0)
        try other.store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Import", type: "user"))
            var batch = BeliefBatch(sensor: hourly, source: source.id)
            for i in 0..<72 {
                batch.append(
                    start: (start + .hours(Int64(i))).seconds, believedAt: start + .days(40), value: Double(i % 24))
            }
            _ = try transaction.save(batch)
        }
        let message: JSONValue = .object(["start": .string((start + .days(3)).text(offset: 0)), "duration": "PT3H"])
        #expect(try other.services.forecasts.run(message, for: hourly.id, as: .host).beliefs == 3)
    }

    @Test("too many missing values fail the job with the share")
    func missing() throws {
        let (house, sensor) = try house(days: 4)
        try record(house, sensor, days: 12, from: 8)
        house.clock.set(start + .days(12))
        let message: JSONValue = .object(["duration": "P1D", "config": ["missing-threshold": 0.2]])
        #expect {
            try house.services.forecasts.run(message, for: sensor.id, as: .host)
        } throws: { error in
            (error as? JobFailure)?.message
                == "Sensor load has 33.3% missing values which exceeds the allowed threshold of 20.0%"
        }
    }

    @Test("answers about unknown jobs and jobs of other sensors say so")
    func otherJobs() throws {
        let (house, sensor) = try house()
        let other = try house.makeSensor("power", of: try house.makeAsset("Shed"))
        let id = try house.services.forecasts.trigger(.object([:]), for: sensor.id, as: .host)
        #expect(
            try house.services.forecasts.answer(for: "nosuch", sensor: sensor.id, as: .host)
                == .unknown(sentence: "Job nosuch not found."))
        #expect(
            try house.services.forecasts.answer(for: id, sensor: other.id, as: .host)
                == .otherSensor(
                    sentence: "Sensor ID mismatch: job \(id) is for sensor \(sensor.id), not sensor \(other.id)."))
        try house.services.jobs.cancel(id, as: .host)
        #expect(
            try house.services.forecasts.answer(for: id, sensor: sensor.id, as: .host)
                == .pending(status: "CANCELED", sentence: "Forecasting job has been cancelled."))
    }

    @Test("a back-test tells skill, bias by hour and coverage")
    func backtest() throws {
        let (house, sensor) = try house(days: 12)
        let summary = try house.services.forecasts.backtest(
            of: sensor.id, horizon: .hours(24), count: 3, spacing: .hours(30), asOf: .live, as: house.caller("member"))
        #expect(summary.origins == 3 && summary.total.count == 72 && summary.bands.count == 3)
        #expect((summary.total.meanError ?? 9) < 1)
        #expect(summary.hours.reduce(0) { $0 + $1.count } == 72)
        #expect((0...1).contains(summary.total.coverage ?? -1))
    }

    @Test("forecasting stops when asked to, and leaves nothing")
    func cancels() throws {
        let (house, sensor) = try house(days: 30)
        #expect(throws: JobCancelled.self) {
            try house.services.forecasts.run(.object([:]), for: sensor.id, as: .host) { true }
        }
        #expect(try stored(house, sensor).count == 0)
    }
}
