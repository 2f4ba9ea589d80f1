import EnergyCore
import TestSupport
import Testing

@testable import Scheduling

/// Small random sites whose devices are tied to each other, and what a raster of all plans says about them.
private struct LinkedSite {
    var generator: SeededGenerator
    let steps = 2

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func pick(_ values: [Double]) -> Double { values[Int.random(in: 0..<values.count, using: &generator)] }
    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0...1, using: &generator) < share }
    func all(_ value: Double) -> [Double] { [Double](repeating: value, count: steps) }

    mutating func device(_ label: String, power: Double, start: Double?) -> DeviceSnapshot {
        var device = DeviceSnapshot(
            battery: label, power: power, capacity: 4, start: 0, efficiency: 1, steps: steps)
        device.start = start
        if start == nil { (device.socMin, device.socMax) = (-.infinity, .infinity) }
        device.prefersCurtailingLater = false
        device.prefersChargingSooner = false
        return device
    }

    /// All numbers are multiples of the raster's step, so that an optimum lies on the raster.
    mutating func snapshot() -> SchedulingSnapshot {
        let grid = StepGrid(start: Instant(seconds: 0), step: .hours(1), count: steps)
        let prices = (0..<steps).map { _ in pick([-20, 10, 30, 50, 90]) }
        let feedIn = chance(0.5) ? prices : prices.map { $0 - 5 }
        var snapshot = SchedulingSnapshot(grid: grid, consumptionPrice: prices, productionPrice: feedIn)
        snapshot.devices = [
            device("first", power: 2, start: 2), device("second", power: 2, start: chance(0.5) ? 1 : nil),
        ]
        if snapshot.devices[1].start == nil { snapshot.devices[1].consumptionCapacity = all(pick([0, 1, 2])) }
        addSum(to: &snapshot)
        addTies(to: &snapshot)
        return snapshot
    }

    private mutating func addSum(to snapshot: inout SchedulingSnapshot) {
        guard chance(0.7) else { return }
        var sum = PowerSum("group", members: chance(0.7) ? [0, 1] : [1], steps: steps)
        if chance(0.6) { sum.upper = all(pick([0, 1, 2])) }
        if chance(0.6) { sum.lower = all(-pick([0, 1, 3])) }
        if chance(0.3) { sum.fixed = all(pick([-1, 1])) }
        let price = pick([5, 40])
        let paid = Commitment(
            "position", .site, .each, quantity: all(pick([-1, 0, 1])), up: all(price), down: all(-pick([5, 40])))
        let peak = Commitment("peak", .site, .worst, quantity: all(0), up: all(pick([0, 60])), down: all(0))
        snapshot.add(sum, chance(0.5) ? [paid, peak] : [paid])
        if chance(0.3) { snapshot.devices[1].isAtSite = false }
    }

    private mutating func addTies(to snapshot: inout SchedulingSnapshot) {
        if chance(0.3) {
            snapshot.devices[0].coupling = DeviceCoupling(name: "x", share: 1)
            snapshot.devices[1].coupling = DeviceCoupling(name: "x", share: pick([-2, -1, 0.5, 1]))
        }
        if chance(0.4) { snapshot.devices[1].modes = [0...0, 1...2] + (chance(0.5) ? [-2...(-1.5)] : []) }
        if chance(0.3), snapshot.devices[1].coupling == nil {
            snapshot.devices[0].isShared = true
            snapshot.devices[1].stockOwner = 0
            snapshot.devices[1].start = nil
            (snapshot.devices[1].socMin, snapshot.devices[1].socMax) = (-.infinity, .infinity)
            snapshot.devices[1].charging = all(2)
        }
        if chance(0.4) {
            snapshot.devices[0].targets[1] = pick([0, 3, 4])
            if chance(0.5) { snapshot.devices[0].targetsBreachPrice = all(pick([1, 1000])) }
        }
    }
}

@Suite("Devices tied to each other")
struct LinkTests {
    /// The cheapest plan on a raster; nil if none keeps the limits.
    private func cheapest(_ problem: SchedulingProblem, _ values: [Double]) -> Double? {
        var best: Double?
        var powers = problem.devices.map { _ in [Double](repeating: 0, count: problem.grid.count) }
        let places = problem.devices.count * problem.grid.count
        func visit(_ place: Int) {
            guard place < places else {
                guard CostEvaluator.violations(of: powers, in: problem, tolerance: 1e-9).isEmpty else { return }
                best = min(best ?? .infinity, CostEvaluator.total(of: powers, in: problem))
                return
            }
            let (device, step) = (place % problem.devices.count, place / problem.devices.count)
            for value in values {
                powers[device][step] = value
                visit(place + 1)
            }
        }
        visit(0)
        return best
    }

    @Test("cost as much as the cheapest of all plans", arguments: 0..<30)
    func enumerated(_ batch: Int) throws {
        let raster = [-2, -1, -0.5, 0, 0.5, 1, 2]
        for number in 0..<6 {
            var site = LinkedSite(seed: UInt64(31_000 + batch * 10 + number))
            let problem = SchedulingProblem(site.snapshot())
            let best = cheapest(problem, raster)
            switch ProblemSolver.solve(problem) {
            case .optimal(let plan):
                let cost = CostEvaluator.total(of: plan.powers, in: problem)
                let broken = CostEvaluator.violations(of: plan.powers, in: problem)
                #expect(broken.isEmpty, "seed \(batch * 10 + number): \(broken)")
                // The raster may miss an optimum between its points, but never beat one.
                #expect(cost <= (best ?? .infinity) + 1e-6, "seed \(batch * 10 + number): \(cost) \(best ?? .nan)")
            case .infeasible: #expect(best == nil, "seed \(batch * 10 + number): infeasible, but \(best ?? .nan)")
            case let other: Issue.record("seed \(batch * 10 + number): \(other)")
            }
        }
    }
}
