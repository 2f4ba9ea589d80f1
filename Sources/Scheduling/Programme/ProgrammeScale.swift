import Foundation

/// Units in which the programme is written, so that a 10 W device next to a 1 GW site keeps its digits.
///
/// Powers of two, so that scaling adds no rounding.
struct ProgrammeScale {
    /// MW per unit of a device's columns (and MWh per unit of its stock).
    let devices: [Double]
    /// MW per unit of the site's columns.
    let site: Double
    /// Objective units per unit of currency.
    let cost: Double

    init(_ problem: SchedulingProblem, _ costs: StepCosts) {
        devices = problem.devices.map { device in
            let reach = (device.powerLower + device.powerUpper).reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
            return Self.powerOfTwo(near: reach)
        }
        let flows = problem.fixedPower + problem.sums.flatMap(\.fixed)
        let fixed = flows.reduce(0) { max($0, abs($1)) }
        site = Self.powerOfTwo(near: max(devices.max() ?? 1, fixed))
        var sum = 0.0
        var largest = 0.0
        for cost in costs.site + costs.sums.flatMap({ $0 }) {
            sum += abs(cost.firstSlope)
            largest = max(largest, abs(cost.firstSlope), cost.kinks.reduce(0) { max($0, abs($1.change)) })
        }
        let usual = sum > 0 ? sum / Double(max(1, costs.site.count * (1 + costs.sums.count))) : largest
        cost = 128 / Self.powerOfTwo(near: usual > 0 ? usual * (devices.max() ?? 1) : 1)
    }

    private static func powerOfTwo(near value: Double) -> Double {
        guard value.isFinite, value > 0 else { return 1 }
        return exp2(log2(value).rounded())
    }
}
