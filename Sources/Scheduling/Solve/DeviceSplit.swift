/// Solves devices one by one where nothing ties them together: no limit and no kink of the site within reach, and
/// nothing priced by the worst step of the site. The sum of their optima then is the optimum.
enum DeviceSplit {
    /// One problem per device; nil if they have to be solved together.
    static func problems(of problem: SchedulingProblem) -> [SchedulingProblem]? {
        guard problem.devices.count > 1, !problem.hasLinks, problem.devices.allSatisfy(\.mayRest) else { return nil }
        let costs = StepCosts(problem)
        guard !costs.worst.contains(where: { $0.subject == .site }) else { return nil }
        let site = SiteOutlook(problem, costs)
        guard !site.hasKinks.contains(true), !site.hasBindingLimit.contains(true) else { return nil }
        return problem.devices.indices.map { single($0, of: problem) }
    }

    private static func single(_ index: Int, of problem: SchedulingProblem) -> SchedulingProblem {
        var alone = problem
        alone.devices = [problem.devices[index]]
        alone.commitments = problem.commitments.compactMap { commitment in
            var own = commitment
            switch commitment.subject {
            case .site: break
            case .device(index): own.subject = .device(0)
            case .stock(index): own.subject = .stock(0)
            case .device, .stock, .sum: return nil
            }
            return own
        }
        return alone
    }
}

extension DeviceProblem {
    /// True if zero power is allowed in every step, so that others can be looked at without this device.
    fileprivate var mayRest: Bool {
        powerLower.allSatisfy { $0 <= 0 } && powerUpper.allSatisfy { $0 >= 0 }
    }
}
