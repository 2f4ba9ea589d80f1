import Store

/// Takes another quantile of probabilistic beliefs than the median: the value that reality stays below with a probability.
struct QuantileReading {
    private let quantile: Double

    init(_ quantile: Double) {
        self.quantile = quantile
    }

    /// Puts the quantile in place of the chosen values; beliefs of a single value stay as they are.
    func apply(_ all: BeliefColumns, to chosen: inout ChosenBeliefs) {
        var row = 0
        for index in chosen.starts.indices {
            while row < all.starts.count, all.starts[row] < chosen.starts[index] { row += 1 }
            var points: [(probability: Double, value: Double)] = []
            while row < all.starts.count, all.starts[row] == chosen.starts[index] {
                if all.sources[row] == chosen.sources[index] {
                    points.append((ProbabilityCode.probability(all.probabilities[row]), all.values[row]))
                }
                row += 1
            }
            if points.count > 1 { chosen.values[index] = value(points.sorted { $0.probability < $1.probability }) }
        }
    }

    /// On the straight line between the neighbours; beyond the outermost quantile that one itself.
    private func value(_ points: [(probability: Double, value: Double)]) -> Double {
        guard let after = points.firstIndex(where: { $0.probability >= quantile }) else {
            return points[points.count - 1].value
        }
        guard after > 0 else { return points[0].value }
        let (low, high) = (points[after - 1], points[after])
        let share = (quantile - low.probability) / (high.probability - low.probability)
        return low.value + share * (high.value - low.value)
    }
}
