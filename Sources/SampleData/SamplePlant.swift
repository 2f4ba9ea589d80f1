import EnergyCore

/// Everything that happens at the sample's sites, as plain series; the same on every machine.
struct SamplePlant {
    let timeline = SampleTimeline()
    let weather: SampleWeather
    let market: SampleMarket
    /// Quarter-hourly kW by sensor path, production counted negative.
    private(set) var power: [String: [Double]] = [:]
    private(set) var batteries: [String: SampleBattery] = [:]

    init() {
        var random = SeededGenerator(seed: 20_260_302)
        weather = SampleWeather(timeline: timeline, random: &random)
        market = SampleMarket(timeline: timeline, weather: weather, random: &random)
        addHarbour(&random)
        addQuay(&random)
        addDairy(&random)
    }

    private mutating func addHarbour(_ random: inout SeededGenerator) {
        power["Roof PV"] = negated(
            SampleDevices.solar(
                peak: 180, weather: weather.irradiance, temperature: weather.temperature, random: &random))
        power["Warehouse"] = SampleDevices.building(
            base: 22, day: 64, opens: 6.5, closes: 18, timeline: timeline, temperature: weather.temperature,
            random: &random)
        power["Office"] = SampleDevices.building(
            base: 7, day: 26, opens: 8, closes: 17.5, timeline: timeline, temperature: weather.temperature,
            random: &random)
        power["Office heat pump"] = SampleDevices.heatPump(
            power: 18, timeline: timeline, temperature: weather.temperature, random: &random)
        for (number, arrival) in [(1, 8.2), (2, 8.6), (3, 17.4), (4, 18.1)] {
            power["Charger \(number)"] = SampleDevices.charger(
                power: number < 3 ? 22 : 11, arrival: arrival, weekend: number == 4, timeline: timeline, random: &random
            )
        }
        addBattery("Warehouse battery", power: 100, capacity: 400, behind: "Roof PV", &random)
    }

    private mutating func addQuay(_ random: inout SeededGenerator) {
        power["Shore power"] = SampleDevices.batches(
            power: 85, hours: [1, 13.5], length: 5.5, timeline: timeline, random: &random)
        addBattery("Quay battery", power: 60, capacity: 180, behind: nil, &random)
    }

    private mutating func addDairy(_ random: inout SeededGenerator) {
        power["Barn PV"] = negated(
            SampleDevices.solar(
                peak: 95, weather: weather.irradiance, temperature: weather.temperature, random: &random))
        power["Milk cooling"] = SampleDevices.batches(
            power: 31, hours: [6, 17.5], length: 2.5, timeline: timeline, random: &random)
        power["Creamery"] = SampleDevices.building(
            base: 14, day: 47, opens: 5, closes: 15, timeline: timeline, temperature: weather.temperature,
            random: &random)
        addBattery("Dairy battery", power: 50, capacity: 120, behind: "Barn PV", &random)
    }

    private mutating func addBattery(
        _ name: String, power rated: Double, capacity: Double, behind solar: String?, _ random: inout SeededGenerator
    ) {
        let surplus = solar.flatMap { power[$0] }?.map { -$0 } ?? [Double](repeating: 0, count: timeline.count)
        let battery = SampleBattery(
            power: rated, capacity: capacity, timeline: timeline, market: market, surplus: surplus, random: &random)
        batteries[name] = battery
        power[name] = battery.measured
    }

    /// The sum of some devices, kW at the meter.
    func grid(of devices: [String]) -> [Double] {
        devices.compactMap { power[$0] }.reduce([Double](repeating: 0, count: timeline.count)) { sum, device in
            zip(sum, device).map(+)
        }
    }

    private func negated(_ values: [Double]) -> [Double] {
        values.map { -$0 }
    }
}
