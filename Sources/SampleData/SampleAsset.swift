import EnergyCore

/// Builds one asset entry of the world file.
struct SampleAsset {
    private let path: String
    private(set) var members: JSONObject
    private var sensors: [JSONValue] = []

    init(_ path: String, type: String, account: String? = nil, at place: (Double, Double)? = nil) {
        self.path = path
        members = ["path": .string(path), "type": .string(type), "account": account.map { .string($0) } ?? .null]
        if let place {
            members["latitude"] = .double(place.0)
            members["longitude"] = .double(place.1)
        }
    }

    func sensor(_ name: String, _ unit: String, _ resolution: String, consumption: Bool = false) -> SampleAsset {
        var copy = self
        var sensor: JSONObject = [
            "name": .string(name), "unit": .string(unit), "resolution": .string(resolution),
            "timezone": .string(SampleTimeline.zone),
        ]
        if consumption { sensor["attributes"] = [Sensor.consumptionAttribute: true] }
        copy.sensors.append(.object(sensor))
        return copy
    }

    func flexContext(_ context: JSONValue) -> SampleAsset {
        setting("flex_context", context)
    }

    func flexModel(_ model: JSONValue) -> SampleAsset {
        setting("flex_model", model)
    }

    /// Own sensors on the asset's graphs, one graph each, with the day-ahead price below if wanted.
    func shows(_ names: [String], prices: Bool = false) -> SampleAsset {
        var shown = names.map { reference($0) }
        if prices { shown.append(["$sensor": .string("\(SampleSites.market)/day-ahead price")]) }
        return setting("sensors_to_show", .array(shown))
    }

    /// The daily figures that the KPIs screen shows.
    func dailyFigures() -> SampleAsset {
        sensor("energy costs", "EUR", "P1D").sensor("self-consumption", "%", "P1D").sensor("peak demand", "kW", "P1D")
            .setting(
                "sensors_to_show_as_kpis",
                [
                    ["title": "Energy costs", "sensor": reference("energy costs"), "function": "sum"],
                    ["title": "Self-consumption", "sensor": reference("self-consumption"), "function": "mean"],
                    ["title": "Peak demand", "sensor": reference("peak demand"), "function": "max"],
                ])
    }

    var json: JSONValue {
        var all = members
        if !sensors.isEmpty { all["sensors"] = .array(sensors) }
        return .object(all)
    }

    private func reference(_ name: String) -> JSONValue {
        ["$sensor": .string("\(path)/\(name)")]
    }

    private func setting(_ key: String, _ value: JSONValue) -> SampleAsset {
        var copy = self
        copy.members[key] = value
        return copy
    }
}
