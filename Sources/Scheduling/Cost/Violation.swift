/// A broken hard limit.
package struct Violation: Hashable, Sendable {
    /// Which limit.
    package enum Limit: Hashable, Sendable {
        case power(device: Int)
        case stock(device: Int)
        case site
        case sum(Int)
        /// Not in any band of its operation modes.
        case mode(device: Int)
        /// Not in proportion to what it is coupled with.
        case coupling(device: Int)
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
            let stocks = problem.stocks(of: index, powers)
            for step in stocks.indices {
                check(.stock(device: index), step, stocks[step], device.stockLower[step], device.stockUpper[step])
            }
        }
        let site = problem.sitePower(powers)
        for step in site.indices { check(.site, step, site[step], problem.siteLower[step], problem.siteUpper[step]) }
        for (index, sum) in problem.sums.enumerated() {
            let power = sum.power(powers)
            for step in power.indices { check(.sum(index), step, power[step], sum.lower[step], sum.upper[step]) }
        }
        for (index, device) in problem.devices.enumerated() where device.coupling != nil || !device.modes.isEmpty {
            for step in powers[index].indices {
                let power = powers[index][step]
                let band = device.modes.min { $0.distance(to: power) < $1.distance(to: power) }
                if let band { check(.mode(device: index), step, power, band.lowerBound, band.upperBound) }
                guard let own = device.coupling, let level = problem.level(of: own.name, step, powers) else { continue }
                check(.coupling(device: index), step, power, own.share * level, own.share * level)
                check(.coupling(device: index), step, level, 0, .infinity)
            }
        }
        return found
    }
}

extension SchedulingProblem {
    /// The common level of coupled devices, by the first of them.
    fileprivate func level(of coupling: String, _ step: Int, _ powers: [[Double]]) -> Double? {
        let first = devices.firstIndex { $0.coupling?.name == coupling }
        guard let first, let share = devices[first].coupling?.share else { return nil }
        return powers[first][step] / share
    }
}

extension ClosedRange<Double> {
    /// How far a value is outside.
    fileprivate func distance(to value: Double) -> Double { Swift.max(0, lowerBound - value, value - upperBound) }
}
