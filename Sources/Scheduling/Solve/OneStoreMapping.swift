import Optimizer

/// Hands problems with one store and no coupling between steps to the exact slope-merging routine.
///
/// A step whose cost is not convex in the change of stock (negative prices with losses, feed-in dearer than
/// consumption) is given its convex envelope first, which is fast and mostly enough. If the plan then stands
/// inside a stretch that the envelope bridges, the routine for costs of any shape decides. One price on the worst
/// step of the site, such as a peak tariff, is a search over that one number around the routine.
struct OneStoreMapping {
    /// A stretch of power over which the cost has one slope.
    private struct Piece {
        /// Currency per MWh of stock.
        var slope: Double
        /// MWh of stock.
        var length: Double
        /// MW.
        var power: Double
        /// True if the stretch bridges a part that is not convex.
        var isBridge = false
    }

    private let problem: SchedulingProblem
    private let device: DeviceProblem
    private let costs: StepCosts
    private let hours: Double
    private let fixed: [Double]
    private let bridgesGaps: Bool
    private var bridges: [[(from: Double, to: Double)]] = []

    /// nil when the routine does not apply or cannot decide.
    static func solve(_ problem: SchedulingProblem) -> SolveOutcome? {
        guard problem.devices.count == 1, let device = problem.devices.first, device.needsStock, !problem.hasLinks,
            !device.forgetsItsStock
        else { return nil }
        let costs = StepCosts(problem)
        guard costs.stocks[0].isEmpty, costs.worst.isEmpty || costs.singlePeak != nil else { return nil }
        var quick = OneStoreMapping(problem, device, costs, bridgesGaps: true)
        if let outcome = quick.solve() { return outcome }
        guard costs.worst.isEmpty else { return nil }
        var exact = OneStoreMapping(problem, device, costs, bridgesGaps: false)
        return exact.solve()
    }

    private init(_ problem: SchedulingProblem, _ device: DeviceProblem, _ costs: StepCosts, bridgesGaps: Bool) {
        self.bridgesGaps = bridgesGaps
        self.problem = problem
        self.device = device
        self.costs = costs
        hours = problem.grid.hours
        fixed = problem.fixedPower
    }

    private mutating func solve() -> SolveOutcome? {
        var peak = costs.singlePeak.map { PeakPrice($0, steps: problem.grid.count) }
        var store = OneStoreProblem(initialStock: device.start ?? 0, steps: problem.grid.count)
        for step in 0..<problem.grid.count {
            let lower = max(device.powerLower[step], problem.siteLower[step] - fixed[step])
            let upper = min(device.powerUpper[step], problem.siteUpper[step] - fixed[step])
            guard lower.isFinite, upper.isFinite, device.charging[step] > 1e-9, device.discharging[step] > 1e-9,
                device.retention[step] > 1e-6
            else { return nil }
            guard lower <= upper + 1e-9 * max(1, abs(upper)) else { return .infeasible }
            let lowest = flow(min(lower, upper), step) + device.gain[step]
            for piece in pieces(step, lower, max(lower, upper)) where piece.length > 0 {
                store.addPiece(slope: piece.slope, length: piece.length)
                peak?.powerPerChange.append(piece.power / piece.length)
            }
            if peak?.powerAtLowest[step].isNaN == false { peak?.powerAtLowest[step] = fixed[step] + min(lower, upper) }
            store.endStep(
                lowestChange: lowest * hours, stockLower: device.stockLower[step], stockUpper: device.stockUpper[step],
                retention: device.retention[step])
        }
        do {
            guard let peak else { return read(try store.solve()) }
            guard bridges.allSatisfy(\.isEmpty) else { return nil }
            return read(try store.solve(with: peak).plan)
        } catch {
            switch error {
            case .infeasible, .contradiction: return .infeasible
            default: return nil
            }
        }
    }

    /// MW into the stock for a power at the meter.
    private func flow(_ power: Double, _ step: Int) -> Double {
        power > 0 ? power * device.charging[step] : power == 0 ? 0 : power / device.discharging[step]
    }

    /// The convex cost of changing the stock, from the lowest power up.
    private mutating func pieces(_ step: Int, _ lower: Double, _ upper: Double) -> [Piece] {
        var cuts = [lower]
        cuts += costs.devices[0][step].kinks(between: lower, and: upper).map(\.position)
        cuts += costs.site[step].kinks(between: lower + fixed[step], and: upper + fixed[step]).map {
            $0.position - fixed[step]
        }
        if lower < 0, upper > 0 { cuts.append(0) }
        cuts.append(upper)
        cuts.sort()
        var pieces: [Piece] = []
        pieces.reserveCapacity(cuts.count)
        for index in 1..<cuts.count where cuts[index] - cuts[index - 1] > 1e-13 {
            let (from, to) = (cuts[index - 1], cuts[index])
            let power =
                costs.devices[0][step].slope(between: from, and: to)
                + costs.site[step].slope(between: from + fixed[step], and: to + fixed[step])
            let efficiency = from + to > 0 ? device.charging[step] : 1 / device.discharging[step]
            pieces.append(
                Piece(slope: power / (hours * efficiency), length: (to - from) * hours * efficiency, power: to - from))
        }
        return enveloped(pieces, step, lowest: flow(lower, step) * hours)
    }

    /// Merges neighbours until slopes ascend, and notes the stretches so bridged.
    private mutating func enveloped(_ pieces: [Piece], _ step: Int, lowest: Double) -> [Piece] {
        guard bridgesGaps else {
            bridges.append([])
            return pieces
        }
        var convex: [Piece] = []
        for piece in pieces {
            convex.append(piece)
            while convex.count > 1, convex[convex.count - 1].slope < convex[convex.count - 2].slope {
                let last = convex.removeLast()
                let before = convex.removeLast()
                let length = last.length + before.length
                let slope = (last.slope * last.length + before.slope * before.length) / length
                convex.append(
                    Piece(slope: slope, length: length, power: last.power + before.power, isBridge: true))
            }
        }
        var stretches: [(from: Double, to: Double)] = []
        var place = lowest
        for piece in convex {
            if piece.isBridge { stretches.append((place, place + piece.length)) }
            place += piece.length
        }
        bridges.append(stretches)
        return convex
    }

    private func read(_ plan: OneStorePlan) -> SolveOutcome? {
        var powers: [Double] = []
        powers.reserveCapacity(plan.changes.count)
        for step in plan.changes.indices {
            let change = plan.changes[step] - device.gain[step] * hours
            let margin = 1e-9 * max(1, abs(change))
            if bridges[step].contains(where: { change > $0.from + margin && change < $0.to - margin }) { return nil }
            let flow = change / hours
            let power = flow > 0 ? flow / device.charging[step] : flow * device.discharging[step]
            let limited = min(max(power, device.powerLower[step]), device.powerUpper[step])
            powers.append(abs(limited) < 1e-12 ? 0 : limited)
        }
        return .optimal(SolvedPlan(powers: [powers], method: .oneStore))
    }
}

extension StepCosts {
    /// The only price on a worst step, if it is one of the site, in one direction and above one quantity.
    fileprivate var singlePeak: WorstDeviation? {
        guard worst.count == 1, let peak = worst.first, peak.subject == .site, let quantity = peak.quantities.first,
            peak.quantities.allSatisfy({ $0 == quantity }), (peak.up > 0) != (peak.shortfall > 0)
        else { return nil }
        return peak
    }
}

extension PeakPrice {
    /// A price on the worst step of the site; powers are still to be filled in.
    fileprivate init(_ peak: StepCosts.WorstDeviation, steps: Int) {
        var takesPart = [Double](repeating: .nan, count: steps)
        for step in peak.steps { takesPart[step] = 0 }
        self.init(
            side: peak.up > 0 ? .highest : .lowest, free: peak.quantities.first ?? 0,
            price: max(peak.up, peak.shortfall), powerAtLowest: takesPart, powerPerChange: [])
    }
}

extension DeviceProblem {
    /// True if losses leave so little of a stock that the routine, which goes from the end to the start, would lose all
    /// digits on the way back.
    fileprivate var forgetsItsStock: Bool {
        guard retention.contains(where: { $0 < 0.9 }) else { return false }
        return retention.reduce(1, *) < 1e-9
    }
}
