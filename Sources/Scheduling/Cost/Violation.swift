/// A broken hard limit.
package struct Violation: Hashable, Sendable {
    /// Which limit.
    package enum Limit: Hashable, Sendable {
        case power(device: Int)
        case stock(device: Int)
        case site
    }

    package var limit: Limit
    package var step: Int
    /// By how much, in MW or MWh.
    package var amount: Double
}

extension CostEvaluator {
    /// Every hard limit that the profiles break by more than `tolerance` (relative above one, absolute below).
    package static func violations(
        of powers: [[Double]], in problem: SchedulingProblem, tolerance: Double = 1e-6
    ) -> [Violation] {
        var found: [Violation] = []
        func check(_ limit: Violation.Limit, _ step: Int, _ value: Double, _ lower: Double, _ upper: Double) {
            let amount = max(lower - value, value - upper)
            let scale = max(1, min(abs(lower), abs(upper)))
            if amount > tolerance * scale { found.append(Violation(limit: limit, step: step, amount: amount)) }
        }
        for (index, device) in problem.devices.enumerated() {
            for step in powers[index].indices {
                check(
                    .power(device: index), step, powers[index][step], device.powerLower[step], device.powerUpper[step])
            }
            guard device.start != nil else { continue }
            let stocks = device.stocks(for: powers[index], hours: problem.grid.hours)
            for step in stocks.indices {
                check(.stock(device: index), step, stocks[step], device.stockLower[step], device.stockUpper[step])
            }
        }
        let site = problem.sitePower(powers)
        for step in site.indices { check(.site, step, site[step], problem.siteLower[step], problem.siteUpper[step]) }
        return found
    }
}
