import EnergyCore
import TestSupport
import Testing

@testable import Scheduling

/// Small random sites that are convex, so that every limit has one worth.
private struct ExplainedSite {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func uniform(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &generator) }
    mutating func chance(_ share: Double) -> Bool { uniform(0...1) < share }

    mutating func snapshot(steps: Int, devices: Int) -> SchedulingSnapshot {
        let prices = (0..<steps).map { _ in uniform(5...120) }
        let grid = StepGrid(start: Instant(seconds: 0), step: .minutes(30), count: steps)
        let share = chance(0.5) ? uniform(0.3...1) : 1
        var snapshot = SchedulingSnapshot(
            grid: grid, consumptionPrice: prices, productionPrice: prices.map { $0 * share })
        for index in 0..<devices {
            let size = uniform(0.5...2)
            var device = DeviceSnapshot(
                battery: "store \(index)", power: uniform(0.1...1), capacity: size, start: uniform(0...size),
                efficiency: chance(0.5) ? uniform(0.8...1) : 1, steps: steps)
            if chance(0.3) { device.targets[steps - 1] = uniform(0...size) }
            if chance(0.3) { device.minima[steps / 2] = uniform(0...size) }
            if chance(0.2) { device.maxima[steps / 3] = uniform(0...size) }
            if chance(0.2) { device.gain = device.gain.map { _ in uniform(-0.2...0.1) } }
            snapshot.devices.append(device)
        }
        let limit = [Double](repeating: uniform(0.3...2), count: steps)
        if chance(0.5) {
            snapshot.site.powerCapacity = limit
            snapshot.site.consumptionCapacity = limit
            snapshot.site.productionCapacity = limit
        }
        if chance(0.3) { snapshot.site.consumptionPeak = .init(price: uniform(1...80), steps: steps) }
        snapshot.inflexible = [InflexibleFlow(label: "load", power: (0..<steps).map { _ in uniform(-0.3...0.5) })]
        return snapshot
    }
}

extension SchedulingProblem {
    /// The problem with a limit of some steps loosened; tightened for a negative amount.
    fileprivate func loosening(_ kind: LimitStatement.Kind, at steps: [Int], by amount: Double) -> SchedulingProblem {
        var copy = self
        for step in steps {
            switch kind {
            case .charging(let device): copy.devices[device].powerUpper[step] += amount
            case .discharging(let device): copy.devices[device].powerLower[step] -= amount
            case .floor(let device), .minimum(let device): copy.devices[device].stockLower[step] -= amount
            case .ceiling(let device), .maximum(let device): copy.devices[device].stockUpper[step] += amount
            case .target(let device):
                copy.devices[device].stockLower[step] -= amount
                copy.devices[device].stockUpper[step] += amount
            case .siteConsumption: copy.siteUpper[step] += amount
            case .siteProduction: copy.siteLower[step] -= amount
            case .sumConsumption(let sum): copy.sums[sum].upper[step] += amount
            case .sumProduction(let sum): copy.sums[sum].lower[step] -= amount
            }
        }
        return copy
    }

    /// The problem with nothing said but these statements.
    fileprivate func keeping(_ statements: [LimitStatement]) -> SchedulingProblem {
        var copy = self
        copy.commitments = []
        let count = grid.count
        func all(_ value: Double) -> [Double] { [Double](repeating: value, count: count) }
        for index in devices.indices {
            (copy.devices[index].powerLower, copy.devices[index].powerUpper) = (all(-1e3), all(1e3))
            (copy.devices[index].stockLower, copy.devices[index].stockUpper) = (all(-1e5), all(1e5))
        }
        (copy.siteLower, copy.siteUpper) = (all(-1e5), all(1e5))
        for statement in statements {
            for step in Set(statement.edges.map(\.step)) { copy.copyLimit(statement.kind, step, from: self) }
        }
        return copy
    }

    private mutating func copyLimit(_ kind: LimitStatement.Kind, _ step: Int, from other: SchedulingProblem) {
        switch kind {
        case .charging(let device): devices[device].powerUpper[step] = other.devices[device].powerUpper[step]
        case .discharging(let device): devices[device].powerLower[step] = other.devices[device].powerLower[step]
        case .floor(let device), .minimum(let device):
            devices[device].stockLower[step] = other.devices[device].stockLower[step]
        case .ceiling(let device), .maximum(let device):
            devices[device].stockUpper[step] = other.devices[device].stockUpper[step]
        case .target(let device):
            devices[device].stockLower[step] = other.devices[device].stockLower[step]
            devices[device].stockUpper[step] = other.devices[device].stockUpper[step]
        case .siteConsumption: siteUpper[step] = other.siteUpper[step]
        case .siteProduction: siteLower[step] = other.siteLower[step]
        case .sumConsumption, .sumProduction: break
        }
    }

    /// The cost of the optimum; nil if there is none.
    fileprivate var optimum: Double? {
        var limits = SolveLimits()
        limits.allowsOneStore = false
        guard case .optimal(let plan) = ProblemSolver.solve(self, limits) else { return nil }
        return CostEvaluator.total(of: plan.powers, in: self)
    }
}

@Suite("Explanations of random problems")
struct ExplainedProblemTests {
    @Test("the worth of a limit lies between what a little more saves and what a little less costs", arguments: 0..<40)
    func worth(_ seed: Int) throws {
        var site = ExplainedSite(seed: UInt64(55_000 + seed))
        let snapshot = site.snapshot(steps: 8, devices: 1 + seed % 2)
        guard let solved = try? Scheduler.schedule(snapshot) else { return }
        let problem = solved.problem
        let best = try #require(problem.optimum)
        let explanation = ScheduleExplainer.explanation(of: solved, snapshot, zone: .utc)
        let statements = LimitStatements(
            snapshot, problem, ProgrammeBuilder.programme(for: problem, isExplaining: true)
        ).all
        let amount = 1e-4
        for statement in statements {
            let steps = Array(Set(statement.edges.map(\.step)))
            let told = explanation.bindings.first { $0.kind == statement.kind && $0.steps == statement.steps }
            let worth = told?.worth ?? 0
            let margin = 1e-2 * max(1, worth)
            let looser = try #require(problem.loosening(statement.kind, at: steps, by: amount).optimum)
            #expect((best - looser) / amount <= worth + margin, "seed \(seed) \(statement.kind)")
            if case .target = statement.kind { continue }
            let tighter = problem.loosening(statement.kind, at: steps, by: -amount).optimum
            if let tighter { #expect((tighter - best) / amount >= worth - margin, "seed \(seed) \(statement.kind)") }
        }
    }

    @Test("the statements of a conflict contradict each other, and no fewer of them do", arguments: 0..<60)
    func conflict(_ seed: Int) throws {
        var site = ExplainedSite(seed: UInt64(77_000 + seed))
        var snapshot = site.snapshot(steps: 6, devices: 1 + seed % 2)
        // Most of these ask for too much.
        snapshot.devices[0].targets[2] = snapshot.devices[0].socMax * (seed % 3 == 0 ? 0.02 : 0.98)
        snapshot.devices[0].powerCapacity = snapshot.devices[0].powerCapacity.map { $0 * 0.3 }
        snapshot.devices[0].consumptionCapacity = snapshot.devices[0].powerCapacity
        snapshot.devices[0].productionCapacity = snapshot.devices[0].powerCapacity
        let problem = SchedulingProblem(snapshot)
        let explainer = InfeasibilityExplainer(snapshot, .utc, .seconds(10))
        guard problem.optimum == nil, let conflict = explainer.conflict() else {
            #expect(problem.optimum != nil, "seed \(seed): no conflict found")
            return
        }
        #expect(problem.keeping(conflict).optimum == nil, "seed \(seed)")
        for index in conflict.indices {
            var rest = conflict
            rest.remove(at: index)
            #expect(problem.keeping(rest).optimum != nil, "seed \(seed): \(conflict[index].kind) is not needed")
        }
    }
}
