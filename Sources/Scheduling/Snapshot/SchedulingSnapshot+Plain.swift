import EnergyCore

extension SchedulingSnapshot {
    /// A site with prices and nothing else: no limits, devices, flows or commitments yet.
    package init(grid: StepGrid, consumptionPrice: [Double], productionPrice: [Double], currency: String = "EUR") {
        let unknown = [Double](repeating: .nan, count: grid.count)
        self.init(
            grid: grid, currency: currency, consumptionPrice: consumptionPrice, productionPrice: productionPrice,
            site: SiteSnapshot(powerCapacity: unknown, consumptionCapacity: unknown, productionCapacity: unknown),
            devices: [], inflexible: [], commitments: [])
    }
}

extension DeviceSnapshot {
    /// A battery that charges and discharges with the same power and efficiency, with the usual preferences.
    package init(battery label: String, power: Double, capacity: Double, start: Double, efficiency: Double, steps: Int)
    {
        func all(_ value: Double) -> [Double] { [Double](repeating: value, count: steps) }
        self.init(
            label: label, powerCapacity: all(power), consumptionCapacity: all(power), productionCapacity: all(power),
            mayConsume: true, mayProduce: true, charging: all(efficiency), discharging: all(efficiency),
            retention: all(1), gain: all(0), start: start, socMin: 0, socMax: capacity, minima: all(.nan),
            maxima: all(.nan), targets: all(.nan), prefersChargingSooner: true, prefersCurtailingLater: true)
    }
}

extension SiteSnapshot.Peak {
    /// One price for the whole time, nothing reached before.
    package init(price: Double, steps: Int) {
        self.init(existing: [Double](repeating: 0, count: steps), price: [Double](repeating: price, count: steps))
    }
}
