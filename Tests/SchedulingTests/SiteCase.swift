import EnergyCore
import TestSupport

@testable import Scheduling

/// A small site of two hours at 300 and 60 EUR/MWh: sensors in kW by name, each on an asset of its own.
struct SiteCase {
    /// Data of a sensor, hour by hour from a moment on.
    struct Series {
        var sensor: String
        var values: [Double?]
        var start = "2026-01-01T00:00:00Z"
        var believed: String?
    }

    var models: String
    var context = ""
    var sensors: [String]
    /// Units other than kW; sensors in kWh or % that are called levels are instantaneous.
    var units: [String: String] = [:]
    var data: [Series] = []
    /// Stored flex-models by the sensor on whose asset they are.
    var stored: [String: String] = [:]
    var top = ""

    func outcome() throws -> CaseOutcome {
        let sensors = sensors.map { name in
            let isLevel = name.contains("level")
            return """
                {"key": "\(name)", "asset": "\(name) asset", "unit": "\(units[name] ?? "kW")",
                 "resolution": "\(isLevel ? "PT0M" : "PT1H")"}
                """
        }
        let assets = self.sensors.map { name in
            let model = stored[name].map { #", "flex_model": \#($0)"# } ?? ""
            return #"{"key": "\#(name) asset", "type": "thing", "parent": "site"\#(model)}"#
        }
        let data = self.data.map { series in
            let values = series.values.map { $0.map { "\($0)" } ?? "null" }.joined(separator: ",")
            let believed = series.believed.map { #", "belief_time": "\#($0)""# } ?? ""
            return """
                {"sensor": "@\(series.sensor)", "start": "\(series.start)", "resolution": "PT1H", "values": [\(values)]
                 \(believed)}
                """
        }
        let text = """
            {"id": "x", "world": {"assets": [{"key": "site", "type": "building"}, \(assets.joined(separator: ","))],
             "sensors": [\(sensors.joined(separator: ","))], "data": [\(data.joined(separator: ","))]},
             "trigger": {"endpoint": "asset", "target": "@site", "message": {
                "start": "2026-01-01T00:00:00Z", "duration": "PT2H", \(top)
                "flex-model": [\(models)], "flex-context": {\(Self.prices) \(context)}}}}
            """
        return try CaseRunner.run(try JSONValue(parsing: Array(text.utf8)))
    }

    private static let prices = """
        "consumption-price": [{"start": "2026-01-01T00:00:00Z", "duration": "PT1H", "value": "300 EUR/MWh"},
                              {"start": "2026-01-01T01:00:00Z", "duration": "PT1H", "value": "60 EUR/MWh"}]
        """
}

extension CaseOutcome {
    /// Planned values of a sensor.
    func values(_ key: String) -> [Double] { (schedule?[key]?.arrayValue ?? []).compactMap(\.doubleValue) }

    /// The text of a refusal or failure.
    var text: String { message.stringValue ?? message.text() }
}
