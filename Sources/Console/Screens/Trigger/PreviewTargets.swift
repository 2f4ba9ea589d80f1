import EnergyCore
import Scheduling
import TerminalKit

/// What stocks should be at certain times, and what they are then by each plan.
struct PreviewTargets {
    private struct Target {
        var device: Int
        var step: Int
        var name: String
    }

    private let problem: SchedulingProblem
    private var targets: [Target] = []

    /// More than these are no longer looked at one by one.
    private static let most = 4

    init(_ problem: SchedulingProblem, _ snapshot: SchedulingSnapshot, _ format: TimeFormat) {
        self.problem = problem
        let count = problem.devices.count { $0.start != nil }
        for (index, device) in snapshot.devices.enumerated() where problem.devices[index].start != nil {
            for (word, values) in [("target", device.targets), ("at least", device.minima)] {
                for step in values.indices where values[step].isFinite && Self.isAlone(step, values) {
                    // The stock at the end of a step is that at the time with which the next one begins.
                    let time = format.short(problem.grid.time(step + 1))
                    let owner = count > 1 ? " \(problem.devices[index].label)" : ""
                    let amount = NumberFormat.significant(values[step] * 1000)
                    targets.append(Target(device: index, step: step, name: "kWh\(owner) at \(time), \(word) \(amount)"))
                }
            }
        }
        targets = Array(targets.sorted { ($0.step, $0.device) < ($1.step, $1.device) }.prefix(Self.most))
    }

    /// Whether a value is said of one moment, not of a stretch of time.
    private static func isAlone(_ step: Int, _ values: [Double]) -> Bool {
        let neighbours = [step - 1, step + 1].filter(values.indices.contains)
        return neighbours.allSatisfy { !values[$0].isFinite }
    }

    func lines(_ powers: [[Double]], idle: [[Double]], inForce: [[Double]]?) -> [CostLine] {
        targets.map { target in
            func level(_ powers: [[Double]]) -> Double {
                problem.stocks(of: target.device, powers)[target.step] * 1000
            }
            return CostLine(
                name: target.name, inForce: inForce.map(level), idle: level(idle), preview: level(powers),
                isMoney: false)
        }
    }
}
