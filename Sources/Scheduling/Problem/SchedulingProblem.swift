/// The mathematical programme of a schedule in plain numbers: what `CostEvaluator` prices and `ProblemSolver` solves.
///
/// Powers in MW with consumption positive, stocks in MWh, money in one currency.
package struct SchedulingProblem: Hashable, Sendable {
    package var grid: StepGrid
    /// ISO 4217 code, or `kg` for emissions.
    package var currency: String
    package var devices: [DeviceProblem]
    /// Known flows that add to the site.
    package var inflexible: [InflexibleFlow]
    /// Hard limits of the net power; infinities where there is none.
    package var siteLower: [Double]
    package var siteUpper: [Double]
    package var commitments: [Commitment]
    /// Groups, commodities, and sums that commitments are about.
    package var sums: [PowerSum] = []

    package init(
        grid: StepGrid, currency: String, devices: [DeviceProblem], inflexible: [InflexibleFlow],
        siteLower: [Double], siteUpper: [Double], commitments: [Commitment]
    ) {
        self.grid = grid
        self.currency = currency
        self.devices = devices
        self.inflexible = inflexible
        self.siteLower = siteLower
        self.siteUpper = siteUpper
        self.commitments = commitments
    }

    /// Sum of the known flows per step.
    package var fixedPower: [Double] {
        var sum = [Double](repeating: 0, count: grid.count)
        for flow in inflexible {
            for step in sum.indices { sum[step] += flow.power[step] }
        }
        return sum
    }

    /// Net power of the site when the devices run like this.
    package func sitePower(_ powers: [[Double]]) -> [Double] {
        var sum = fixedPower
        for (device, power) in zip(devices, powers) where device.isAtSite {
            for step in sum.indices { sum[step] += power[step] }
        }
        return sum
    }
}

/// A flow that is known beforehand, such as a building's load.
package struct InflexibleFlow: Hashable, Sendable {
    package var label: String
    /// MW per step, consumption positive.
    package var power: [Double]

    package init(label: String, power: [Double]) {
        self.label = label
        self.power = power
    }
}
