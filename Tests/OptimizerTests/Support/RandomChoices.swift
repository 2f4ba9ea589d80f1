@testable import Optimizer

/// A random small schedule with devices that must not charge and discharge at once, prices that can be
/// negative, feed-in that can be worth more than consumption, and now and then a device that is on or off.
struct RandomChoices {
    let program: LinearProgram

    init(seed: Int) {
        var random = SeededRandom(seed &+ 1_000_000)
        var builder = LinearProgramBuilder()
        let devices = random.whole(1...2)
        let steps = devices == 1 ? random.whole(1...4) : random.whole(1...2)
        let unlimited = random.chance(0.5)
        var before = [Column?](repeating: nil, count: devices)
        for _ in 0..<steps {
            let buy = random.number(-60...80)
            let sell = random.chance(0.5) ? buy + random.number(0...40) : buy - random.number(0...40)
            let bought = builder.addColumn(upper: unlimited ? .infinity : 6, cost: buy)
            let sold = builder.addColumn(upper: unlimited ? .infinity : 6, cost: -sell)
            builder.addPair(bought, sold)
            let site = builder.addRow(equals: random.number(-2...2))
            builder.add(1, to: site, bought)
            builder.add(-1, to: site, sold)
            for device in 0..<devices {
                let power = random.number(0.5...2)
                let charge = builder.addColumn(upper: power, cost: random.number(0...0.1))
                let discharge = builder.addColumn(upper: power, cost: random.number(0...0.1))
                builder.addPair(charge, discharge)
                builder.add(-1, to: site, charge)
                builder.add(1, to: site, discharge)
                let stock = builder.addColumn(lower: random.chance(0.1) ? 1.5 : 0, upper: 2)
                let balance = builder.addRow(equals: before[device] == nil ? random.number(0...2) : 0)
                builder.add(1, to: balance, stock)
                if let earlier = before[device] { builder.add(-1, to: balance, earlier) }
                builder.add(-random.number(0.6...1), to: balance, charge)
                builder.add(1 / random.number(0.6...1), to: balance, discharge)
                before[device] = stock
            }
            if random.chance(0.3) {
                let running = builder.addColumn(upper: 1, cost: random.number(-20...20), isInteger: true)
                builder.add(-random.number(0.5...1.5), to: site, running)
            }
        }
        program = builder.build()
    }
}
