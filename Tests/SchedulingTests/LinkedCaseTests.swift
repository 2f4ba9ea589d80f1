import EnergyCore
import Testing

@testable import Scheduling

@Suite("Requests with devices tied to each other")
struct LinkedCaseTests {
    /// Two hours, with one sensor per name: powers in kW unless said otherwise.
    private func outcome(_ model: String, _ context: String, sensors: [String], units: [String: String] = [:]) throws
        -> CaseOutcome
    {
        let list = sensors.map { name in
            let resolution = units[name] == nil ? "PT1H" : "PT0M"
            return """
                {"key": "\(name)", "asset": "\(name) asset", "unit": "\(units[name] ?? "kW")", "resolution": "\(resolution)"}
                """
        }
        let assets = sensors.map { #"{"key": "\#($0) asset", "type": "thing", "parent": "site"}"# }
        let text = """
            {"id": "x", "world": {"assets": [{"key": "site", "type": "building"}, \(assets.joined(separator: ","))],
             "sensors": [\(list.joined(separator: ","))],
             "data": [{"sensor": "@\(sensors[0])", "start": "2026-01-01T00:00:00Z", "resolution": "PT1H",
                       "values": [-3, -3]}]},
             "trigger": {"endpoint": "asset", "target": "@site", "message": {
                "start": "2026-01-01T00:00:00Z", "duration": "PT2H", "resolution": "PT1H",
                "flex-model": [\(model)], "flex-context": {\(context)}}}}
            """
        return try CaseRunner.run(try JSONValue(parsing: Array(text.utf8)))
    }

    private func values(_ outcome: CaseOutcome, _ key: String) -> [Double] {
        (outcome.schedule?[key]?.arrayValue ?? []).compactMap(\.doubleValue)
    }

    private static let prices = """
        "consumption-price": [{"start": "2026-01-01T00:00:00Z", "duration": "PT1H", "value": "300 EUR/MWh"},
                              {"start": "2026-01-01T01:00:00Z", "duration": "PT1H", "value": "60 EUR/MWh"}]
        """

    @Test("a heat demand is met by whichever of gas and electricity is cheaper")
    func commodities() throws {
        let outcome = try outcome(
            """
            {"sensor": "@pump", "coupling": "pump", "power-capacity": "2 kW", "production-capacity": "0 kW"},
            {"sensor": "@pump heat", "coupling": "pump", "coupling-coefficient": 3, "commodity": "heat",
             "power-capacity": "6 kW", "consumption-capacity": "0 kW"},
            {"sensor": "@boiler", "coupling": "boiler", "commodity": "gas", "power-capacity": "9 kW",
             "production-capacity": "0 kW"},
            {"sensor": "@boiler heat", "coupling": "boiler", "coupling-coefficient": "90%", "commodity": "heat",
             "power-capacity": "9 kW", "consumption-capacity": "0 kW"}
            """,
            """
            \(Self.prices), "commodities": [{"commodity": "gas", "consumption-price": "72 EUR/MWh"},
              {"commodity": "heat", "inflexible-device-sensors": ["@demand"]}]
            """, sensors: ["demand", "pump", "pump heat", "boiler", "boiler heat"])
        #expect(outcome.status == .finished, "\(outcome.message)")
        #expect(values(outcome, "pump") == [0, 1])
        #expect(values(outcome, "pump heat") == [0, -3])
        #expect(values(outcome, "boiler") == [3.333333, 0])
        let gas = outcome.costs.first { $0.name == "energy (gas)" }?.cost ?? 0
        #expect(abs(gas - 0.24) < 1e-3)
    }

    @Test("a group keeps its members within its limits, and its sum is saved")
    func groups() throws {
        let outcome = try outcome(
            """
            {"sensor": "@a", "group": {"asset": "@box asset"}, "soc-at-start": 0, "soc-max": 9, "power-capacity": "4 kW",
             "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 3}]},
            {"sensor": "@b", "group": {"asset": "@box asset"}, "soc-at-start": 0, "soc-max": 9, "power-capacity": "4 kW",
             "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 4}]},
            {"asset": "@box asset", "sensor": "@box", "power-capacity": "5 kW"}
            """, Self.prices, sensors: ["x", "a", "b", "box"])
        #expect(outcome.status == .finished, "\(outcome.message)")
        #expect(values(outcome, "box") == [2, 5])
    }

    @Test("entries with one state of charge feed one stock")
    func sharedStock() throws {
        let outcome = try outcome(
            """
            {"sensor": "@a", "state-of-charge": {"sensor": "@level"}, "soc-at-start": 1, "soc-max": 9,
             "power-capacity": "2 kW", "production-capacity": "0 kW"},
            {"sensor": "@b", "state-of-charge": {"sensor": "@level"}, "charging-efficiency": 3,
             "power-capacity": "1 kW", "production-capacity": "0 kW",
             "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 6}]}
            """, Self.prices, sensors: ["x", "a", "b", "level"], units: ["level": "kWh"])
        #expect(outcome.status == .finished, "\(outcome.message)")
        #expect(values(outcome, "b") == [0, 1])
        #expect(values(outcome, "a") == [0, 2])
        #expect(values(outcome, "level") == [1, 1, 6])
    }

    @Test("entries that differ about the start of a shared stock are refused")
    func differentStocks() throws {
        let entry = #""state-of-charge": {"sensor": "@level"}, "soc-max": 9, "power-capacity": "2 kW""#
        let outcome = try outcome(
            #"{"sensor": "@a", "soc-at-start": 1, \#(entry)}, {"sensor": "@b", "soc-at-start": 2, \#(entry)}"#,
            Self.prices, sensors: ["x", "a", "b", "level"], units: ["level": "kWh"])
        #expect(outcome.status == .refused)
    }

    @Test("a device runs in one of its bands")
    func modes() throws {
        let outcome = try outcome(
            """
            {"sensor": "@a", "soc-at-start": 0, "soc-max": 9, "power-capacity": "4 kW",
             "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 5}],
             "operation-modes": [{"consumption-range": ["0 kW", "0 kW"]}, {"consumption-range": ["2 kW", "4 kW"]}]}
            """, Self.prices, sensors: ["x", "a"])
        #expect(outcome.status == .finished, "\(outcome.message)")
        #expect(values(outcome, "a") == [2, 3])
    }

    @Test("a commitment may be about some devices, and a priced target may be missed")
    func softTargetsAndCommitments() throws {
        let outcome = try outcome(
            """
            {"sensor": "@a", "soc-at-start": 0, "soc-max": 9, "power-capacity": "4 kW", "production-capacity": "0 kW",
             "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": 9}]},
            {"sensor": "@b", "power-capacity": "2 kW", "production-capacity": "0 kW"}
            """,
            """
            \(Self.prices), "soc-targets-breach-price": "50 EUR/MWh",
            "commitments": [{"name": "run", "sensors": ["@b"], "baseline": "1 kW", "down-price": "-400 EUR/MWh"}]
            """, sensors: ["x", "a", "b"])
        #expect(outcome.status == .finished, "\(outcome.message)")
        // A miss costs its price for the worst and for each step: more than the second hour, less than the first.
        #expect(values(outcome, "a") == [0, 4])
        #expect(values(outcome, "b") == [1, 1])
    }

    @Test("groups that contain themselves are refused")
    func cycle() throws {
        let outcome = try outcome(
            """
            {"asset": "@a asset", "group": {"asset": "@b asset"}, "power-capacity": "4 kW"},
            {"asset": "@b asset", "group": {"asset": "@a asset"}, "power-capacity": "4 kW"}
            """, Self.prices, sensors: ["x", "a", "b"])
        #expect(outcome.status == .refused)
    }
}
