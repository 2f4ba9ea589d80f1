import EnergyCore
import Scheduling
import Services
import Store
import TestSupport
import Testing

/// A battery of the client with day-ahead prices.
private struct Site {
    let house: TestHouse
    let battery: Asset
    let power: Sensor
    let price: Sensor

    init() throws {
        house = try TestHouse()
        battery = try house.makeAsset("Battery")
        power = try house.makeSensor("power", of: battery)
        price = try house.services.sensors.create(
            [
                "name": "price", "unit": "EUR/MWh", "event_resolution": "PT1H", "generic_asset_id": .int(battery.id),
            ], as: .host)
        let start = try Instant(parsing: "2026-03-24T00:00:00+01:00")
        let price = price
        try house.store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Market", type: "market"))
            var batch = BeliefBatch(sensor: price, source: source.id)
            for hour in 0..<24 {
                batch.append(
                    start: (start + .hours(Int64(hour))).seconds, horizon: .hours(48), value: hour < 6 ? 20 : 100)
            }
            _ = try transaction.save(batch)
        }
    }

    var message: JSONObject {
        [
            "start": "2026-03-24T00:00:00+01:00", "duration": "PT12H",
            "flex-model": [
                "soc-at-start": "10 kWh", "soc-min": "0 kWh", "soc-max": "40 kWh", "power-capacity": "10 kW",
            ],
            "flex-context": ["consumption-price": ["sensor": .int(price.id)]],
        ]
    }

    /// Triggers and waits until the job is over.
    func run(_ message: JSONObject) throws -> JobID {
        let id = try house.services.schedules.trigger(message, for: .sensor(power.id), as: house.caller("member"))
        house.services.jobs.runner.start()
        try house.waitForEnd(of: id)
        return id
    }

    func answer(_ id: JobID, _ hours: Int64 = 6) throws -> ScheduleAnswer {
        try house.services.schedules.answer(
            for: id, sensor: power.id, duration: .hours(hours), as: house.caller("member"))
    }
}

@Suite("Schedules as a service", .serialized)
struct ScheduleServiceTests {
    @Test("a schedule is computed, kept with its job and stored as beliefs")
    func roundTrip() throws {
        let site = try Site()
        let id = try site.run(site.message)
        guard case .found(let planned) = try site.answer(id) else {
            Issue.record("no schedule: \(try site.answer(id))")
            return
        }
        #expect(planned.values.count == 24)
        #expect(planned.values.prefix(12).allSatisfy { abs($0 - 10) < 1e-6 })
        #expect(planned.sentence == "Request has been processed. StorageScheduler was used.")
        #expect(try site.house.countOfValues(of: site.power) == 48)
        #expect(try site.house.services.schedules.info(id, as: .host).costs.contains { $0.name == "energy" })
        site.house.services.close()
    }

    @Test("an equal message gets the same job, a forced one a new job")
    func sameMessage() throws {
        let site = try Site()
        let schedules = site.house.services.schedules
        let caller = site.house.caller("member")
        let first = try schedules.trigger(site.message, for: .sensor(site.power.id), as: caller)
        #expect(try schedules.trigger(site.message, for: .sensor(site.power.id), as: caller) == first)
        var forced = site.message
        forced["force_new_job_creation"] = true
        #expect(try schedules.trigger(forced, for: .sensor(site.power.id), as: caller) != first)
        site.house.clock.advance(.hours(2))
        #expect(try schedules.trigger(site.message, for: .sensor(site.power.id), as: caller) != first)
    }

    @Test("a measured state of charge is the level at the start, unless the message says another")
    func measuredLevel() throws {
        let site = try Site()
        let house = site.house
        let level = try house.services.sensors.create(
            [
                "name": "state of charge", "unit": "%", "event_resolution": "PT0M",
                "generic_asset_id": .int(site.battery.id),
            ], as: .host)
        try house.store.write { transaction in
            let meter = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            var batch = BeliefBatch(sensor: level, source: meter.id)
            let start = try Instant(parsing: "2026-03-24T00:00:00+01:00")
            batch.append(start: (start - .hours(1)).seconds, horizon: .zero, value: 25)
            batch.append(start: (start - .minutes(10)).seconds, horizon: .zero, value: 75)
            batch.append(start: (start + .hours(1)).seconds, horizon: .zero, value: 90)
            _ = try transaction.save(batch)
        }
        var message = site.message
        message["flex-model"] = [
            "soc-min": "0 kWh", "soc-max": "40 kWh", "power-capacity": "10 kW",
            "state-of-charge": ["sensor": .int(level.id)],
        ]
        func levels(_ message: JSONObject) throws -> [Double] {
            let preview = try house.services.schedules.preview(message, for: .sensor(site.power.id), as: .host)
            return preview.outputs.first { $0.role == .stock }?.values ?? []
        }
        #expect(try levels(message).first == 75)
        #expect(try levels(message).max() == 100)
        message["flex-model"] = (message["flex-model"]?.objectValue).map { model in
            var model = model
            model["soc-at-start"] = "10 kWh"
            return .object(model)
        }
        #expect(try levels(message).first == 25)
    }

    @Test("a waiting job and an unknown one are told apart")
    func waiting() throws {
        let site = try Site()
        let id = try site.house.services.schedules.trigger(
            site.message, for: .sensor(site.power.id), as: site.house.caller("member"))
        #expect(
            try site.answer(id)
                == .none(
                    sentence:
                        "No known schedule for this time period. Scheduling job waiting to be processed.  was used."))
        #expect(try site.answer("nosuchjob") == .unknown)
    }

    @Test("an infeasible request fails, and the fallback policy answers under its id")
    func fallback() throws {
        let site = try Site()
        var message = site.message
        message["flex-model"] = [
            "soc-at-start": "10 kWh", "soc-min": "0 kWh", "soc-max": "40 kWh", "power-capacity": "10 kW",
            "soc-targets": [["value": "39 kWh", "datetime": "2026-03-24T01:00:00+01:00"]],
        ]
        let id = try site.run(message)
        let fallback = try site.house.services.schedules.info(id, as: .host).fallback
        try site.house.waitForEnd(of: fallback ?? "")
        guard case .found(let planned) = try site.answer(id) else {
            Issue.record("no fallback")
            return
        }
        #expect(planned.schedulerName == "StorageFallbackScheduler")
        site.house.services.close()
    }

    @Test("a failed job tells which statements contradict each other")
    func conflict() throws {
        let site = try Site()
        var message = site.message
        message["flex-model"] = [
            "soc-at-start": "10 kWh", "soc-min": "0 kWh", "soc-max": "40 kWh", "power-capacity": "10 kW",
            "soc-targets": [["value": "39 kWh", "datetime": "2026-03-24T01:00:00+01:00"]],
        ]
        let id = try site.run(message)
        let report = try #require(try site.house.services.schedules.conflict(ofJob: id, as: .host))
        #expect(report.statements.count == 2)
        #expect(report.changes.count == 2)
        site.house.services.close()
    }

    @Test("a what-if changes the preview and its explanation")
    func whatIf() throws {
        let site = try Site()
        let schedules = site.house.services.schedules
        let caller = site.house.caller("member")
        let plain = try schedules.preview(site.message, for: .sensor(site.power.id), as: caller)
        let larger = try schedules.preview(site.message, for: .sensor(site.power.id), as: caller) { snapshot in
            snapshot.devices[0].socMax *= 2
        }
        #expect(larger.cost < plain.cost)
        #expect(plain.explanations().first?.slots.isEmpty == false)
    }

    @Test("unknown prices are named in the answer")
    func unknownPrices() throws {
        let site = try Site()
        var message = site.message
        message["start"] = "2025-01-01T00:00:00+01:00"
        let id = try site.run(message)
        let expected =
            "No known schedule for this time period. Scheduling job failed with UnknownPricesException: "
            + "Prices unknown for planning window. (sensor \(site.price.id)). StorageScheduler was used."
        #expect(try site.answer(id) == .none(sentence: expected))
        site.house.services.close()
    }

    @Test("strangers may neither ask for a schedule nor see one")
    func access() throws {
        let site = try Site()
        let stranger = site.house.caller("stranger")
        #expect(throws: AccessError.forbidden) {
            try site.house.services.schedules.trigger(site.message, for: .sensor(site.power.id), as: stranger)
        }
        #expect(throws: AccessError.forbidden) {
            try site.house.services.schedules.answer(for: "x", sensor: site.power.id, duration: .hours(1), as: stranger)
        }
    }

    @Test("sensors of others can be neither read nor written through a message")
    func foreignSensors() throws {
        let site = try Site()
        let house = site.house
        let other = try house.services.assets.create(
            ["name": "Elsewhere", "generic_asset_type_id": 5, "account_id": .int(house.stranger.id)], as: .host)
        let foreign = try house.makeSensor("power", of: other)
        let refused = RequestRefusal(
            .body, FieldErrors("aggregate-power", "No sensor found with ID \(foreign.id)."))
        var message = site.message
        message["flex-context"] = [
            "consumption-price": ["sensor": .int(site.price.id)], "aggregate-power": ["sensor": .int(foreign.id)],
        ]
        #expect(throws: refused) {
            try house.services.schedules.trigger(message, for: .sensor(site.power.id), as: house.caller("member"))
        }
        message["flex-context"] = [
            "consumption-price": ["sensor": .int(site.price.id)], "inflexible-device-sensors": [.int(foreign.id)],
        ]
        #expect(throws: RequestRefusal.self) {
            try house.services.schedules.trigger(message, for: .sensor(site.power.id), as: house.caller("member"))
        }
        _ = try house.services.schedules.trigger(message, for: .sensor(site.power.id), as: .host)
    }

    @Test("a preview stores nothing")
    func preview() throws {
        let site = try Site()
        let preview = try site.house.services.schedules.preview(
            site.message, for: .sensor(site.power.id), as: site.house.caller("member"))
        #expect(preview.outputs.first?.values.count == 48)
        #expect(try site.house.countOfValues(of: site.power) == 0)
    }

    @Test("measurements are priced like a plan, and plans are no measurements")
    func measured() throws {
        let site = try Site()
        _ = try site.run(site.message)
        let schedules = site.house.services.schedules
        let caller = site.house.caller("member")
        let before = try schedules.measuredCosts(site.message, for: .sensor(site.power.id), as: caller)
        #expect(before.coverage == 0 && before.money == 0)
        let start = try Instant(parsing: "2026-03-24T00:00:00+01:00")
        let power = site.power
        try site.house.store.write { transaction in
            let source = try transaction.ensure(DataSource(id: 0, name: "Meter", type: "gateway"))
            var batch = BeliefBatch(sensor: power, source: source.id)
            for quarter in 0..<4 {
                batch.append(start: start.seconds + Int64(quarter * 900), horizon: .zero, value: -10)
            }
            _ = try transaction.save(batch)
        }
        let after = try schedules.measuredCosts(site.message, for: .sensor(site.power.id), as: caller)
        #expect(abs(after.money - 0.2) < 1e-3)
        site.house.services.close()
    }

    @Test("a faulty message is refused before a job is made")
    func refusal() throws {
        let site = try Site()
        var message = site.message
        message["flex-context"] = ["weather": "nice"]
        #expect(throws: RequestRefusal(.body, FieldErrors("weather", "Unknown field."))) {
            try site.house.services.schedules.trigger(
                message, for: .sensor(site.power.id), as: site.house.caller("member"))
        }
    }
}
