import EnergyCore

/// The series of the sample: tables by site, and the entries of the world file that refer to their columns.
struct SampleSeries {
    private let plant: SamplePlant
    private(set) var entries: [JSONValue] = []
    private var quarterly: [String: SampleTable] = [:]
    private var order: [String] = []
    private var hourly: SampleTable

    init(plant: SamplePlant) {
        self.plant = plant
        hourly = SampleTable(name: "market", start: SampleTimeline.start, step: .hours(1))
    }

    var tables: [SampleTable] {
        [hourly] + order.compactMap { quarterly[$0] }
    }

    mutating func addAll() {
        addMarket()
        addWeather()
        addDepot()
        addQuay()
        addFarm()
    }

    // MARK: Public data

    private mutating func addMarket() {
        let market = SampleSites.market
        hourly.add("day-ahead", plant.market.price)
        hourly.add("outlook", plant.market.expectedPrice)
        let stale = plant.timeline.firstIndex(ofDay: 57) / 4
        hourly.add("intraday", plant.market.price.prefix(stale).enumerated().map { $1 * (0.97 + 0.06 * wobble($0)) })
        for day in 0..<SampleTimeline.days {
            let first = plant.timeline.firstIndex(ofDay: day)
            let published = plant.timeline.instant(first) - .hours(11)
            entries.append([
                "sensor": .string("\(market)/day-ahead price"), "source": "market", "csv": "market",
                "column": "day-ahead", "start": .string(SampleTime.text(plant.timeline.instant(first))),
                "rows": .int(Int64((plant.timeline.firstIndex(ofDay: day + 1) - first) / 4)),
                "belief_time": .string(SampleTime.text(published)),
            ])
        }
        entries.append(entry("\(market)/price outlook", "price-model", "market", "outlook", horizon: "PT49H"))
        entries.append(entry("\(market)/intraday price", "market", "market", "intraday", horizon: "PT2H"))
    }

    private mutating func addWeather() {
        let station = SampleSites.station
        add("temperature", plant.weather.temperature, to: "weather", of: "\(station)/temperature")
        add("irradiance", plant.weather.irradiance, to: "weather", of: "\(station)/irradiance")
        add(
            "temperature a day ahead", plant.weather.forecastTemperature, to: "weather", of: "\(station)/temperature",
            source: "weather", horizon: "P1D")
        add(
            "irradiance a day ahead", plant.weather.forecastIrradiance, to: "weather", of: "\(station)/irradiance",
            source: "weather", horizon: "P1D")
    }

    // MARK: Sites

    private mutating func addDepot() {
        let depot = SampleSites.depot
        let chargers = (1...4).map { "Charger \($0)" }
        let devices = ["Roof PV", "Warehouse", "Office", "Office heat pump", "Warehouse battery"] + chargers
        let grid = plant.grid(of: devices)
        add("grid power", grid, to: "harbour-depot", of: "\(depot)/grid power")
        addPower("Warehouse", at: "\(depot)/Warehouse/power", to: "harbour-depot")
        addForecasts("Warehouse", at: "\(depot)/Warehouse/power", to: "harbour-depot")
        addSolar("Roof PV", at: "\(depot)/Warehouse/Roof PV/power", peak: 180, to: "harbour-depot")
        addBattery("Warehouse battery", at: "\(depot)/Warehouse/Warehouse battery", to: "harbour-depot")
        let gap = plant.timeline.firstIndex(ofDay: 40) + 34
        addPower("Office", at: "\(depot)/Office/power", to: "harbour-depot", missing: gap..<gap + 26)
        add(
            "indoor temperature", indoorTemperature, to: "harbour-depot", of: "\(depot)/Office/indoor temperature")
        addPower("Office heat pump", at: "\(depot)/Office/Office heat pump/power", to: "harbour-depot")
        for charger in chargers {
            let end = charger == "Charger 3" ? plant.timeline.firstIndex(ofDay: 59) + 30 : plant.timeline.count
            addPower(
                charger, at: "\(depot)/Charging plaza/\(charger)/power", to: "harbour-depot",
                missing: end..<plant.timeline.count)
        }
        addDailyFigures(of: depot, grid: grid, solar: "Roof PV")
    }

    private mutating func addQuay() {
        let quay = SampleSites.quay
        add("grid power", plant.grid(of: ["Shore power", "Quay battery"]), to: "north-quay", of: "\(quay)/grid power")
        addPower("Shore power", at: "\(quay)/Berth/Shore power/power", to: "north-quay")
        addBattery("Quay battery", at: "\(quay)/Berth/Quay battery", to: "north-quay")
    }

    private mutating func addFarm() {
        let farm = SampleSites.farm
        let grid = plant.grid(of: ["Barn PV", "Milk cooling", "Creamery", "Dairy battery"])
        add("grid power", grid, to: "meadow-farm", of: "\(farm)/grid power")
        addSolar("Barn PV", at: "\(farm)/Barn/Barn PV/power", peak: 95, to: "meadow-farm")
        addPower("Milk cooling", at: "\(farm)/Barn/Milk cooling/power", to: "meadow-farm")
        add("tank temperature", tankTemperature, to: "meadow-farm", of: "\(farm)/Barn/Milk cooling/tank temperature")
        addBattery("Dairy battery", at: "\(farm)/Barn/Dairy battery", to: "meadow-farm")
        let frozen = plant.timeline.firstIndex(ofDay: 54) + 41
        let creamery = (plant.power["Creamery"] ?? []).enumerated().map { index, value in
            index < frozen ? value : plant.power["Creamery"]?[frozen] ?? value
        }
        add("Creamery", creamery, to: "meadow-farm", of: "\(farm)/Creamery/power")
        addForecasts("Creamery", at: "\(farm)/Creamery/power", to: "meadow-farm")
        addDailyFigures(of: farm, grid: grid, solar: "Barn PV")
    }

    // MARK: Devices

    private mutating func addPower(_ device: String, at sensor: String, to table: String, missing: Range<Int>? = nil) {
        var values = (plant.power[device] ?? []).map(Optional.some)
        for index in missing ?? 0..<0 { values[index] = nil }
        add(device, values, to: table, of: sensor)
    }

    /// PV sensors store production as positive values.
    private mutating func addSolar(_ device: String, at sensor: String, peak: Double, to table: String) {
        add(device, (plant.power[device] ?? []).map { -$0 }, to: table, of: sensor)
        let expected = plant.weather.forecastIrradiance.map { min(0.92 * peak, peak * $0 / 1000 * 0.94) }
        add("\(device) a day ahead", expected, to: table, of: sensor, source: "load-model", horizon: "P1D")
    }

    private mutating func addBattery(_ device: String, at asset: String, to table: String) {
        guard let battery = plant.batteries[device] else { return }
        add(device, battery.measured, to: table, of: "\(asset)/power")
        add("\(device) plan", battery.plan, to: table, of: "\(asset)/power", source: "scheduler", horizon: "PT12H")
        addColumn("\(device) state of charge", battery.stateOfCharge, to: table)
        entries.append(
            entry(
                "\(asset)/state of charge", "meter", table, "\(device) state of charge", horizon: "PT0H",
                resolution: "PT15M"))
    }

    /// Forecasts of two ages: the day before, from the same day a week earlier; six hours ahead, from what came since.
    private mutating func addForecasts(_ device: String, at sensor: String, to table: String) {
        let actual = plant.power[device] ?? []
        let early = actual.indices.map { index in index >= 672 ? 0.94 * actual[index - 672] + 2 : actual[index] }
        let late = zip(actual, early).map { 0.7 * $0 + 0.3 * $1 }
        add("\(device) a day ahead", early, to: table, of: sensor, source: "load-model", horizon: "P1D")
        add("\(device) six hours ahead", late, to: table, of: sensor, source: "load-model", horizon: "PT6H")
    }

    private var indoorTemperature: [Double] {
        var indoor = 20.0
        return plant.weather.temperature.indices.map { index in
            let heat = plant.power["Office heat pump"]?[index] ?? 0
            indoor += 0.012 * (plant.weather.temperature[index] - indoor) + 0.03 * heat
            indoor = min(22.6, max(18.2, indoor))
            return indoor
        }
    }

    private var tankTemperature: [Double] {
        var tank = 4.0
        return (plant.power["Milk cooling"] ?? []).map { power in
            tank += 0.03 * (9 - tank) - 0.012 * power
            tank = min(8.5, max(3.1, tank))
            return tank
        }
    }

    /// Costs, self-consumption and peak of each local day, as the reporter would have computed them.
    private mutating func addDailyFigures(of site: String, grid: [Double], solar: String) {
        var costs: [JSONValue] = []
        var share: [JSONValue] = []
        var peak: [JSONValue] = []
        for day in 0..<SampleTimeline.days {
            let quarters = plant.timeline.firstIndex(ofDay: day)..<plant.timeline.firstIndex(ofDay: day + 1)
            let energyCosts = quarters.map { grid[$0] / 4 * plant.market.price(atQuarter: $0) / 1000 }.reduce(0, +)
            let produced = quarters.map { -(plant.power[solar]?[$0] ?? 0) }.reduce(0, +)
            let fedIn = quarters.map { max(0, -grid[$0]) }.reduce(0, +)
            costs.append(.double(rounded(energyCosts)))
            share.append(.double(rounded(produced > 0 ? max(0, 1 - fedIn / produced) * 100 : 100)))
            peak.append(.double(rounded(quarters.map { grid[$0] }.max() ?? 0)))
        }
        for (name, values) in [("energy costs", costs), ("self-consumption", share), ("peak demand", peak)] {
            entries.append([
                "sensor": .string("\(site)/\(name)"), "source": "reporter", "horizon": "PT0H",
                "start": .string(SampleTime.text(SampleTimeline.start)), "values": .array(values),
            ])
        }
    }

    // MARK: Tables and entries

    private mutating func add(
        _ column: String, _ values: [Double?], to table: String, of sensor: String, source: String = "meter",
        horizon: String = "PT0H"
    ) {
        addColumn(column, values, to: table)
        entries.append(entry(sensor, source, table, column, horizon: horizon))
    }

    private mutating func addColumn(_ column: String, _ values: [Double?], to table: String) {
        if quarterly[table] == nil {
            quarterly[table] = SampleTable(name: table, start: SampleTimeline.start, step: SampleTimeline.step)
            order.append(table)
        }
        quarterly[table]?.add(column, values)
    }

    private func entry(
        _ sensor: String, _ source: String, _ csv: String, _ column: String, horizon: String, resolution: String? = nil
    ) -> JSONValue {
        var members: JSONObject = [
            "sensor": .string(sensor), "source": .string(source), "csv": .string(csv), "column": .string(column),
            "horizon": .string(horizon),
        ]
        members["resolution"] = resolution.map { .string($0) }
        return .object(members)
    }

    private func rounded(_ value: Double) -> Double {
        (value * 100).rounded() / 100
    }

    /// A fixed, irregular number between 0 and 1 for an index.
    private func wobble(_ index: Int) -> Double {
        Double((index &* 2_654_435_761) % 1000) / 1000
    }
}
