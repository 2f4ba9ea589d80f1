@testable import Optimizer

/// A random one-store problem, and the same as a linear programme.
struct RandomStore {
    var problem: OneStoreProblem
    var program: LinearProgram
    var stockRows: [Row] = []

    init(seed: Int) {
        var random = SeededRandom(seed)
        let capacity = random.number(0.5...8)
        let losesStock = random.chance(0.5)
        let hasGains = random.chance(0.5)
        let isTight = random.chance(0.3)
        let rounds = random.chance(0.4)
        let start = random.number(0...capacity)
        problem = OneStoreProblem(initialStock: start)
        var builder = LinearProgramBuilder()
        var before: Column?
        for step in 0..<random.whole(1...30) {
            let retention = losesStock ? random.number(0.9...1) : 1
            let gain = hasGains ? random.number(-0.4...0.5) : 0
            var (lower, upper) = (0.0, capacity)
            if isTight, random.chance(0.2) { lower = random.number(0...capacity) }
            if isTight, random.chance(0.2) { upper = random.number(lower...capacity) }
            var pieces = (0..<random.whole(0...4)).map { _ in
                (slope: random.number(-40...120), length: random.number(0.01...1))
            }
            if rounds { pieces = pieces.map { (($0.slope / 20).rounded() * 20, ($0.length * 4).rounded() / 4) } }
            pieces.sort { $0.slope < $1.slope }
            let down = pieces.first.map { $0.length * random.number(0...1.5) } ?? 0
            let cost = random.number(-5...5)

            let factor = OneStoreProblem.flowFactor(retention: retention)
            let stock = builder.addColumn(lower: lower, upper: upper)
            let drift = factor * (gain - down) + (step == 0 ? retention * start : 0)
            let balance = builder.addRow(equals: drift)
            stockRows.append(balance)
            builder.costOffset += cost
            builder.add(1, to: balance, stock)
            if let before { builder.add(-retention, to: balance, before) }
            before = stock
            for piece in pieces where piece.length > 0 {
                let use = builder.addColumn(upper: piece.length, cost: piece.slope)
                builder.add(-factor, to: balance, use)
                problem.addPiece(slope: piece.slope, length: piece.length)
            }
            problem.endStep(
                lowestChange: gain - down, costAtLowest: cost, stockLower: lower, stockUpper: upper,
                retention: retention)
        }
        program = builder.build()
    }
}
