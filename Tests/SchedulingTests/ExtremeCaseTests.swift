import EnergyCore
import Testing

@testable import Scheduling

/// Absurd requests end in a plan, or in words.
@Suite("Extreme requests")
struct ExtremeCaseTests {
    private static var options: CaseRunner.Options {
        var options = CaseRunner.Options()
        options.limits.timeLimit = .seconds(5)
        return options
    }

    @Test("end in a plan, a reason, or a refusal", arguments: 0..<36)
    func ends(_ batch: Int) throws {
        for number in 0..<16 {
            let seed = UInt64(880_000 + batch * 16 + number)
            var extreme = ExtremeCase(seed: seed)
            let file = extreme.file()
            let outcome = try CaseRunner.run(file, Self.options)
            switch outcome.status {
            case .finished: #expect(outcome.cost?.isFinite == true, "seed \(seed)")
            case .refused: #expect(outcome.message != .null, "seed \(seed)")
            case .failed:
                let isReason = !outcome.text.contains("No reliable solution")
                #expect(isReason, "seed \(seed): \(outcome.text)")
            }
            try compare(file, seed)
        }
    }

    @Test("the site's limits hold beside a device that has none")
    func unlimitedDevice() throws {
        let outcome = try SiteCase(
            models: #"""
                {"sensor": "@a", "soc-at-start": 2, "soc-max": 9, "power-capacity": {"sensor": "@limit"}},
                {"sensor": "@b", "power-capacity": "1 kW", "consumption-capacity": "0 kW"}
                """#, context: #", "site-production-capacity": "1 kW""#, sensors: ["a", "b", "limit"]
        ).outcome()
        #expect(outcome.status == .finished, "\(outcome.message)")
        for step in 0..<2 { #expect(outcome.values("a")[step] + outcome.values("b")[step] >= -1 - 1e-6) }
    }

    @Test("a store that forgets nearly all of its stock gives what it has at once")
    func forgetful() throws {
        let steps = 96
        let prices = [Double](repeating: 40, count: steps)
        var snapshot = SchedulingSnapshot(
            grid: StepGrid(start: Instant(seconds: 0), step: .minutes(15), count: steps), consumptionPrice: prices,
            productionPrice: prices)
        var device = DeviceSnapshot(
            battery: "store", power: 1, capacity: 5, start: 100, efficiency: 0.9, steps: steps)
        device.retention = device.retention.map { _ in 0.01 }
        snapshot.devices = [device]
        let plan = try Scheduler.schedule(snapshot)
        #expect(abs(plan.powers[0][0] + 1) < 1e-6)
        #expect(plan.powers[0][1] < -0.1)
    }

    @Test("costs fifteen orders of magnitude apart end no program")
    func costsApart() throws {
        var site = SiteCase(
            models: """
                {"sensor": "@a", "power-capacity": "10000 MW", "soc-at-start": "2 MWh", "soc-max": "100 MWh",
                 "roundtrip-efficiency": 0.5, "soc-targets": [{"datetime": "2026-01-01T02:00:00Z", "value": "2 MWh"}]}
                """, sensors: ["a"])
        site.context = #"""
            , "production-price": "-50 EUR/MWh", "site-production-capacity": "0.1 MW",
            "site-peak-consumption-price": "0.000001 EUR/MW", "consumption-breach-price": "0.000001 EUR/MW"
            """#
        #expect(try site.outcome().status == .finished)
    }

    /// The usual way and the programme alone have to agree, whatever the numbers.
    private func compare(_ file: JSONValue, _ seed: UInt64) throws {
        guard let snapshot = snapshot(of: file) else { return }
        guard ConstraintValidation.contradictions(in: snapshot).isEmpty else { return }
        let problem = SchedulingProblem(snapshot)
        var programmeOnly = Self.options.limits
        programmeOnly.allowsOneStore = false
        let (quick, programme) = (
            ProblemSolver.solve(problem, Self.options.limits), ProblemSolver.solve(problem, programmeOnly)
        )
        switch (quick, programme) {
        case (.optimal(let a), .optimal(let b)):
            let first = CostEvaluator.total(of: a.powers, in: problem)
            let second = CostEvaluator.total(of: b.powers, in: problem)
            let scale = problem.largestCost
            #expect(abs(first - second) <= 1e-6 * max(abs(second), 1e-3 * scale), "seed \(seed): \(first) \(second)")
            for plan in [a, b] {
                let broken = CostEvaluator.violations(of: plan.powers, in: problem)
                #expect(broken.isEmpty, "seed \(seed): \(broken)")
            }
        case (.infeasible, .infeasible), (.unbounded, .unbounded): break
        case (.stopped, _), (_, .stopped): break
        default: Issue.record("seed \(seed): \(quick) but \(programme)")
        }
    }

    private func snapshot(of file: JSONValue) -> SchedulingSnapshot? {
        guard let world = try? CaseWorld(file["world"] ?? .null), let trigger = file["trigger"],
            let target = world.target(
                trigger["target"]?.stringValue ?? "", isSensor: trigger["endpoint"] == .string("sensor")),
            let message = world.resolved(trigger["message"] ?? .null).objectValue,
            let request = try? RequestBuilder(world: world).request(message, for: target),
            case .devices(_, let snapshot)? = try? ScheduleComputation.prepare(request, readings: world)
        else { return nil }
        return snapshot
    }
}

extension SchedulingProblem {
    /// What the dearest step may cost: the size of the numbers that rounding is about.
    fileprivate var largestCost: Double {
        let reach = devices.reduce(0) { sum, device in
            sum
                + zip(device.powerLower, device.powerUpper).reduce(0) {
                    max($0, min(abs($1.0), 1e9), min(abs($1.1), 1e9))
                }
        }
        let price = commitments.reduce(0) { most, commitment in
            (commitment.up + commitment.down).reduce(most) { max($0, abs($1)) }
        }
        return max(1, reach) * max(1e-9, price)
    }
}
