extension OneStoreProblem {
    /// The cheapest plan. Steps times pieces alive, which are about as many as full-power steps fit
    /// into the store. The same problem always gives the same plan: among equally cheap ones that with
    /// the lowest final stock, and pieces of earlier steps used first.
    package func solve() throws(OneStoreError) -> OneStorePlan {
        if nonConvexStep != nil { return try solveNonConvex() }
        var begins = [Double](repeating: 0, count: slopes.count)
        let final = try forward(begins: &begins)
        return backward(from: final, begins: begins)
    }

    /// Builds the cost-to-reach functions; notes where each piece's use begins and returns the best
    /// final stock.
    private func forward(begins: inout [Double]) throws(OneStoreError) -> Double {
        var failure: OneStoreError?
        let final = slopes.withUnsafeBufferPointer { slopes in
            lengths.withUnsafeBufferPointer { lengths in
                begins.withUnsafeMutableBufferPointer { begins in
                    let pieces = StepPieces(slopes: slopes, lengths: lengths, begins: begins)
                    var list = SlopeList(stock: initialStock, pieces: slopes.count)
                    for step in 0..<stepCount {
                        let factor = flowFactors[step]
                        list.retain(retention[step])
                        list.merge(
                            pieceStarts[step]..<pieceStarts[step + 1], of: pieces, lowest: lowestChange[step],
                            factor: factor)
                        failure = conflict(in: step, low: list.low, high: list.high)
                        if failure != nil { return Double.nan }
                        list.cut(lower: stockLower[step], upper: stockUpper[step])
                    }
                    return list.cheapest
                }
            }
        }
        if let failure { throw failure }
        return final
    }

    /// Says whether none of the stocks that can be reached is allowed.
    func conflict(in step: Int, low: Double, high: Double) -> OneStoreError? {
        let (lower, upper) = (stockLower[step], stockUpper[step])
        guard lower <= upper else { return .contradiction(step: step) }
        let slack = 1e-11 * max(1, abs(low), abs(high))
        if high >= lower - slack, low <= upper + slack { return nil }
        return .infeasible(step: step, reachable: low...high, allowed: lower...upper)
    }

    /// Walks back from the final stock: a step's change is the use of its own pieces left of the stock.
    private func backward(from final: Double, begins: [Double]) -> OneStorePlan {
        var changes = [Double](repeating: 0, count: stepCount)
        var objective = 0.0
        var stock = final
        for step in stride(from: stepCount - 1, through: 0, by: -1) {
            stock = min(max(stock, stockLower[step]), stockUpper[step])
            let factor = flowFactors[step]
            var change = lowestChange[step]
            var cost = costAtLowest[step]
            for piece in pieceStarts[step]..<pieceStarts[step + 1] {
                let used = min(max(0, (stock - begins[piece]) / factor), lengths[piece])
                change += used
                cost += used * slopes[piece]
            }
            changes[step] = change
            objective += cost
            stock = (stock - factor * change) / retention[step]
        }
        return OneStorePlan(objective: objective, changes: changes, stocks: stocks(for: changes))
    }

    /// Stocks are recomputed forwards, where rounding errors decay with the stock instead of growing.
    func stocks(for changes: [Double]) -> [Double] {
        var stock = initialStock
        return changes.indices.map { step in
            stock = retention[step] * stock + flowFactors[step] * changes[step]
            return stock
        }
    }
}
