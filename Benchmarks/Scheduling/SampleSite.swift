import EnergyCore
import Foundation
import Scheduling

/// A site of batteries beside a load with sunshine, under a day-ahead tariff.
struct SampleSite {
    var title: String
    /// Milliseconds that a schedule may take.
    var bar: Double
    var steps: Int
    var devices = 1
    var peakPrice: Double?
    var hasLimit = false
    var hasSoftMinima = false
    /// Currency per MWh by which feed-in is worth more than consumption; negative for the usual.
    var feedInBonus = -20.0
    var hasNegativePrices = false
    /// False where the solver alone would take minutes.
    var comparesSolver = true

    static let all = [
        SampleSite(title: "1 device x 192 steps", bar: 1, steps: 192),
        SampleSite(title: "1 device x 2520 steps", bar: 4, steps: 2520),
        SampleSite(title: "1 device x 35040 steps (a year)", bar: 60, steps: 35_040, comparesSolver: false),
        SampleSite(
            title: "5 devices x 192, peak price, site limit", bar: 60, steps: 192, devices: 5, peakPrice: 60,
            hasLimit: true),
        SampleSite(title: "20 devices x 192", bar: 300, steps: 192, devices: 20, peakPrice: 60, hasLimit: true),
        SampleSite(
            title: "20 devices x 192, soft minima", bar: 300, steps: 192, devices: 20, peakPrice: 60,
            hasLimit: true,
            hasSoftMinima: true),
        SampleSite(title: "1 x 192, feed-in above consumption price", bar: 1500, steps: 192, feedInBonus: 20),
        SampleSite(title: "1 x 192, negative prices, lossy", bar: 1500, steps: 192, hasNegativePrices: true),
        SampleSite(
            title: "5 x 192, negative prices, lossy", bar: 1500, steps: 192, devices: 5, hasNegativePrices: true),
    ]

    func snapshot() -> SchedulingSnapshot {
        var random = Steps(state: 7)
        let day = 2 * Double.pi / 96
        var buy: [Double] = []
        var load: [Double] = []
        for step in 0..<steps {
            let angle = Double(step) * day
            let isNoon = (44..<60).contains(step % 96)
            let usual = 80 + 40 * sin(angle - 1) + 25 * sin(2 * angle) + random.next(8)
            buy.append(hasNegativePrices && isNoon ? -30 + random.next(5) : usual)
            load.append(0.8 + 0.5 * sin(angle - 2) + random.next(0.1) - (isNoon ? 1.5 : 0))
        }
        let grid = StepGrid(start: Instant(seconds: 1_735_686_000), step: .minutes(15), count: steps)
        var snapshot = SchedulingSnapshot(
            grid: grid, consumptionPrice: buy, productionPrice: buy.map { $0 + feedInBonus })
        snapshot.inflexible = [InflexibleFlow(label: "load", power: load)]
        snapshot.devices = (0..<devices).map { battery($0, &random) }
        let all = snapshot.devices.reduce(0) { $0 + ($1.powerCapacity.first ?? 0) }
        if hasLimit { snapshot.site.powerCapacity = [Double](repeating: 2 + all / 2, count: steps) }
        if hasLimit { snapshot.site.consumptionCapacity = snapshot.site.powerCapacity }
        if hasLimit { snapshot.site.productionCapacity = snapshot.site.powerCapacity }
        snapshot.site.consumptionPeak = peakPrice.map { .init(price: $0, steps: steps) }
        return snapshot
    }

    private func battery(_ index: Int, _ random: inout Steps) -> DeviceSnapshot {
        let capacity = 3.5 + random.next(2.5)
        var device = DeviceSnapshot(
            battery: "battery \(index)", power: capacity / 4 * (1.15 + random.next(0.35)), capacity: capacity,
            start: capacity * (0.3 + random.next(0.2)), efficiency: 0.95, steps: steps)
        if hasSoftMinima {
            for step in 0..<steps where step % 24 < 4 { device.minima[step] = capacity / 2 }
            device.minimaBreachPrice = [Double](repeating: 1_000_000, count: steps)
        }
        return device
    }
}

/// The same numbers in every run.
struct Steps {
    var state: UInt64

    /// Between minus and plus `reach`.
    mutating func next(_ reach: Double) -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (Double(state >> 33) / Double(1 << 30) - 1) * reach
    }
}
