import EnergyCore
import Foundation
import Services
import Store
import TestSupport
import Testing

@Suite("Reports")
struct ReportServiceTests {
    /// An asset with hourly sensors `a` and `b` in kW, a daily one, and whatever is recorded in the test.
    private struct World {
        let asset: Asset
        let a: Sensor
        let b: Sensor
        let result: Sensor
        let daily: Sensor

        init(_ house: TestHouse) throws {
            asset = try house.makeAsset("Barn")
            let id = asset.id
            func sensor(_ name: String, _ unit: String, _ resolution: String) throws -> Sensor {
                try house.services.sensors.create(
                    [
                        "name": .string(name), "unit": .string(unit), "event_resolution": .string(resolution),
                        "generic_asset_id": .int(id), "timezone": "Europe/Amsterdam",
                    ], as: .host)
            }
            a = try sensor("a", "kW", "PT1H")
            b = try sensor("b", "kW", "PT1H")
            result = try sensor("result", "kW", "PT1H")
            daily = try sensor("daily", "kW", "P1D")
        }
    }

    private let house: TestHouse
    private let world: World
    /// 2026-03-29T00:00 in Amsterdam, a day of 23 hours.
    private let start = Instant(seconds: 1_774_738_800)

    init() throws {
        house = try TestHouse()
        world = try World(house)
        house.clock.set(start + .days(3))
    }

    private func record(_ values: [Double?], of sensor: Sensor) throws {
        try house.store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            var batch = BeliefBatch(sensor: sensor, source: source.id)
            for (hour, value) in values.enumerated() {
                if let value {
                    batch.append(start: (start + .hours(Int64(hour))).seconds, horizon: .zero, value: value)
                }
            }
            _ = try transaction.save(batch)
        }
    }

    private func values(of sensor: Sensor) throws -> [Int: Double] {
        let beliefs = try house.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)) }
        let hours = beliefs.starts.map { Int(($0 - start.seconds) / 3600) }
        return Dictionary(uniqueKeysWithValues: zip(hours, beliefs.values))
    }

    private func body(
        _ reporter: String, _ inputs: [Sensor], to output: JSONObject, _ config: JSONObject = [:], hours: Int64 = 4,
        more: JSONObject = [:]
    ) -> JSONObject {
        var parameters: JSONObject = [
            "start": .string(start.text(offset: 3600)), "end": .string((start + .hours(hours)).text(offset: 7200)),
            "input": .array(inputs.map { ["name": .string($0.name), "sensor": .int($0.id)] }),
            "output": [.object(output)],
        ]
        for (key, value) in more { parameters[key] = value }
        return ["reporter": .string(reporter), "parameters": .object(parameters), "config": .object(config)]
    }

    /// Runs a report and returns the state of its job.
    private func run(_ body: JSONObject) throws -> Job {
        let id = try house.services.reports.trigger(body, for: world.asset.id, as: house.caller("owner"))
        try house.services.jobs.runner.runQueuedJobs()
        return try #require(try house.services.jobs.find(id))
    }

    private func output(_ sensor: Sensor, _ name: String? = nil) -> JSONObject {
        var output: JSONObject = ["sensor": .int(sensor.id)]
        output["name"] = name.map { .string($0) }
        return output
    }

    @Test("an aggregation adds up what is known, weighted")
    func aggregation() throws {
        try record([1, 2, nil, 4], of: world.a)
        try record([10, nil, nil, 40], of: world.b)
        let weights: JSONObject = ["weights": ["b": -1]]
        let job = try run(body("AggregatorReporter", [world.a, world.b], to: output(world.result), weights))
        #expect(job.state == .finished)
        #expect(try values(of: world.result)[0] == -9)
        #expect(try values(of: world.result)[1] == 2)
        #expect(try values(of: world.result)[3] == -36)
    }

    @Test("two series are combined moment by moment; what one of them lacks stays unknown")
    func combination() throws {
        try record([1, 2, 3, 4], of: world.a)
        try record([10, nil, 30, 0], of: world.b)
        let steps: JSONObject = [
            "transformations": [
                ["df_input": "a", "df_output": "sum", "method": "add", "args": ["@b"]],
                ["df_input": "sum", "df_output": "made", "method": "multiply", "args": [2]],
                ["method": "subtract", "args": [1]],
            ]
        ]
        let job = try run(body("PandasReporter", [world.a, world.b], to: output(world.result, "made"), steps))
        #expect(job.state == .finished)
        #expect(try values(of: world.result) == [0: 21, 2: 65, 3: 7])
    }

    @Test("values are clipped, filled, rounded and made absolute")
    func shaping() throws {
        try record([-7.26, 2, nil, 40], of: world.a)
        let steps: JSONObject = [
            "transformations": [
                ["df_input": "a", "df_output": "made", "method": "clip", "kwargs": ["lower": -8, "upper": 10]],
                ["method": "abs"], ["method": "round", "args": [1]], ["method": "fillna", "args": [0.5]],
            ]
        ]
        _ = try run(body("PandasReporter", [world.a], to: output(world.result, "made"), steps))
        #expect(try values(of: world.result) == [0: 7.3, 1: 2, 2: 0.5, 3: 10])
    }

    @Test("days are those of the sensor's zone, also the one with 23 hours")
    func localDays() throws {
        try record(Array(repeating: 1, count: 47), of: world.a)
        let steps: JSONObject = [
            "transformations": [
                ["df_input": "a", "df_output": "made", "method": "resample", "args": ["1D"]], ["method": "sum"],
            ]
        ]
        let request = body(
            "PandasReporter", [world.a], to: output(world.daily, "made"), steps, hours: 47, more: ["resolution": "PT1H"]
        )
        #expect(try run(request).state == .finished)
        #expect(try values(of: world.daily) == [0: 23, 23: 24])
    }

    @Test("units of inputs and outputs are converted where they are stated")
    func units() throws {
        try record([1000, 2000], of: world.a)
        let config: JSONObject = [
            "required_input": [["name": "a", "unit": "MW"]], "required_output": [["name": "made", "unit": "MW"]],
            "transformations": [["df_input": "a", "df_output": "made", "method": "add", "args": [1]]],
        ]
        _ = try run(body("PandasReporter", [world.a], to: output(world.result, "made"), config))
        #expect(try values(of: world.result)[0] == 2000)
        #expect(try values(of: world.result)[1] == 3000)
    }

    @Test("results count as believed when the report ran, or as long before as was asked for")
    func belief() throws {
        try record([1, 2, 3, 4], of: world.a)
        _ = try run(body("AggregatorReporter", [world.a], to: output(world.result)))
        func horizons(_ sensor: Sensor) throws -> [Int64] {
            try house.store.read { try $0.beliefs(of: sensor, in: .all, filter: BeliefFilter(.live)).horizons }
        }
        let late = TimeSpan.days(-3) + .hours(1)
        #expect(try horizons(world.result) == (0..<4).map { (late + .hours($0)).microseconds })
        let early: JSONObject = ["belief_horizon": "PT2H"]
        _ = try run(body("AggregatorReporter", [world.a], to: output(world.b), more: early))
        #expect(try horizons(world.b) == Array(repeating: TimeSpan.hours(2).microseconds, count: 4))
    }

    @Test("faults of a request are told at once, with their place")
    func faults() throws {
        let steps: JSONObject = ["transformations": [["df_input": "a", "method": "explode"]]]
        #expect(
            try house.faults { _ = try run(body("PandasReporter", [world.a], to: output(world.result), steps)) } == [
                "config: transformations: 0: The method 'explode' is not supported with these arguments."
            ])
        var wrong = body("AggregatorReporter", [], to: ["sensor": 999])
        wrong["reporter"] = "Oracle"
        wrong["surprise"] = 1
        let told = try house.faults { _ = try run(wrong) }
        #expect(told.contains { $0.hasPrefix("reporter: Must be one of") })
        #expect(told.contains("surprise: Unknown field."))
        #expect(told.contains { $0.hasPrefix("parameters: output: 0: sensor:") })
        #expect(told.contains { $0.hasPrefix("parameters: input:") })
    }

    @Test("outputs must belong to the asset and be writable for the caller")
    func permissions() throws {
        let other = try house.makeSensor("other", of: try house.makeAsset("Stable"))
        #expect(
            try house.faults { _ = try run(body("AggregatorReporter", [world.a], to: output(other))) } == [
                "parameters: output: 0: sensor: Sensor \(other.id) does not belong to asset \(world.asset.id) (or to one of its offspring)"
            ])
        let request = body("AggregatorReporter", [world.a], to: output(world.result))
        #expect(throws: (any Error).self) {
            _ = try house.services.reports.trigger(request, for: world.asset.id, as: house.caller("stranger"))
        }
    }

    @Test("a series that no step makes fails the job, and nothing is stored")
    func missingSeries() throws {
        try record([1, 2], of: world.a)
        let steps: JSONObject = [
            "transformations": [["df_input": "a", "df_output": "made", "method": "add", "args": ["@nothing"]]]
        ]
        let job = try run(body("PandasReporter", [world.a], to: output(world.result, "made"), steps))
        #expect(job.state == .failed)
        #expect(job.error?.contains("there is no series 'nothing'") == true)
        #expect(try values(of: world.result).isEmpty)
    }
}
