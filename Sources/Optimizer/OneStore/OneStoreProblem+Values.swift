extension OneStoreProblem {
    /// What one more unit of stock at the end of each step is worth in this optimal plan: what a gift of
    /// it would save, in the units of the slopes. Where stock is a burden the number is negative.
    ///
    /// Within a stretch between two steps that end at a stock limit the value is constant (but for
    /// retention). A rise after a step that ends full is what one unit of capacity there is worth; a
    /// fall after one that ends empty is what one unit less of required stock is worth.
    package func stockValues(of plan: OneStorePlan) -> [Double] {
        guard stepCount > 0 else { return [] }
        let possible = possibleValues(of: plan)
        var values = [Double](repeating: 0, count: stepCount)
        var wanted = nearestToZero(possible[0])
        for step in 0..<stepCount {
            let (low, high) = possible[step]
            values[step] = low <= high ? min(max(wanted, low), high) : (low + high) / 2
            if step + 1 < stepCount { wanted = values[step] / retention[step + 1] }
        }
        return values
    }

    /// Values that can hold at the end of each step, given those of all later steps.
    private func possibleValues(of plan: OneStorePlan) -> [(low: Double, high: Double)] {
        var possible = [(low: Double, high: Double)](repeating: (0, 0), count: stepCount)
        // After the last step stock is worth nothing.
        var (low, high) = (0.0, 0.0)
        for step in stride(from: stepCount - 1, through: 0, by: -1) {
            let slack = 1e-9 * max(1, abs(plan.stocks[step]))
            // A full store may be worth less before the limit than after it, an empty one more.
            if plan.stocks[step] >= stockUpper[step] - slack { low = -.infinity }
            if plan.stocks[step] <= stockLower[step] + slack { high = .infinity }
            let slopes = slopesAround(plan.changes[step], in: step)
            (low, high) = (max(low, slopes.low), min(high, slopes.high))
            possible[step] = (low, high)
            (low, high) = (low * retention[step], high * retention[step])
        }
        return possible
    }

    /// Slope per unit of stock of the step's cost just below and just above a change.
    private func slopesAround(_ change: Double, in step: Int) -> (low: Double, high: Double) {
        let factor = flowFactors[step]
        var (low, high) = (-Double.infinity, Double.infinity)
        var end = lowestChange[step]
        for piece in pieceStarts[step]..<pieceStarts[step + 1] {
            let begin = end
            end += lengths[piece]
            let slack = 1e-9 * max(1, abs(begin), abs(end))
            if change > begin + slack { low = slopes[piece] / factor }
            if change < end - slack {
                high = slopes[piece] / factor
                break
            }
        }
        return (low, high)
    }

    private func nearestToZero(_ range: (low: Double, high: Double)) -> Double {
        range.low > 0 ? range.low : min(range.high, 0)
    }
}
