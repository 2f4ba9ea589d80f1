import EnergyCore
import Scheduling
import Store
import TerminalKit
import Testing

@testable import Console
@testable import Services

@MainActor
@Suite("Variants")
struct CompareTests {
    private nonisolated let zone = Zone.named("Europe/Amsterdam") ?? .utc
    private nonisolated let now = TestWorld.moment

    @Test(
        "an outage is read in the words people use",
        arguments: [
            ("18:00 2 h", 3.38, 2.0), ("18:00 for 90 min", 3.38, 1.5), ("18:00-20:30", 3.38, 2.5),
            ("22:00-02:00", 7.38, 4.0),
            ("tomorrow 6 30min", 15.38, 0.5), ("18:00 .. 19:00", 3.38, 1.0), ("+2h 1h", 2.0, 1.0),
        ])
    func outages(text: String, after: Double, hours: Double) throws {
        let outage = try #require(Outage(text, now: now, zone: zone))
        #expect(abs((outage.start - now).inHours - after) < 0.01)
        #expect(outage.length.inHours == hours)
    }

    @Test(
        "what is no outage, no percentage or no quantile is refused",
        arguments: ["", "soon", "18:00", "2 h", "20:00-x", "150", "0"])
    func refusals(text: String) {
        #expect(Knob(key: Knob.outages, text: text, now: now, zone: zone).problem != nil)
        #expect(Knob(key: Knob.quantiles, text: text, now: now, zone: zone).problem != nil)
    }

    @Test("knobs turn by the step of their kind")
    func turning() throws {
        func turned(_ key: String, _ text: String, up: Bool) -> String? {
            Knob(key: key, text: text, now: now, zone: zone).turned(up: up)?.text
        }
        #expect(turned(Knob.outages, "18:00 2 h", up: true) == "18:00 150 min")
        #expect(turned(Knob.outages, "18:00 30 min", up: false) == "18:00 30 min")
        #expect(turned(Knob.quantiles, "90", up: true) == "95")
        #expect(turned(Knob.quantiles, "95", up: true) == "95")
        #expect(turned(Knob.prices, "20", up: false) == "10")
        #expect(turned("site-power-capacity", "100 kW", up: true) == "110 kW")
    }

    @Test("a variant of a what-if keeps its circumstances")
    func inheritance() async throws {
        let robot = await Robot(try TestWorld())
        try await robot.press(":schedule Warehouse battery<Enter><F7>")
        let screen = try #require(robot.shell.screen as? CompareScreen)
        let prices = Knob(key: Knob.prices, text: "20", now: now, zone: zone)
        let high = Variant(screen.variant, knob: prices)
        let both = Variant(high, knob: Knob(key: "site-power-capacity", text: "80 kW", now: now, zone: zone))
        #expect(both.whatIfs == [.prices(20)])
        var turned = both
        turned.turn(to: Knob(key: "site-power-capacity", text: "70 kW", now: now, zone: zone))
        #expect(turned.whatIfs == [.prices(20)] && turned.name == "site-power-capacity 70 kW")
    }

    @Test("an outage and another quantile of forecasts are computed beside the plan, and cannot be stored")
    func circumstances() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try await robot.press(":schedule Warehouse battery<Enter><F7>")
        let screen = try #require(robot.shell.screen as? CompareScreen)
        let base = screen.variant
        screen.add(Variant(base, knob: Knob(key: Knob.outages, text: "18:00 1 h", now: now, zone: zone)))
        screen.add(Variant(base, knob: Knob(key: Knob.quantiles, text: "90", now: now, zone: zone)))
        await robot.settle()
        robot.see("forecast quantile % 90")
        robot.see("outage 18:00 1 h")
        try await robot.press("<F6>")
        robot.see("cannot be stored")
    }

    @Test("a quantile between two that were recorded lies on the line between them; beyond the last it is that one")
    func quantiles() async throws {
        let world = try TestWorld()
        let asset = try world.asset("Meadow Farm")
        let store = world.services.context.store
        let sensor = try store.write { transaction in
            var sensor = Sensor(
                id: 0, name: "uncertain", assetID: asset.id, unit: "kW", resolution: .minutes(15),
                timezone: "Europe/Amsterdam")
            sensor.id = try transaction.insert(sensor)
            let source = try transaction.insert(DataSource(id: 0, name: "crystal ball", type: "forecaster"))
            var batch = BeliefBatch(sensor: sensor, source: source)
            for (probability, value) in [(0.1, 10.0), (0.5, 20.0), (0.9, 40.0)] {
                batch.append(
                    start: now.seconds / 900 * 900 + 900, horizon: .hours(1), probability: probability, value: value)
            }
            batch.append(start: now.seconds / 900 * 900 + 1800, horizon: .hours(1), value: 7)
            _ = try transaction.save(batch)
            return sensor
        }
        let records = try world.services.context.records()
        var found: [[Double]] = []
        for quantile in [nil, 0.5, 0.7, 0.95, 0.05] as [Double?] {
            let values = try await store.read { transaction in
                try StoreReadings(transaction: transaction, records: records, quantile: quantile)
                    .readings(of: sensor, from: now, to: now + .hours(2), prior: nil, filter: SourceFilter()).map(
                        \.value)
            }
            found.append(values)
        }
        #expect(found == [[20, 7], [20, 7], [30, 7], [40, 7], [10, 7]])
    }

    @Test("what is in stock when it should be so much stands among the figures, for every plan")
    func targets() async throws {
        let world = try TestWorld()
        let robot = await Robot(world)
        try await robot.press(":schedule Warehouse battery<Enter><F7>")
        let screen = try #require(robot.shell.screen as? CompareScreen)
        var draft = screen.variant.draft
        let goal: JSONObject = ["value": "300 kWh", "datetime": "2026-04-30T20:00:00+02:00"]
        draft.message["flex-model"] = ["soc-at-start": "100 kWh", "soc-targets": .array([.object(goal)])]
        let data = ConsoleData(services: world.services, caller: .host(.console), now: now)
        let model = try PreviewModel.load(PreviewQuery(draft: draft, zone: zone), data)
        let line = try #require(model.lines.first { $0.name == "kWh at 20:00, target 300" })
        #expect(abs(line.preview - 300) < 1e-6)
        #expect(line.idle.map { $0 < 101 } == true)
    }
}
