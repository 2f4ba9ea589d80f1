import EnergyCore
import TestSupport
import Testing

@testable import Scheduling

/// Small random problems with one store, made to be hard on the shortcuts.
private struct RandomProblem {
    var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func uniform(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &generator) }
    mutating func chance(_ share: Double) -> Bool { uniform(0...1) < share }

    mutating func snapshot(steps: Int) -> SchedulingSnapshot {
        let grid = StepGrid(start: Instant(seconds: 0), step: .minutes(30), count: steps)
        let negative = chance(0.3)
        let prices = (0..<steps).map { _ in uniform(negative ? -60...100 : 5...120) }
        let feedIn = chance(0.4) ? prices.map { $0 * uniform(0.2...(chance(0.3) ? 1.6 : 1)) } : prices
        let unknown = [Double](repeating: .nan, count: steps)
        let power = [Double](repeating: uniform(0.1...1), count: steps)
        let size = uniform(0.5...2)
        let start = uniform(0...size)
        let efficiency = chance(0.6) ? uniform(0.7...1) : 1
        let limited = chance(0.5)
        let site = SiteSnapshot(
            powerCapacity: limited ? [Double](repeating: uniform(0.8...2), count: steps) : unknown,
            consumptionCapacity: unknown, productionCapacity: unknown)
        let device = DeviceSnapshot(
            label: "store", powerCapacity: power, consumptionCapacity: power, productionCapacity: power,
            mayConsume: true, mayProduce: chance(0.8), charging: [Double](repeating: efficiency, count: steps),
            discharging: [Double](repeating: efficiency, count: steps),
            retention: [Double](repeating: chance(0.3) ? 0.98 : 1, count: steps),
            gain: (0..<steps).map { _ in chance(0.2) ? uniform(-0.1...0.1) : 0 }, start: start, socMin: 0, socMax: size,
            minima: unknown, maxima: unknown, targets: unknown, prefersChargingSooner: true,
            prefersCurtailingLater: chance(0.7))
        var peaked = site.limited
        if chance(0.4) {
            let peak = SiteSnapshot.Peak(
                existing: [Double](repeating: chance(0.5) ? 0 : uniform(0...0.5), count: steps),
                price: [Double](repeating: uniform(1...150), count: steps))
            if chance(0.6) { peaked.consumptionPeak = peak } else { peaked.productionPeak = peak }
        }
        let load = InflexibleFlow(label: "load", power: (0..<steps).map { _ in chance(0.5) ? uniform(-0.4...0.6) : 0 })
        return SchedulingSnapshot(
            grid: grid, currency: "EUR", consumptionPrice: prices, productionPrice: feedIn, site: peaked,
            devices: [device], inflexible: [load], commitments: [])
    }
}

extension SiteSnapshot {
    /// Directional capacities follow the power capacity.
    fileprivate var limited: SiteSnapshot {
        var site = self
        site.consumptionCapacity = powerCapacity
        site.productionCapacity = powerCapacity
        return site
    }
}

extension SchedulingSnapshot {
    fileprivate var gaps: [Double] { [Double](repeating: .nan, count: grid.count) }

    /// The same with all powers and stocks multiplied.
    fileprivate func scaled(by factor: Double) -> SchedulingSnapshot {
        var copy = self
        for index in copy.devices.indices {
            var device = copy.devices[index]
            device.powerCapacity = device.powerCapacity.map { $0 * factor }
            device.consumptionCapacity = device.consumptionCapacity.map { $0 * factor }
            device.productionCapacity = device.productionCapacity.map { $0 * factor }
            device.gain = device.gain.map { $0 * factor }
            device.start = device.start.map { $0 * factor }
            device.socMax *= factor
            copy.devices[index] = device
        }
        return copy
    }
}

@Suite("Random problems")
struct RandomProblemTests {
    @Test("the exact routine and the programme agree", arguments: 0..<25)
    func cross(_ batch: Int) throws {
        for number in 0..<24 {
            var random = RandomProblem(seed: UInt64(batch * 100 + number))
            let snapshot = random.snapshot(steps: 12 + number % 12)
            let problem = SchedulingProblem(snapshot)
            var programmeOnly = SolveLimits()
            programmeOnly.allowsOneStore = false
            let quick = ProblemSolver.solve(problem)
            let programme = ProblemSolver.solve(problem, programmeOnly)
            switch (quick, programme) {
            case (.optimal(let a), .optimal(let b)):
                let (first, second) = (
                    CostEvaluator.total(of: a.powers, in: problem), CostEvaluator.total(of: b.powers, in: problem)
                )
                #expect(abs(first - second) <= 1e-6 * max(1, abs(second)), "seed \(batch * 100 + number)")
                #expect(CostEvaluator.violations(of: a.powers, in: problem).isEmpty)
                #expect(CostEvaluator.violations(of: b.powers, in: problem).isEmpty)
            case (.infeasible, .infeasible): break
            default: Issue.record("seed \(batch * 100 + number): \(quick) but \(programme)")
            }
        }
    }

    @Test("a tiny device next to a huge load keeps its digits", arguments: 0..<20)
    func scaled(_ seed: Int) throws {
        var random = RandomProblem(seed: UInt64(9_000 + seed))
        var snapshot = random.snapshot(steps: 24)
        snapshot.inflexible = []
        snapshot.productionPrice = snapshot.consumptionPrice
        snapshot.site = SiteSnapshot(
            powerCapacity: snapshot.gaps, consumptionCapacity: snapshot.gaps, productionCapacity: snapshot.gaps)
        var limits = SolveLimits()
        limits.allowsOneStore = false
        let scale = 1e-5
        var tiny = snapshot.scaled(by: scale)
        tiny.inflexible = [InflexibleFlow(label: "town", power: [Double](repeating: 1000, count: 24))]
        guard case .optimal(let plan) = ProblemSolver.solve(SchedulingProblem(snapshot), limits),
            case .optimal(let small) = ProblemSolver.solve(SchedulingProblem(tiny), limits)
        else { return }
        let cost = CostEvaluator.total(of: plan.powers, in: SchedulingProblem(snapshot))
        var alone = tiny
        alone.inflexible = []
        let scaledCost = CostEvaluator.total(of: small.powers, in: SchedulingProblem(alone)) / scale
        #expect(abs(cost - scaledCost) <= 1e-6 * max(1, abs(cost)))
    }

    @Test("no plan on a fine raster is cheaper", arguments: 0..<40)
    func enumerated(_ seed: Int) throws {
        var random = RandomProblem(seed: UInt64(7_000 + seed))
        let snapshot = random.snapshot(steps: 4)
        let problem = SchedulingProblem(snapshot)
        guard case .optimal(let plan) = ProblemSolver.solve(problem) else { return }
        let best = CostEvaluator.total(of: plan.powers, in: problem)
        let device = problem.devices[0]
        let raster = (0...12).map { Double($0) / 12 }
        var powers = [0.0, 0, 0, 0]
        func visit(_ step: Int) {
            guard step < 4 else {
                guard CostEvaluator.violations(of: [powers], in: problem, tolerance: 1e-9).isEmpty else { return }
                #expect(CostEvaluator.total(of: [powers], in: problem) >= best - 1e-6 * max(1, abs(best)))
                return
            }
            for share in raster {
                powers[step] = device.powerLower[step] + share * (device.powerUpper[step] - device.powerLower[step])
                visit(step + 1)
            }
        }
        visit(0)
    }
}
