@testable import Optimizer

/// A site of batteries behind one meter, shaped like the schedules of everyday use.
struct RandomSite {
    var steps = 96
    var devices = 2
    var seed = 1
    /// Added to the price of feed-in, which is 0.7 times the price of consumption.
    var feedInBonus = 0.0
    var hasPairs = false
    /// Power of each device, in turn.
    var powers = [1.0, 0.5, 2.0]
    var priceScale = 1.0

    func program() -> LinearProgram {
        var random = SeededRandom(seed)
        var builder = LinearProgramBuilder()
        var before = [Column?](repeating: nil, count: devices)
        for _ in 0..<steps {
            let price = random.number(20...120) * priceScale
            let bought = builder.addColumn(cost: price / 4)
            let sold = builder.addColumn(cost: -(0.7 * price + feedInBonus) / 4)
            let site = builder.addRow(equals: random.number(-1...1) * (powers.min() ?? 1))
            builder.add(1, to: site, bought)
            builder.add(-1, to: site, sold)
            if hasPairs { builder.addPair(bought, sold) }
            for device in 0..<devices {
                let power = powers[device % powers.count]
                let charge = builder.addColumn(upper: power)
                let discharge = builder.addColumn(upper: power)
                let stock = builder.addColumn(lower: 0, upper: 3 * power)
                builder.add(-1, to: site, charge)
                builder.add(1, to: site, discharge)
                let balance = builder.addRow(equals: before[device] == nil ? power : 0)
                builder.add(1, to: balance, stock)
                if let earlier = before[device] { builder.add(-1, to: balance, earlier) }
                builder.add(-0.25 * 0.93, to: balance, charge)
                builder.add(0.25 / 0.93, to: balance, discharge)
                if hasPairs { builder.addPair(charge, discharge) }
                before[device] = stock
            }
        }
        return builder.build()
    }
}
