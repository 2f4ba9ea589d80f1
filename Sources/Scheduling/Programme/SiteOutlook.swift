/// What the net power of each step can be, and which parts of the site's cost and limits can matter there.
struct SiteOutlook {
    /// Known flows.
    let fixed: [Double]
    /// Reach of the net power within the site's limits.
    private(set) var lower: [Double] = []
    private(set) var upper: [Double] = []
    /// True if a limit of the site cuts off what the devices could do.
    private(set) var hasBindingLimit: [Bool] = []
    /// True if the cost has a kink within reach.
    private(set) var hasKinks: [Bool] = []
    /// The slope of the site's cost where it has no kink within reach, else 0.
    private(set) var linearSlope: [Double] = []

    init(_ problem: SchedulingProblem, _ costs: StepCosts) {
        fixed = problem.fixedPower
        for step in 0..<problem.grid.count {
            var low = fixed[step]
            var high = fixed[step]
            for device in problem.devices where device.isAtSite {
                low += device.powerLower[step]
                high += device.powerUpper[step]
            }
            // A device without a limit leaves no margin to reckon with.
            let margin = 1e-12 * max(1, low.isFinite ? abs(low) : 1, high.isFinite ? abs(high) : 1)
            hasBindingLimit.append(problem.siteLower[step] > low + margin || problem.siteUpper[step] < high - margin)
            low = max(low, problem.siteLower[step])
            high = min(high, problem.siteUpper[step])
            lower.append(low)
            upper.append(high)
            let kinked = !costs.site[step].kinks(between: low, and: high).isEmpty
            hasKinks.append(kinked)
            linearSlope.append(kinked ? 0 : costs.site[step].slope(between: low, and: max(low, high)))
        }
    }
}
