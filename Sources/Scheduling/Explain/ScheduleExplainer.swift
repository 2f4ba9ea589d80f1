import EnergyCore
import Optimizer

/// Why a schedule is what it is: which limits hold it back and what more of each would be worth, and a reason per slot.
package struct ScheduleExplanation: Hashable, Sendable {
    /// A limit that holds the schedule back.
    package struct Binding: Hashable, Sendable {
        package var text: String
        /// Currency saved per further MW or MWh, to first order.
        package var worth: Double
        /// Which limit, and when it was said to hold.
        var kind: LimitStatement.Kind
        var steps: Range<Int>
    }

    /// Why a device does what it does for a while.
    package struct Slot: Hashable, Sendable {
        package var device: String
        package var start: Instant
        package var end: Instant
        package var text: String
        /// Mean power in MW, consumption positive.
        package var power: Double
        /// Mean price of what is taken or given, per MWh; nil where it is unknown.
        package var price: Double?
        /// What is in stock at the end, in MWh; nil without a stock.
        package var stock: Double?
    }

    package var bindings: [Binding]
    package var slots: [Slot]

    /// As `schedule solve --explain` writes it.
    package var json: JSONObject {
        let zone = Zone.utc
        return [
            "limits": .array(bindings.map { .object(["text": .string($0.text), "worth": .number($0.worth)]) }),
            "slots": .array(
                slots.map {
                    .object([
                        "device": .string($0.device), "start": .string($0.start.text(in: zone)),
                        "end": .string($0.end.text(in: zone)), "text": .string($0.text),
                    ])
                }),
        ]
    }
}

/// Explains finished schedules. A pure function of snapshot and plan; solves the programme once more for its prices.
package struct ScheduleExplainer {
    private let snapshot: SchedulingSnapshot
    private let solved: SolvedSchedule
    private let programme: Programme
    private let statements: [LimitStatement]
    private let solution: Solution
    private let words: Words

    package static func explanation(
        of solved: SolvedSchedule, _ snapshot: SchedulingSnapshot, zone: Zone, timeLimit: Duration = .seconds(10)
    ) -> ScheduleExplanation {
        let explainer = ScheduleExplainer(solved, snapshot, zone, timeLimit)
        return ScheduleExplanation(bindings: explainer.bindings(), slots: explainer.slots())
    }

    private init(
        _ solved: SolvedSchedule, _ snapshot: SchedulingSnapshot, _ zone: Zone, _ timeLimit: Duration
    ) {
        self.solved = solved
        self.snapshot = snapshot
        programme = ProgrammeBuilder.programme(for: solved.problem, isExplaining: true)
        statements = LimitStatements(snapshot, solved.problem, programme).all
        var options = SolveOptions()
        options.timeLimit = timeLimit
        solution = Solver.solve(programme.linear, options)
        words = Words(zone: zone, currency: snapshot.currency)
    }

    private var hasPrices: Bool { !solution.duals.isEmpty && !solution.reducedCosts.isEmpty }

    /// Money saved per MW or MWh by which a limit is loosened.
    private func worth(_ limit: Limit, unit: Double) -> Double {
        let price =
            switch limit {
            case .lower(let column): solution.reducedCosts[column.index]
            case .upper(let column): -solution.reducedCosts[column.index]
            case .least(let row): solution.duals[row.index]
            case .most(let row): -solution.duals[row.index]
            }
        return max(0, price) / (unit * programme.scale.cost)
    }

    private func bindings() -> [ScheduleExplanation.Binding] {
        guard hasPrices else { return [] }
        var found: [ScheduleExplanation.Binding] = []
        for statement in statements {
            let priced = statement.edges.map { (step: $0.step, worth: worth($0.limit, unit: statement.unit)) }
                .filter { $0.worth > 1e-7 }
            guard !priced.isEmpty else { continue }
            let total = priced.reduce(0) { $0 + $1.worth }
            let spans = words.spans(snapshot.grid, Words.runs(of: priced.map(\.step)), atMost: 4)
            found.append(
                .init(
                    text: text(statement, total, spans), worth: total, kind: statement.kind,
                    steps: statement.steps))
        }
        // What is worth so much less than another limit only decides between plans that cost the same.
        let least = (found.map(\.worth).max() ?? 0) * 1e-5
        return found.filter { $0.worth > least }.sorted { $0.worth > $1.worth }
    }

    private func text(_ statement: LimitStatement, _ worth: Double, _ spans: String) -> String {
        func label(_ device: Int) -> String { solved.problem.devices[device].label }
        let perKilo = "would save \(words.share(worth / 1000))"
        switch statement.kind {
        case .charging(let device):
            return
                "\(label(device)) consumes all it may (\(words.power(statement.value))) \(spans); one more kW \(perKilo)."
        case .discharging(let device):
            return
                "\(label(device)) produces all it may (\(words.power(statement.value))) \(spans); one more kW \(perKilo)."
        case .floor(let device), .minimum(let device):
            return
                "The stock of \(label(device)) is as low as allowed (\(words.energy(statement.value))) \(spans); one kWh less \(perKilo)."
        case .ceiling(let device), .maximum(let device):
            return
                "The stock of \(label(device)) is as high as allowed (\(words.energy(statement.value))) \(spans); one more kWh \(perKilo)."
        case .target(let device):
            return
                "The target of \(words.energy(statement.value)) for \(label(device)) steers the plan \(spans); a target one kWh off \(perKilo)."
        case .siteConsumption:
            return "The site consumes all it may (\(words.power(statement.value))) \(spans); one more kW \(perKilo)."
        case .siteProduction:
            return "The site produces all it may (\(words.power(statement.value))) \(spans); one more kW \(perKilo)."
        case .sumConsumption(let sum):
            return
                "All of \(solved.problem.sums[sum].label) consumes all it may (\(words.power(statement.value))) \(spans); one more kW \(perKilo)."
        case .sumProduction(let sum):
            return
                "All of \(solved.problem.sums[sum].label) produces all it may (\(words.power(statement.value))) \(spans); one more kW \(perKilo)."
        }
    }

    /// What a MWh in the stock is worth at the end of a step.
    private func stockValue(_ device: Int, _ step: Int) -> Double? {
        guard hasPrices, step < programme.stockRows[device].count else { return nil }
        let row = programme.stockRows[device][step]
        return -solution.duals[row.index] / (programme.scale.cost * programme.scale.devices[device])
    }

    private func slots() -> [ScheduleExplanation.Slot] {
        solved.powers.indices.flatMap { device in
            let reasons = (0..<snapshot.grid.count).map {
                SlotReason(device, $0, solved.problem, solved.powers[device])
            }
            let stocks =
                solved.problem.devices[device].start == nil ? [] : solved.problem.stocks(of: device, solved.powers)
            var slots: [ScheduleExplanation.Slot] = []
            var step = 0
            while step < reasons.count {
                var end = step + 1
                while end < reasons.count, reasons[end] == reasons[step] { end += 1 }
                let power = mean(solved.powers[device], step..<end)
                let prices = power < 0 ? snapshot.productionPrice : snapshot.consumptionPrice
                slots.append(
                    .init(
                        device: solved.problem.devices[device].label, start: snapshot.grid.time(step),
                        end: snapshot.grid.time(end), text: text(reasons[step], device, step..<end), power: power,
                        price: prices[step..<end].contains { !$0.isNaN } ? mean(prices, step..<end) : nil,
                        stock: stocks.indices.contains(end - 1) ? stocks[end - 1] : nil))
                step = end
            }
            return slots
        }
    }

    private func text(_ reason: SlotReason, _ device: Int, _ steps: Range<Int>) -> String {
        let power = words.power(abs(mean(solved.powers[device], steps)))
        let buying = mean(snapshot.consumptionPrice, steps)
        let selling = mean(snapshot.productionPrice, steps)
        let cost = "energy costs \(words.price(buying))"
        let gain = "energy earns \(words.price(selling))"
        let values = steps.compactMap { stockValue(device, $0) }
        let value = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        let kept = value.map { ", and is worth \(words.price($0)) in stock" } ?? ""
        switch reason {
        case .fullConsumption: return "Consumes all it may, \(power): \(cost)\(kept)."
        case .partialConsumption: return "Consumes \(power), as much as is of use here: \(cost)\(kept)."
        case .fullProduction: return "Produces all it may, \(power): \(gain)\(kept)."
        case .partialProduction: return "Produces \(power), as much as is of use here: \(gain)\(kept)."
        case .idle: return "Waits: \(cost)\(kept)."
        case .closed: return "May neither consume nor produce."
        }
    }

    private func mean(_ values: [Double], _ steps: Range<Int>) -> Double {
        let known = steps.map { values[$0] }.filter { !$0.isNaN }
        return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    }
}

/// What a device does in a step, seen against what it may do.
private enum SlotReason: Hashable {
    case fullConsumption, partialConsumption, fullProduction, partialProduction, idle, closed

    init(_ index: Int, _ step: Int, _ problem: SchedulingProblem, _ powers: [Double]) {
        let device = problem.devices[index]
        let (low, high) = (device.powerLower[step], device.powerUpper[step])
        let power = powers[step]
        let margin = 1e-6 * max(1e-6, min(1e9, high - low))
        if high - low < 1e-12 {
            self = .closed
        } else if power > margin {
            self = power >= high - margin ? .fullConsumption : .partialConsumption
        } else if power < -margin {
            self = power <= low + margin ? .fullProduction : .partialProduction
        } else {
            self = .idle
        }
    }
}
