import EnergyCore
import Optimizer

/// Why no schedule keeps all limits: the smallest set of statements that contradict each other, and what would help.
package struct InfeasibilityReport: Hashable, Sendable {
    /// The statements in words; all of them are needed for the contradiction.
    package var statements: [String]
    /// Facts that the statements rest on, such as the level at the start.
    package var facts: [String]
    /// Changes of one statement each that would make a schedule possible, the smallest first.
    package var changes: [String]

    /// As `schedule solve --explain` writes it.
    package var json: JSONObject {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        return ["conflict": list(statements), "given": list(facts), "changes": list(changes)]
    }
}

/// Looks for the contradiction behind an infeasible snapshot. A pure function; takes a series of cheap re-solves.
package struct InfeasibilityExplainer {
    private let snapshot: SchedulingSnapshot
    private let problem: SchedulingProblem
    private let programme: Programme
    private let statements: [LimitStatement]
    private let words: Words
    private let options: SolveOptions

    /// nil if there is no contradiction, or the time was up.
    package static func report(
        on snapshot: SchedulingSnapshot, zone: Zone, timeLimit: Duration = .seconds(10)
    ) -> InfeasibilityReport? {
        InfeasibilityExplainer(snapshot, zone, timeLimit).report()
    }

    init(_ snapshot: SchedulingSnapshot, _ zone: Zone, _ timeLimit: Duration) {
        self.snapshot = snapshot
        var bare = SchedulingProblem(snapshot)
        bare.commitments = []
        problem = bare
        programme = ProgrammeBuilder.programme(for: bare, isExplaining: true)
        statements = LimitStatements(snapshot, bare, programme).all
        words = Words(zone: zone, currency: snapshot.currency)
        var options = SolveOptions()
        options.timeLimit = timeLimit
        self.options = options
    }

    private func report() -> InfeasibilityReport? {
        if let crossed = crossedBounds() { return crossed }
        guard let conflict = conflict() else { return nil }
        return InfeasibilityReport(
            statements: conflict.map { text(of: $0) }, facts: facts(about: conflict),
            changes: changes(for: conflict))
    }

    /// A smallest set of statements that contradict each other.
    func conflict() -> [LimitStatement]? {
        guard let found = ConflictSearch.conflict(in: programme.linear, among: statements.map(\.limits), options)
        else { return nil }
        // Re-solves from a changed basis may lose a statement; then each is tried afresh.
        if isContradiction(found) { return found.map { statements[$0] } }
        var kept = Array(statements.indices)
        guard isContradiction(kept) else { return nil }
        for suspect in statements.indices.reversed() {
            let rest = kept.filter { $0 != suspect }
            if isContradiction(rest) { kept = rest }
        }
        return kept.map { statements[$0] }
    }

    /// True if no plan keeps these statements, all others left aside.
    private func isContradiction(_ kept: [Int]) -> Bool {
        var program = programme.linear
        let inUse = Set(kept)
        for (index, statement) in statements.enumerated() where !inUse.contains(index) {
            for limit in statement.limits {
                switch limit {
                case .lower, .least: program[limit] = -.infinity
                case .upper, .most: program[limit] = .infinity
                }
            }
        }
        return Solver.solve(program, options).status == .infeasible
    }

    /// A minimum above a maximum, which clipping hides from the programme.
    private func crossedBounds() -> InfeasibilityReport? {
        for device in snapshot.devices where device.start != nil {
            for step in device.minima.indices {
                let (low, high) = (device.hardMinima[step], device.hardMaxima[step])
                guard low > high else { continue }
                let time = words.time(snapshot.grid.time(step + 1))
                return InfeasibilityReport(
                    statements: [
                        "The stock of \(device.label) must be at least \(words.energy(low)) at \(time).",
                        "The stock of \(device.label) must be at most \(words.energy(high)) at \(time).",
                    ], facts: [],
                    changes: [
                        "Lower the minimum to \(words.energy(high)), or raise the maximum to \(words.energy(low))."
                    ])
            }
        }
        return nil
    }

    private func label(_ device: Int) -> String { problem.devices[device].label }

    private func text(of statement: LimitStatement) -> String {
        let span = statement.steps.count == snapshot.grid.count ? "" : " " + words.span(snapshot.grid, statement.steps)
        switch statement.kind {
        case .charging(let device):
            return "\(label(device)) consumes at most \(words.power(statement.value))\(span)."
        case .discharging(let device):
            return "\(label(device)) produces at most \(words.power(statement.value))\(span)."
        case .floor(let device):
            return "The stock of \(label(device)) never falls below \(words.energy(statement.value))."
        case .ceiling(let device):
            return "The stock of \(label(device)) never exceeds \(words.energy(statement.value))."
        case .minimum(let device):
            return
                "The stock of \(label(device)) must be at least \(words.energy(statement.value)) \(moments(statement))."
        case .maximum(let device):
            return
                "The stock of \(label(device)) must be at most \(words.energy(statement.value)) \(moments(statement))."
        case .target(let device):
            return "The stock of \(label(device)) must be \(words.energy(statement.value)) \(moments(statement))."
        case .siteConsumption: return "The site consumes at most \(words.power(statement.value))\(span)."
        case .siteProduction: return "The site produces at most \(words.power(statement.value))\(span)."
        case .sumConsumption(let sum):
            return "All of \(problem.sums[sum].label) consumes at most \(words.power(statement.value))\(span)."
        case .sumProduction(let sum):
            return "All of \(problem.sums[sum].label) produces at most \(words.power(statement.value))\(span)."
        }
    }

    /// Stocks are measured at the ends of steps.
    private func moments(_ statement: LimitStatement) -> String {
        let first = words.time(snapshot.grid.time(statement.steps.lowerBound + 1))
        let last = words.time(snapshot.grid.time(statement.steps.upperBound))
        return first == last ? "at \(first)" : "from \(first) to \(last)"
    }

    private func facts(about conflict: [LimitStatement]) -> [String] {
        var facts: [String] = []
        let start = words.time(snapshot.grid.start)
        for (index, device) in snapshot.devices.enumerated() {
            let concerned = conflict.contains { statement in
                switch statement.kind {
                case .floor(index), .ceiling(index), .minimum(index), .maximum(index), .target(index): true
                default: false
                }
            }
            guard concerned, let level = device.start else { continue }
            facts.append("The stock of \(device.label) is \(words.energy(level)) at \(start).")
            let usage = device.gain.min() ?? 0
            if usage < 0 { facts.append("Up to \(words.power(-usage)) are used from the stock of \(device.label).") }
            let gain = device.gain.max() ?? 0
            if gain > 0 { facts.append("Up to \(words.power(gain)) flow into the stock of \(device.label).") }
        }
        let touchesSite = conflict.contains { $0.kind == .siteConsumption || $0.kind == .siteProduction }
        for flow in touchesSite ? snapshot.inflexible : [] {
            let steps = conflict.first { $0.kind == .siteConsumption || $0.kind == .siteProduction }?.steps ?? 0..<0
            let most = steps.max { abs(flow.power[$0]) < abs(flow.power[$1]) }
            guard let most else { continue }
            let verb = flow.power[most] >= 0 ? "consumes" : "produces"
            facts.append(
                "\(flow.label) \(verb) \(words.power(abs(flow.power[most]))) at \(words.time(snapshot.grid.time(most)))."
            )
        }
        return facts
    }

    /// For every statement of the conflict: how much it alone would have to give.
    private func changes(for conflict: [LimitStatement]) -> [String] {
        var found: [(share: Double, text: String)] = []
        for statement in conflict {
            guard
                let relaxation = ElasticProgram.smallestRelaxation(
                    of: programme.linear, loosening: [.init(statement.limits)], options),
                let amount = relaxation.amounts.first
            else { continue }
            let change = amount * statement.unit
            found.append((change / max(abs(statement.value), 1e-3), text(ofChange: change, statement)))
        }
        if found.isEmpty { return jointChange(conflict) }
        return found.sorted { $0.share < $1.share }.map(\.text)
    }

    /// When no single change helps: the smallest set of changes of everything that was said.
    private func jointChange(_ conflict: [LimitStatement]) -> [String] {
        let elastic = statements.map { ElasticProgram.Statement($0.limits, weight: $0.unit / max(abs($0.value), 1e-3)) }
        guard let relaxation = ElasticProgram.smallestRelaxation(of: programme.linear, loosening: elastic, options)
        else { return [] }
        let parts = zip(statements, relaxation.amounts).filter { $1 * $0.unit > 1e-9 }
            .map { text(ofChange: $1 * $0.unit, $0) }
        return parts.isEmpty ? [] : ["All of these together: " + parts.joined(separator: " ")]
    }

    private func text(ofChange change: Double, _ statement: LimitStatement) -> String {
        // A little more than needed, as printed numbers are rounded.
        let amount = change * (1 + 1e-6)
        let raised = statement.value + amount
        let lowered = statement.value - amount
        switch statement.kind {
        case .charging(let device):
            return "Let \(label(device)) consume \(words.power(raised)) instead of \(words.power(statement.value))."
        case .discharging(let device):
            return "Let \(label(device)) produce \(words.power(raised)) instead of \(words.power(statement.value))."
        case .floor(let device):
            return "Let the stock of \(label(device)) fall to \(words.energy(lowered))."
        case .ceiling(let device):
            return "Let the stock of \(label(device)) rise to \(words.energy(raised))."
        case .minimum(let device):
            return
                "Ask for a minimum of \(words.energy(lowered)) instead of \(words.energy(statement.value)) in the stock of \(label(device)) \(moments(statement))."
        case .maximum(let device):
            return
                "Ask for a maximum of \(words.energy(raised)) instead of \(words.energy(statement.value)) in the stock of \(label(device)) \(moments(statement))."
        case .target(let device):
            return
                "Let the stock of \(label(device)) miss its target of \(words.energy(statement.value)) by \(words.energy(amount)) \(moments(statement))."
        case .siteConsumption:
            return "Let the site consume \(words.power(raised)) instead of \(words.power(statement.value))."
        case .siteProduction:
            return "Let the site produce \(words.power(raised)) instead of \(words.power(statement.value))."
        case .sumConsumption(let sum):
            return
                "Let all of \(problem.sums[sum].label) consume \(words.power(raised)) instead of \(words.power(statement.value))."
        case .sumProduction(let sum):
            return
                "Let all of \(problem.sums[sum].label) produce \(words.power(raised)) instead of \(words.power(statement.value))."
        }
    }
}
