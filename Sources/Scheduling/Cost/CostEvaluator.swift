/// What one commitment costs.
package struct CommitmentCost: Hashable, Sendable {
    package var name: String
    package var cost: Double
    /// True for tie-breakers, whose cost is not money.
    package var isPreference: Bool

    package init(name: String, cost: Double, isPreference: Bool) {
        self.name = name
        self.cost = cost
        self.isPreference = isPreference
    }
}

/// Prices power profiles. Schedules, what-ifs and yesterday's measurements go through the same function.
package enum CostEvaluator {
    /// The cost of every commitment, in their order. `powers` holds one profile per device in MW, consumption positive.
    package static func costs(of powers: [[Double]], in problem: SchedulingProblem) -> [CommitmentCost] {
        let site = problem.sitePower(powers)
        var stocks: [Int: [Double]] = [:]
        return problem.commitments.map { commitment in
            let measured: [Double]
            switch commitment.subject {
            case .site: measured = site
            case .device(let device): measured = powers[device]
            case .sum(let sum): measured = problem.sums[sum].power(powers)
            case .stock(let device):
                let known = stocks[device] ?? raisedStocks(of: device, powers, in: problem)
                stocks[device] = known
                measured = known
            }
            return CommitmentCost(
                name: commitment.name, cost: cost(of: measured, under: commitment),
                isPreference: commitment.isPreference)
        }
    }

    /// The sum over all commitments, tie-breakers included.
    package static func total(of powers: [[Double]], in problem: SchedulingProblem) -> Double {
        costs(of: powers, in: problem).reduce(0) { $0 + $1.cost }
    }

    /// Adds up costs of equal names, in order of first appearance.
    package static func byName(_ costs: [CommitmentCost]) -> [CommitmentCost] {
        var places: [String: Int] = [:]
        var merged: [CommitmentCost] = []
        for item in costs {
            if let place = places[item.name] {
                merged[place].cost += item.cost
            } else {
                places[item.name] = merged.count
                merged.append(item)
            }
        }
        return merged
    }

    /// Stocks in MW x steps above the level at the start.
    static func raisedStocks(of device: Int, _ powers: [[Double]], in problem: SchedulingProblem) -> [Double] {
        let start = problem.devices[device].start ?? 0
        let hours = problem.grid.hours
        return problem.stocks(of: device, powers).map { ($0 - start) / hours }
    }

    private static func cost(of measured: [Double], under commitment: Commitment) -> Double {
        if commitment.grouping == .each { return costOfSteps(measured, under: commitment) }
        var total = 0.0
        for group in commitment.groups {
            var above = 0.0
            var below = 0.0
            for step in group where commitment.applies(at: step) {
                let deviation = measured[step] - commitment.quantity[step]
                above = max(above, deviation)
                below = min(below, deviation)
            }
            total += above * commitment.up[group.lowerBound] + below * commitment.down[group.lowerBound]
        }
        return total
    }

    /// As above, where every step pays for itself.
    private static func costOfSteps(_ measured: [Double], under commitment: Commitment) -> Double {
        var total = 0.0
        for step in measured.indices where commitment.applies(at: step) {
            let deviation = measured[step] - commitment.quantity[step]
            total += deviation * (deviation > 0 ? commitment.up[step] : commitment.down[step])
        }
        return total
    }
}
