import EnergyCore

/// A contradiction between two statements about a stock that needs no solver to be found.
package struct ConstraintViolation: Hashable, Sendable {
    /// Start of the step concerned.
    package var time: Instant
    /// Both sides with their values, in MW x steps above the level at the start.
    package var expression: String

    /// As in the message of a failed job.
    package var text: String { "t=\(time.spacedText(in: .utc)) | \(expression)" }
}

/// Checks the statements about each stock against each other before a problem is solved.
///
/// Levels are compared relative to the start, rounded to six decimals. Efficiencies, gains and usages are
/// not looked at, and the first step is not checked against the start: the solver sees to that.
package struct ConstraintValidation {
    private let device: DeviceSnapshot
    private let problem: DeviceProblem
    private let grid: StepGrid
    private var found: [ConstraintViolation] = []

    /// The contradictions of the first device that has any.
    package static func contradictions(in snapshot: SchedulingSnapshot) -> [ConstraintViolation] {
        for device in snapshot.devices where device.start != nil {
            var validation = ConstraintValidation(device, snapshot.grid)
            validation.check(ownPower: !device.isShared)
            if !validation.found.isEmpty { return validation.found }
        }
        return []
    }

    private init(_ device: DeviceSnapshot, _ grid: StepGrid) {
        self.device = device
        self.grid = grid
        problem = DeviceProblem(device)
    }

    /// One side of a comparison: a name with its value, or a difference of two. Put into words only when
    /// a comparison fails, as there are dozens per step.
    private struct Side {
        private let name: StaticString
        private let first: Double
        private var subtracted: (name: StaticString, value: Double)?

        init(_ name: StaticString, _ value: Double) {
            self.name = name
            first = value
        }

        var value: Double { subtracted.map { first - $0.value } ?? first }

        var text: String {
            let own = "\(name) [\(NumberText.text(first))] "
            return subtracted.map { own + "-\($0.name) [\(NumberText.text($0.value))] " } ?? own
        }

        static func - (a: Side, b: Side) -> Side {
            var difference = a
            difference.subtracted = (b.name, b.first)
            return difference
        }
    }

    private mutating func check(ownPower: Bool) {
        let (lower, upper) = device.boundsWithoutTargets
        let floor = relative(device.socMin)
        let ceiling = relative(device.socMax)
        let low = lower.map(relative)
        let high = upper.map(relative)
        let target = device.targets.map(relative)
        for step in low.indices { demand(Side("min(t)", low[step]), ">=", Side("soc_min", floor), step) }
        for step in low.indices { demand(Side("max(t)", high[step]), "<=", Side("soc_max", ceiling), step) }
        for step in low.indices { demand(Side("min(t)", low[step]), "<=", Side("max(t)", high[step]), step) }
        for step in low.indices { demand(Side("min(t)", low[step]), "<=", Side("equals(t)", target[step]), step) }
        for step in low.indices { demand(Side("equals(t)", target[step]), "<=", Side("max(t)", high[step]), step) }
        // Others that feed the same stock may do what the device alone cannot.
        if ownPower { checkNeighbours(low, high, target) }
    }

    private mutating func checkNeighbours(_ low: [Double], _ high: [Double], _ target: [Double]) {
        func most(_ step: Int) -> Side { Side("derivative_max(t)", rounded(problem.powerUpper[step])) }
        func least(_ step: Int) -> Side { Side("derivative_min(t)", rounded(problem.powerLower[step])) }
        let later = 1..<max(1, low.count)
        func now(_ name: StaticString, _ values: [Double], _ step: Int) -> Side { Side(name, values[step]) }
        func before(_ name: StaticString, _ values: [Double], _ step: Int) -> Side { Side(name, values[step - 1]) }
        for step in later {
            let change = now("equals(t)", target, step) - before("equals(t-1)", target, step)
            demand(change, "<=", most(step), step)
        }
        for step in later {
            let change = now("equals(t)", target, step) - before("equals(t-1)", target, step)
            demand(least(step), "<=", change, step)
        }
        for step in later { demand(now("min(t)", low, step) - before("max(t-1)", high, step), "<=", most(step), step) }
        for step in later { demand(now("max(t)", high, step) - before("min(t-1)", low, step), ">=", least(step), step) }
        for step in later {
            demand(now("equals(t)", target, step) - before("max(t-1)", high, step), "<=", most(step), step)
        }
        for step in later {
            demand(now("equals(t)", target, step) - before("min(t-1)", low, step), ">=", least(step), step)
        }
    }

    private mutating func demand(_ left: Side, _ relation: String, _ right: Side, _ step: Int) {
        let margin = 1.5e-6
        let holds = relation == "<=" ? left.value <= right.value + margin : left.value >= right.value - margin
        guard !left.value.isNaN, !right.value.isNaN, !holds else { return }
        found.append(
            ConstraintViolation(time: grid.time(step), expression: left.text + relation + right.text))
    }

    private func relative(_ level: Double) -> Double {
        guard level.isFinite else { return level }
        return rounded((level - (device.start ?? 0)) / grid.hours)
    }

    private func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}
