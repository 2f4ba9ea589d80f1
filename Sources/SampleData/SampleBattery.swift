import EnergyCore

/// A battery that followed a day-ahead plan: it charged in the cheapest hours of each day and discharged in the dearest.
struct SampleBattery {
    let power: Double
    let capacity: Double
    let efficiency = 0.95

    /// kW a quarter-hour, consumption positive.
    var plan: [Double] = []
    /// What really happened: the plan with small deviations and a few skipped hours.
    var measured: [Double] = []
    /// kWh at the start of each quarter-hour.
    var stateOfCharge: [Double] = []

    init(
        power: Double, capacity: Double, timeline: SampleTimeline, market: SampleMarket, surplus: [Double],
        random: inout SeededGenerator
    ) {
        self.power = power
        self.capacity = capacity
        let wish = Self.wish(timeline: timeline, market: market, power: power)
        var stock = 0.4 * capacity
        var planned = stock
        for index in 0..<timeline.count {
            let share = min(1, max(-1, wish[index] + (surplus[index] > 0.5 * power ? 0.4 : 0)))
            plan.append(Self.feasible(share * power, stock: &planned, capacity: capacity, efficiency: efficiency))
            stateOfCharge.append(stock)
            let skips = random.uniform() < 0.004
            let attempt = skips ? 0 : (plan.last ?? 0) * (1 + 0.012 * random.normal())
            measured.append(Self.feasible(attempt, stock: &stock, capacity: capacity, efficiency: efficiency))
            planned = 0.5 * planned + 0.5 * stock
        }
    }

    /// -1 ... 1: five cheapest hours of a day charge, five dearest discharge.
    private static func wish(timeline: SampleTimeline, market: SampleMarket, power: Double) -> [Double] {
        var wish = [Double](repeating: 0, count: timeline.count)
        for day in 0..<SampleTimeline.days {
            let first = timeline.firstIndex(ofDay: day)
            let last = min(timeline.count, timeline.firstIndex(ofDay: day + 1))
            let ranked = (first..<last).sorted { (market.price(atQuarter: $0), $0) < (market.price(atQuarter: $1), $1) }
            for index in ranked.prefix(20) { wish[index] = 0.9 }
            for index in ranked.suffix(20) { wish[index] = -0.9 }
        }
        return wish
    }

    /// The power closest to the wanted one that keeps the stock between 5 % and 95 % of the capacity; moves the stock.
    private static func feasible(_ wanted: Double, stock: inout Double, capacity: Double, efficiency: Double) -> Double
    {
        let room = max(0, 0.95 * capacity - stock) * 4 / efficiency
        let energy = max(0, stock - 0.05 * capacity) * 4 * efficiency
        let power = wanted > 0 ? min(wanted, room) : max(wanted, -energy)
        stock += power > 0 ? power / 4 * efficiency : power / 4 / efficiency
        return abs(power) < 1e-6 ? 0 : power
    }
}
