@testable import Optimizer

/// A random `RandomStore` with a price on its highest or lowest power, and the same as a linear programme.
struct RandomPeak {
    let problem: OneStoreProblem
    let peak: PeakPrice
    let program: LinearProgram

    init(seed: Int) {
        var random = SeededRandom(seed &+ 2_000_000)
        problem = RandomStore(seed: seed).problem
        let side: PeakPrice.Side = random.chance(0.5) ? .highest : .lowest
        var rates = problem.slopes.map { _ in random.number(0.5...2) }
        // So that the linear programme has no advantage from using a step's pieces out of order.
        for step in 0..<problem.stepCount {
            let pieces = problem.pieceStarts[step]..<problem.pieceStarts[step + 1]
            rates[pieces].sort { side == .highest ? $0 < $1 : $0 > $1 }
        }
        peak = PeakPrice(
            side: side, free: random.number(-1...1), price: random.number(0...200),
            powerAtLowest: (0..<problem.stepCount).map { _ in random.chance(0.1) ? .nan : random.number(-2...1) },
            powerPerChange: rates)
        program = Self.program(problem, peak)
    }

    private static func program(_ problem: OneStoreProblem, _ peak: PeakPrice) -> LinearProgram {
        var builder = LinearProgramBuilder()
        let excess = builder.addColumn(cost: peak.price)
        var before: Column?
        for step in 0..<problem.stepCount {
            let factor = problem.flowFactors[step]
            let stock = builder.addColumn(lower: problem.stockLower[step], upper: problem.stockUpper[step])
            let begin = before == nil ? problem.retention[step] * problem.initialStock : 0
            let balance = builder.addRow(equals: begin + factor * problem.lowestChange[step])
            builder.add(1, to: balance, stock)
            if let before { builder.add(-problem.retention[step], to: balance, before) }
            before = stock
            builder.costOffset += problem.costAtLowest[step]
            let power = peak.powerAtLowest[step]
            let limit: Row? =
                power.isNaN
                ? nil
                : peak.side == .highest
                    ? builder.addRow(upper: peak.free - power) : builder.addRow(lower: peak.free - power)
            if let limit { builder.add(peak.side == .highest ? -1 : 1, to: limit, excess) }
            for piece in problem.pieceStarts[step]..<problem.pieceStarts[step + 1] {
                let use = builder.addColumn(upper: problem.lengths[piece], cost: problem.slopes[piece])
                builder.add(-factor, to: balance, use)
                if let limit { builder.add(peak.powerPerChange[piece], to: limit, use) }
            }
        }
        return builder.build()
    }
}
