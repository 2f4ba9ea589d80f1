extension OneStoreProblem {
    /// The cheapest plan when some steps' costs are not convex: the same walk over the steps, with
    /// whole cost-to-reach functions in place of sorted slopes.
    func solveNonConvex() throws(OneStoreError) -> OneStorePlan {
        var reached: [CostCurve] = []
        reached.reserveCapacity(stepCount)
        var curve = CostCurve([CostCurve.Point(place: initialStock, cost: 0)])
        for step in 0..<stepCount {
            reached.append(curve)
            curve = curve.stretched(by: retention[step]).combined(with: stepCurve(step))
            if let conflict = conflict(in: step, low: curve.low, high: curve.high) { throw conflict }
            curve = curve.cut(to: stockLower[step], stockUpper[step])
            guard curve.points.count <= Self.mostPoints else { throw .tooManyPieces(step: step) }
        }
        return walkBack(from: curve.lowest.place, reached)
    }

    /// Beyond this, branching over a programme is the better way.
    private static let mostPoints = 20_000

    /// Cost of a step by the change of stock that is left at its end.
    private func stepCurve(_ step: Int) -> CostCurve {
        let factor = flowFactors[step]
        var point = CostCurve.Point(place: factor * lowestChange[step], cost: costAtLowest[step])
        var points = [point]
        for piece in pieceStarts[step]..<pieceStarts[step + 1] {
            point.place += factor * lengths[piece]
            point.cost += slopes[piece] * lengths[piece]
            points.append(point)
        }
        return CostCurve(points)
    }

    private func walkBack(from final: Double, _ reached: [CostCurve]) -> OneStorePlan {
        var changes = [Double](repeating: 0, count: stepCount)
        var objective = 0.0
        var stock = final
        for step in stride(from: stepCount - 1, through: 0, by: -1) {
            let before = reached[step].stretched(by: retention[step])
            let (kept, change) = Self.cheapestSplit(of: stock, before, stepCurve(step))
            changes[step] = change / flowFactors[step]
            objective += cost(of: changes[step], in: step)
            stock = min(max(kept / retention[step], reached[step].low), reached[step].high)
        }
        return OneStorePlan(objective: objective, changes: changes, stocks: stocks(for: changes))
    }

    /// Divides a stock into what was there before and the step's change. The optimum lies at a corner
    /// of either curve; of several, that with the smallest change is taken.
    private static func cheapestSplit(
        of stock: Double, _ before: CostCurve, _ step: CostCurve
    ) -> (kept: Double, change: Double) {
        let (low, high) = (max(step.low, stock - before.high), min(step.high, stock - before.low))
        var best = (cost: Double.infinity, change: low)
        func offer(_ change: Double) {
            let bounded = min(max(change, step.low), step.high)
            let cost = before.value(at: min(max(stock - bounded, before.low), before.high)) + step.value(at: bounded)
            if cost < best.cost - 1e-12 * max(1, abs(cost)) { best = (cost, bounded) }
        }
        offer(low)
        for point in step.points where point.place > low && point.place < high { offer(point.place) }
        for point in before.points.reversed() where stock - point.place > low && stock - point.place < high {
            offer(stock - point.place)
        }
        offer(high)
        return (stock - best.change, best.change)
    }

    /// What a step costs with a given change of stock by flows.
    func cost(of change: Double, in step: Int) -> Double {
        var cost = costAtLowest[step]
        var rest = change - lowestChange[step]
        for piece in pieceStarts[step]..<pieceStarts[step + 1] where rest > 0 {
            let used = min(rest, lengths[piece])
            cost += used * slopes[piece]
            rest -= used
        }
        return cost
    }
}
