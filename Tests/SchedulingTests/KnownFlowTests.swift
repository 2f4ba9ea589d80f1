import EnergyCore
import Testing

@testable import Scheduling

/// Entries of a flex-model whose flows are known beforehand.
@Suite("Known flows in flex-models")
struct KnownFlowTests {
    private static let battery = """
        {"sensor": "@a", "soc-at-start": 3, "soc-min": 0, "soc-max": 9, "power-capacity": "3 kW",
         "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 2}]}
        """

    @Test("count like those of the flex-context")
    func sameAsContext() throws {
        let data = [SiteCase.Series(sensor: "load", values: [4, 1]), .init(sensor: "pv", values: [1, nil])]
        let sensors = ["a", "load", "pv", "sum"]
        let limit = #", "site-consumption-capacity": "2 kW", "aggregate-power": {"sensor": "@sum"}"#
        let inModel = try SiteCase(
            models: Self.battery + #"""
                , {"asset": "@load asset", "inflexible-consumption": [{"sensor": "@load"}]},
                {"asset": "@pv asset", "inflexible-production": [{"sensor": "@pv", "default": "0.5 kW"}]}
                """#, context: limit, sensors: sensors, data: data
        ).outcome()
        let inContext = try SiteCase(
            models: Self.battery,
            context: limit + #"""
                , "inflexible-consumption": [{"sensor": "@load"}],
                "inflexible-production": [{"sensor": "@pv", "default": "0.5 kW"}]
                """#, sensors: sensors, data: data
        ).outcome()
        #expect(inModel.values("a") == [-2.5, 1.5], "\(inModel.message)")
        #expect(inModel.values("sum") == [0.5, 2])
        #expect(inModel.schedule == inContext.schedule)
        #expect(inModel.cost == inContext.cost)
    }

    @Test("are taken from the flex-models of assets that no entry is about, once")
    func stored() throws {
        let outcome = try SiteCase(
            models: Self.battery,
            context: #", "aggregate-power": {"sensor": "@sum"}, "inflexible-consumption": [{"sensor": "@pv"}]"#,
            sensors: ["a", "load", "pv", "sum"],
            data: [.init(sensor: "load", values: [4, 1]), .init(sensor: "pv", values: [1, 1])],
            stored: [
                "load": #"{"inflexible-consumption": [{"sensor": "@load"}], "power-capacity": "5 kW"}"#,
                "pv": #"{"inflexible-consumption": [{"sensor": "@pv"}]}"#,
            ]
        ).outcome()
        #expect(outcome.values("sum") == [2, 4], "\(outcome.message)")
    }

    @Test("need no flexible device beside them")
    func alone() throws {
        var site = SiteCase(
            models: #"{"asset": "@load asset", "inflexible-consumption": [{"sensor": "@load"}]}"#,
            context: #", "aggregate-power": {"sensor": "@sum"}"#, sensors: ["load", "sum"],
            data: [.init(sensor: "load", values: [4, 1])], top: #""resolution": "PT1H","#)
        let outcome = try site.outcome()
        #expect(outcome.status == .finished, "\(outcome.message)")
        #expect(outcome.values("sum") == [4, 1])
        #expect(abs((outcome.costs.first { $0.name == "energy" }?.cost ?? 0) - 1.26) < 1e-3)
        site.context += #", "site-power-capacity": "2 kW""#
        #expect(try site.outcome().status == .failed)
    }

    @Test("belong to their commodity")
    func commodity() throws {
        let models = """
            {"sensor": "@boiler", "coupling": "boiler", "commodity": "gas", "power-capacity": "9 kW",
             "production-capacity": "0 kW"},
            {"sensor": "@heat", "coupling": "boiler", "commodity": "heat", "power-capacity": "9 kW",
             "consumption-capacity": "0 kW"},
            {"asset": "@load asset", "commodity": "heat", "inflexible-consumption": [{"sensor": "@load"}]},
            {"asset": "@stove asset", "commodity": "gas", "inflexible-consumption": [{"sensor": "@stove"}]}
            """
        let outcome = try SiteCase(
            models: models,
            context: #", "commodities": [{"commodity": "gas", "consumption-price": "50 EUR/MWh"}]"#,
            sensors: ["boiler", "heat", "load", "stove"],
            data: [.init(sensor: "load", values: [4, 1]), .init(sensor: "stove", values: [2, 2])]
        ).outcome()
        #expect(outcome.values("boiler") == [4, 1], "\(outcome.message)")
        #expect(outcome.values("heat") == [-4, -1])
        #expect(abs((outcome.costs.first { $0.name == "energy (gas)" }?.cost ?? 0) - 0.45) < 1e-3)
    }

    @Test("of one commodity only, with prices or without")
    func commodityAlone() throws {
        var site = SiteCase(
            models: #"{"asset": "@load asset", "commodity": "gas", "inflexible-consumption": [{"sensor": "@load"}]}"#,
            context: #", "commodities": [{"commodity": "gas", "consumption-price": "50 EUR/MWh"}]"#,
            sensors: ["load"], data: [.init(sensor: "load", values: [4, 1])], top: #""resolution": "PT1H","#)
        let outcome = try site.outcome()
        #expect(outcome.status == .finished, "\(outcome.message)")
        #expect(abs((outcome.costs.first { $0.name == "energy (gas)" }?.cost ?? 0) - 0.25) < 1e-3)
        site.context = ""
        #expect(try site.outcome().status == .failed)
    }

    @Test("are seen by every device of a sequence")
    func sequence() throws {
        let other = Self.battery.replacing("@a", with: "@b")
        let outcome = try SiteCase(
            models: Self.battery + "," + other + #"""
                , {"asset": "@load asset", "inflexible-consumption": [{"sensor": "@load"}]}
                """#, context: #", "site-production-capacity": "1 kW", "aggregate-power": {"sensor": "@sum"}"#,
            sensors: ["a", "b", "load", "sum"], data: [.init(sensor: "load", values: [4, 0])],
            top: #""sequential": true, "resolution": "PT1H","#
        ).outcome()
        #expect(outcome.values("a") == [-3, 2], "\(outcome.message)")
        #expect(outcome.values("b") == [-2, 1])
        #expect(outcome.values("sum") == [-1, 3])
    }

    @Test("a sequence keeps the limits of groups and commodities over all its devices")
    func sequenceLimits() throws {
        let member = Self.battery.dropLast() + #", "group": {"asset": "@box asset"}}"#
        let outcome = try SiteCase(
            models: member + "," + member.replacing("@a", with: "@b"), sensors: ["a", "b", "box"],
            stored: ["box": #"{"power-capacity": "4 kW"}"#], top: #""sequential": true, "resolution": "PT1H","#
        ).outcome()
        #expect(outcome.values("a") == [-3, 2], "\(outcome.message)")
        #expect(outcome.values("b") == [-1, 0])
    }

    @Test("devices that only make sense together are not planned in a sequence")
    func tiedSequence() throws {
        let entry = #"{"sensor": "@a", "coupling": "x", "power-capacity": "1 kW"}"#
        let outcome = try SiteCase(
            models: entry + "," + entry.replacing("@a", with: "@b"), sensors: ["a", "b"],
            top: #""sequential": true, "resolution": "PT1H","#
        ).outcome()
        #expect(outcome.status == .refused)
        #expect(outcome.text.contains("coupled or share a stock"))
    }
}
