/// A piecewise linear cost of one quantity in one step: the slope left of all kinks, and how it changes at each.
///
/// Only slopes matter to the optimiser; the constant is left to `CostEvaluator`.
struct StepCost {
    /// A change of slope.
    struct Kink {
        var position: Double
        var change: Double
    }

    private(set) var firstSlope = 0.0
    /// In ascending order, no two at one place.
    private(set) var kinks: [Kink] = []

    /// Adds a cost of `below` per unit under `position` and of `above` per unit over it.
    mutating func add(at position: Double, below: Double, above: Double) {
        firstSlope += below
        let change = above - below
        guard change != 0 else { return }
        var place = kinks.count
        while place > 0, kinks[place - 1].position > position + 1e-12 { place -= 1 }
        if place > 0, abs(kinks[place - 1].position - position) <= 1e-12 {
            kinks[place - 1].change += change
            if kinks[place - 1].change == 0 { kinks.remove(at: place - 1) }
        } else {
            kinks.insert(Kink(position: position, change: change), at: place)
        }
    }

    /// Adds the same slope everywhere.
    mutating func add(slope: Double) { firstSlope += slope }

    /// The slope just left of a position.
    func slope(leftOf position: Double) -> Double {
        kinks.reduce(firstSlope) { $1.position < position ? $0 + $1.change : $0 }
    }

    /// The kinks strictly inside an interval.
    func kinks(between lower: Double, and upper: Double) -> [Kink] {
        let margin = 1e-12
        return kinks.filter { $0.position > lower + margin && $0.position < upper - margin }
    }

    /// The slope on an interval without kinks inside.
    func slope(between lower: Double, and upper: Double) -> Double {
        guard upper > lower else { return slope(leftOf: upper) }
        let middle: Double
        switch (lower.isFinite, upper.isFinite) {
        case (true, true): middle = (lower + upper) / 2
        case (true, false): middle = lower + 1e-9 * max(1, abs(lower))
        case (false, true): middle = upper
        case (false, false): middle = kinks.first?.position ?? 0
        }
        return slope(leftOf: middle)
    }
}
