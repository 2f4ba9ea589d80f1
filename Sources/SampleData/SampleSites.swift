import EnergyCore

/// The asset trees of the sample: public market and weather, two sites of the cooperative, one farm.
enum SampleSites {
    static let assetTypes: JSONValue = .array(
        [
            ("solar", "solar panel(s)"), ("wind", "wind turbine"), ("one-way_evse", "uni-directional EV charger"),
            ("two-way_evse", "bi-directional EV charger"), ("battery", "stationary battery"), ("building", "building"),
            ("process", "process"), ("heat-storage", "heat storage"), ("site", "site with one grid connection"),
            ("market", "energy market"), ("weather-station", "weather station"),
        ].map { ["name": .string($0.0), "description": .string($0.1)] })

    static let market = "Day-ahead market"
    static let station = "Harbour weather"
    static let depot = "Harbour Depot"
    static let quay = "North Quay"
    static let farm = "Meadow Farm"

    static var assets: [JSONValue] { commons + depotAssets + quayAssets + farmAssets }

    private static let commons: [JSONValue] = [
        SampleAsset(market, type: "market")
            .sensor("day-ahead price", "EUR/MWh", "PT1H").sensor("price outlook", "EUR/MWh", "PT1H")
            .sensor("intraday price", "EUR/MWh", "PT1H")
            .shows(["day-ahead price", "price outlook"]).json,
        SampleAsset(station, type: "weather-station", at: (51.905, 4.466))
            .sensor("temperature", "°C", "PT15M").sensor("irradiance", "W/m²", "PT15M")
            .shows(["temperature", "irradiance"]).json,
    ]

    private static let depotAssets: [JSONValue] = {
        let account = "Harbour Cooperative"
        let context: JSONValue = [
            "consumption-price": reference("\(market)/day-ahead price"),
            "production-price": reference("\(market)/day-ahead price"),
            "site-power-capacity": "350 kW",
            "inflexible-device-sensors": [
                reference("\(depot)/Warehouse/power"), reference("\(depot)/Warehouse/Roof PV/power"),
                reference("\(depot)/Office/power"), reference("\(depot)/Office/Office heat pump/power"),
            ],
        ]
        return [
            SampleAsset(depot, type: "site", account: account, at: (51.901, 4.458))
                .flexContext(context).sensor("grid power", "kW", "PT15M", consumption: true)
                .dailyFigures().shows(["grid power"], prices: true).json,
            SampleAsset("\(depot)/Warehouse", type: "building", account: account, at: (51.901, 4.458))
                .sensor("power", "kW", "PT15M", consumption: true).shows(["power"]).json,
            SampleAsset("\(depot)/Warehouse/Roof PV", type: "solar", account: account, at: (51.901, 4.459))
                .sensor("power", "kW", "PT15M").shows(["power"]).json,
            battery("\(depot)/Warehouse/Warehouse battery", account, power: 100, capacity: 400),
            SampleAsset("\(depot)/Charging plaza", type: "site", account: account, at: (51.902, 4.457)).json,
            charger(1, "one-way_evse", 22), charger(2, "one-way_evse", 22), charger(3, "two-way_evse", 11),
            charger(4, "two-way_evse", 11),
            SampleAsset("\(depot)/Office", type: "building", account: account, at: (51.900, 4.458))
                .sensor("power", "kW", "PT15M", consumption: true).sensor("indoor temperature", "°C", "PT15M")
                .shows(["power", "indoor temperature"]).json,
            SampleAsset("\(depot)/Office/Office heat pump", type: "heat-storage", account: account, at: (51.900, 4.458))
                .flexModel([
                    "power-capacity": "18 kW", "production-capacity": "0 kW", "soc-min": "0 kWh", "soc-max": "60 kWh",
                    "charging-efficiency": "310%", "storage-efficiency": "99.6%", "soc-usage": ["9 kW"],
                ])
                .sensor("power", "kW", "PT15M", consumption: true).shows(["power"]).json,
        ]
    }()

    private static let quayAssets: [JSONValue] = {
        let account = "Harbour Cooperative"
        let context: JSONValue = [
            "consumption-price": reference("\(market)/intraday price"), "site-power-capacity": "150 kW",
            "inflexible-device-sensors": [reference("\(quay)/Berth/Shore power/power")],
        ]
        return [
            SampleAsset(quay, type: "site", account: account, at: (51.911, 4.471))
                .flexContext(context).sensor("grid power", "kW", "PT15M", consumption: true).shows(["grid power"]).json,
            SampleAsset("\(quay)/Berth", type: "building", account: account, at: (51.911, 4.472)).json,
            SampleAsset("\(quay)/Berth/Shore power", type: "process", account: account, at: (51.911, 4.472))
                .sensor("power", "kW", "PT15M", consumption: true).shows(["power"]).json,
            battery("\(quay)/Berth/Quay battery", account, power: 60, capacity: 180),
        ]
    }()

    private static let farmAssets: [JSONValue] = {
        let account = "Meadow Dairy"
        let context: JSONValue = [
            "consumption-price": reference("\(market)/day-ahead price"), "site-power-capacity": "120 kW",
            "site-peak-consumption-price": "260 EUR/MW",
            "inflexible-device-sensors": [
                reference("\(farm)/Creamery/power"), reference("\(farm)/Barn/Barn PV/power"),
                reference("\(farm)/Barn/Milk cooling/power"),
            ],
        ]
        return [
            SampleAsset(farm, type: "site", account: account, at: (52.093, 5.119))
                .flexContext(context).sensor("grid power", "kW", "PT15M", consumption: true)
                .dailyFigures().shows(["grid power"], prices: true).json,
            SampleAsset("\(farm)/Barn", type: "building", account: account, at: (52.093, 5.120)).json,
            SampleAsset("\(farm)/Barn/Barn PV", type: "solar", account: account, at: (52.093, 5.120))
                .sensor("power", "kW", "PT15M").shows(["power"]).json,
            SampleAsset("\(farm)/Barn/Milk cooling", type: "process", account: account, at: (52.093, 5.120))
                .sensor("power", "kW", "PT15M", consumption: true).sensor("tank temperature", "°C", "PT15M")
                .shows(["power", "tank temperature"]).json,
            battery("\(farm)/Barn/Dairy battery", account, power: 50, capacity: 120),
            SampleAsset("\(farm)/Creamery", type: "building", account: account, at: (52.094, 5.118))
                .sensor("power", "kW", "PT15M", consumption: true).shows(["power"]).json,
        ]
    }()

    private static func battery(_ path: String, _ account: String, power: Int, capacity: Int) -> JSONValue {
        SampleAsset(path, type: "battery", account: account, at: (51.901, 4.460))
            .flexModel([
                "power-capacity": .string("\(power) kW"), "soc-min": .string("\(capacity / 20) kWh"),
                "soc-max": .string("\(capacity * 19 / 20) kWh"), "roundtrip-efficiency": "90%",
                "state-of-charge": reference("\(path)/state of charge"),
            ])
            .sensor("power", "kW", "PT15M", consumption: true).sensor("state of charge", "kWh", "PT0M")
            .shows(["power", "state of charge"]).json
    }

    private static func charger(_ number: Int, _ type: String, _ power: Int) -> JSONValue {
        SampleAsset("\(depot)/Charging plaza/Charger \(number)", type: type, account: "Harbour Cooperative")
            .flexModel(["power-capacity": .string("\(power) kW"), "soc-min": "0 kWh", "soc-max": "75 kWh"])
            .sensor("power", "kW", "PT15M", consumption: true).shows(["power"]).json
    }

    private static func reference(_ path: String) -> JSONValue {
        ["$sensor": .string(path)]
    }
}
