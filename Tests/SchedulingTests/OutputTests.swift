import EnergyCore
import Testing

@testable import Scheduling

/// Which sensors get what, and in which direction.
@Suite("Outputs of schedules")
struct OutputTests {
    /// Sells 3 kWh at 300 EUR/MWh and buys 2 back at 60.
    private static func battery(_ more: String = "") -> String {
        """
        {"sensor": "@a", "soc-at-start": 3, "soc-max": 9, "power-capacity": "3 kW",
         "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 2}]\(more)}
        """
    }

    private static let sensors = ["a", "in", "out", "sum in", "sum out", "load"]

    @Test("two sensors take a direction each")
    func split() throws {
        let models = Self.battery(#", "consumption": {"sensor": "@in"}, "production": {"sensor": "@out"}"#)
        let outcome = try SiteCase(models: models, sensors: Self.sensors).outcome()
        #expect(outcome.values("a") == [-3, 2], "\(outcome.message)")
        #expect(outcome.values("in") == [0, 2])
        // Planned values are told with consumption positive, however they are stored.
        #expect(outcome.values("out") == [-3, 0])
    }

    @Test("one sensor takes the whole profile")
    func whole() throws {
        for (field, sensor) in [("consumption", "in"), ("production", "out")] {
            let models = Self.battery(#", "\#(field)": {"sensor": "@\#(sensor)"}"#)
            let outcome = try SiteCase(models: models, sensors: Self.sensors).outcome()
            #expect(outcome.values(sensor) == [-3, 2], "\(outcome.message)")
        }
    }

    @Test("an entry may name its outputs in place of a power sensor")
    func withoutPowerSensor() throws {
        let models = Self.battery(#", "consumption": {"sensor": "@in"}"#)
            .replacing(#""sensor": "@a", "#, with: #""asset": "@a asset", "soc-unit": "kWh", "#)
        let outcome = try SiteCase(models: models, sensors: Self.sensors, top: #""resolution": "PT1H","#).outcome()
        #expect(outcome.values("in") == [-3, 2], "\(outcome.message)")
        #expect(outcome.schedule?["a"] == nil)
    }

    @Test("sums of the site and of groups are split in the same way, known flows included")
    func sums() throws {
        let models =
            Self.battery(#", "group": {"asset": "@load asset"}"#) + #"""
                , {"asset": "@load asset", "power-capacity": "9 kW", "consumption": {"sensor": "@in"},
                 "production": {"sensor": "@out"}, "inflexible-consumption": [{"sensor": "@load"}]}
                """#
        let context = #"""
            , "aggregate-consumption": {"sensor": "@sum in"}, "aggregate-production": {"sensor": "@sum out"}
            """#
        let outcome = try SiteCase(
            models: models, context: context, sensors: Self.sensors,
            data: [.init(sensor: "load", values: [1, 1])]
        ).outcome()
        #expect(outcome.values("a") == [-3, 2], "\(outcome.message)")
        #expect(outcome.values("in") == [0, 3])
        #expect(outcome.values("out") == [-2, 0])
        #expect(outcome.values("sum in") == [0, 3])
        #expect(outcome.values("sum out") == [-2, 0])
    }

    @Test("a sensor counts one way, and only sensors of powers or energies will do")
    func refused() throws {
        for (more, text) in [
            (#", "consumption": {"sensor": "@in"}, "production": {"sensor": "@in"}"#, "cannot take both"),
            (#", "consumption": "5 kW""#, "The `consumption` field can only be a Sensor."),
            (#", "production": {"sensor": "@price"}"#, "Cannot convert EUR/MWh to megawatt"),
        ] {
            let outcome = try SiteCase(
                models: Self.battery(more), sensors: Self.sensors + ["price"], units: ["price": "EUR/MWh"]
            ).outcome()
            #expect(outcome.status == .refused)
            #expect(outcome.text.contains(text), "\(outcome.text)")
        }
        let both = try SiteCase(
            models: Self.battery(#", "consumption": {"sensor": "@in"}"#),
            context: #", "aggregate-production": {"sensor": "@in"}"#, sensors: Self.sensors
        ).outcome()
        #expect(both.status == .refused)
    }

    @Test("values are stored as the field says, whatever sensor and unit say")
    func stored() throws {
        let grid = StepGrid(start: Instant(seconds: 0), step: .minutes(30), count: 2)
        var sensor = Sensor(
            id: 1, name: "x", assetID: 1, unit: "kWh", resolution: .minutes(30), timezone: "UTC")
        sensor.attributes = ["consumption_is_positive": true]
        let writer = OutputWriter(grid: grid, lookup: try CaseWorld([:]))
        let output = writer.power(sensor, [-0.004, -0.002], role: .aggregate, countsConsumption: false)
        #expect(output.values == [-2, -1])
        #expect(output.storedValues == [2, 1])
        #expect(output.neededAttributes(of: sensor)?["consumption_is_positive"] == .bool(false))
        sensor.attributes = ["consumption_is_positive": false]
        #expect(output.neededAttributes(of: sensor) == nil)
        #expect(writer.power(sensor, [1, 1]).neededAttributes(of: sensor) == nil)
    }
}
