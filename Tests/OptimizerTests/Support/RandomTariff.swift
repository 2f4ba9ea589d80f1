@testable import Optimizer

/// A lossy battery beside a load, with any prices: as pieces of a step cost that is often not convex,
/// and as a programme with pairs at the meter and at the battery.
struct RandomTariff {
    private(set) var problem: OneStoreProblem
    let program: LinearProgram

    init(seed: Int) {
        var random = SeededRandom(seed &+ 3_000_000)
        let capacity = random.number(1...4)
        let (charging, discharging) = (random.number(0.7...1), random.number(0.7...1))
        let power = random.number(0.3...1.5)
        let start = random.number(0...capacity)
        let keeps = random.chance(0.5)
        problem = OneStoreProblem(initialStock: start)
        var builder = LinearProgramBuilder()
        var before: Column?
        for _ in 0..<random.whole(1...10) {
            let retention = keeps ? 1 : random.number(0.9...1)
            let buy = random.number(-50...100)
            let sell = buy + random.number(-40...25)
            let load = random.number(-1...1)
            let factor = OneStoreProblem.flowFactor(retention: retention)

            let bought = builder.addColumn(cost: buy)
            let sold = builder.addColumn(cost: -sell)
            let charge = builder.addColumn(upper: power)
            let discharge = builder.addColumn(upper: power)
            let stock = builder.addColumn(lower: 0, upper: capacity)
            builder.addPair(bought, sold)
            builder.addPair(charge, discharge)
            let site = builder.addRow(equals: load)
            builder.add(1, to: site, bought)
            builder.add(-1, to: site, sold)
            builder.add(-1, to: site, charge)
            builder.add(1, to: site, discharge)
            let balance = builder.addRow(equals: before == nil ? retention * start : 0)
            builder.add(1, to: balance, stock)
            if let before { builder.add(-retention, to: balance, before) }
            builder.add(-factor * charging, to: balance, charge)
            builder.add(factor / discharging, to: balance, discharge)
            before = stock

            let corners = [-power, 0, power, -load].filter { abs($0) <= power }.sorted()
            for (from, to) in zip(corners, corners.dropFirst()) {
                let middle = (from + to) / 2
                let change = middle < 0 ? 1 / discharging : charging
                problem.addPiece(
                    slope: (load + middle > 0 ? buy : sell) / change, length: (to - from) * change)
            }
            let lowest = load - power
            problem.endStep(
                lowestChange: -power / discharging, costAtLowest: lowest * (lowest > 0 ? buy : sell), stockLower: 0,
                stockUpper: capacity, retention: retention)
        }
        program = builder.build()
    }
}
