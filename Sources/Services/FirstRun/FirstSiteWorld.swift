import EnergyCore

/// A first site as a world: account, site, battery, PV, prices and estimates.
struct FirstSiteWorld {
    let site: FirstSite
    let zone: Zone
    let now: Instant

    private var path: String { WorldPath.part(site.name) }
    /// The battery is empty or full in two hours, as most are.
    private var batteryPower: Double { site.battery / 2 }
    /// Load, battery and PV together never reach it.
    private var connection: Double { (site.yearlyUse / 8760 * 4 + batteryPower + site.peakPower).rounded(.up) + 10 }

    var json: JSONValue {
        [
            "format": "contract-world/1",
            "account_roles": [["name": "Prosumer", "description": "Uses and produces energy"]],
            "accounts": [["name": .string(site.name), "roles": ["Prosumer"]]],
            "asset_types": [
                ["name": "site", "description": "site with one grid connection"],
                ["name": "battery", "description": "stationary battery"],
                ["name": "solar", "description": "solar panel(s)"],
            ],
            "assets": .array(site.peakPower > 0 ? [place, battery, panels] : [place, battery]),
            "sources": [
                ["key": "tariff", "name": "Tariff", "type": "market"],
                ["key": "estimate", "name": "First estimate", "type": "forecaster"],
                ["key": "answer", "name": "First answer", "type": "user"],
            ],
            "series": .array(series),
        ]
    }

    private var place: JSONValue {
        var context: JSONObject = [
            "consumption-price": reference("consumption price"), "production-price": reference("feed-in price"),
            "site-power-capacity": .string("\(Int(connection)) kW"),
        ]
        let others = [reference("load")] + (site.peakPower > 0 ? [reference("PV/power")] : [])
        context["inflexible-device-sensors"] = .array(others)
        return [
            "path": .string(path), "type": "site", "account": .string(site.name), "flex_context": .object(context),
            "sensors_to_show": [reference("load"), reference("consumption price")],
            "sensors": [
                sensor("load", "kW", "PT15M", consumes: true), sensor("consumption price", "EUR/kWh", "PT1H"),
                sensor("feed-in price", "EUR/kWh", "PT1H"),
            ],
        ]
    }

    private var battery: JSONValue {
        [
            "path": .string("\(path)/Battery"), "type": "battery", "account": .string(site.name),
            "flex_model": [
                "power-capacity": .string("\(batteryPower) kW"), "soc-min": .string("\(site.battery / 10) kWh"),
                "soc-max": .string("\(site.battery) kWh"), "roundtrip-efficiency": "90%",
                "state-of-charge": reference("Battery/state of charge"),
            ],
            "sensors_to_show": [reference("Battery/power"), reference("Battery/state of charge")],
            "sensors": [sensor("power", "kW", "PT15M", consumes: true), sensor("state of charge", "kWh", "PT0M")],
        ]
    }

    private var panels: JSONValue {
        [
            "path": .string("\(path)/PV"), "type": "solar", "account": .string(site.name),
            "sensors_to_show": [reference("PV/power")], "sensors": [sensor("power", "kW", "PT15M")],
        ]
    }

    private var series: [JSONValue] {
        let start = zone.startOfDay(containing: now)
        let values = FirstSiteSeries(site: site, zone: zone, start: start)
        var series = [
            entry("consumption price", "tariff", start, values.prices),
            entry("feed-in price", "tariff", start, values.feedInPrices), entry("load", "estimate", start, values.load),
            entry("Battery/state of charge", "answer", now, [site.battery / 2]),
        ]
        if site.peakPower > 0 { series.append(entry("PV/power", "estimate", start, values.production)) }
        return series
    }

    private func entry(_ sensor: String, _ source: String, _ start: Instant, _ values: [Double]) -> JSONValue {
        [
            "sensor": .string("\(path)/\(sensor)"), "source": .string(source), "start": .string(start.utcText),
            "belief_time": .string(now.utcText), "values": .array(values.map { .double($0) }),
        ]
    }

    private func sensor(_ name: String, _ unit: String, _ resolution: String, consumes: Bool = false) -> JSONValue {
        var sensor: JSONObject = [
            "name": .string(name), "unit": .string(unit), "resolution": .string(resolution),
            "timezone": .string(zone.name),
        ]
        if consumes { sensor["attributes"] = [Sensor.consumptionAttribute: true] }
        return .object(sensor)
    }

    private func reference(_ sensor: String) -> JSONValue { ["$sensor": .string("\(path)/\(sensor)")] }
}
