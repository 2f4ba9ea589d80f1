/// A price on the highest (or lowest) power of all steps, such as a peak tariff or the worst breach of
/// a capacity: one number that couples the steps of a `OneStoreProblem`.
package struct PeakPrice: Sendable {
    /// Which extreme is paid for.
    package enum Side: Sendable {
        case highest
        case lowest
    }

    package var side: Side
    /// What costs nothing: powers up to here (`highest`), or down to here (`lowest`).
    package var free: Double
    /// Cost of each unit of power beyond, of the worst step.
    package var price: Double
    /// Power in each step when none of its pieces is used; NaN for steps that do not take part.
    package var powerAtLowest: [Double]
    /// Increase of power per unit of stock change in each of the problem's pieces, in the order of
    /// `addPiece`; above zero.
    package var powerPerChange: [Double]

    package init(
        side: Side, free: Double, price: Double, powerAtLowest: [Double], powerPerChange: [Double]
    ) {
        self.side = side
        self.free = free
        self.price = price
        self.powerAtLowest = powerAtLowest
        self.powerPerChange = powerPerChange
    }
}

extension OneStoreProblem {
    /// The cheapest plan, peak price included, and the power up to which it goes. Needs convex costs.
    ///
    /// The cost is convex in that power, so a search over it with a plan for each trial gives the exact
    /// optimum, after about ten plans.
    package func solve(with peak: PeakPrice) throws(OneStoreError) -> (plan: OneStorePlan, peak: Double) {
        if let step = nonConvexStep { throw .notConvex(step: step) }
        // Beyond this no step is held back.
        let widest = max(peak.free * sign(peak), extreme(of: peak))
        var failure: OneStoreError?
        var best: (plan: OneStorePlan, peak: Double)?
        _ = ConvexSearch.minimum(from: peak.free * sign(peak), to: widest) { limit in
            let trimmed = Trimmed(self, peak, limit: limit)
            guard let trimmed else { return nil }
            do throws(OneStoreError) {
                let plan = try trimmed.problem.solve()
                let extra = peak.price * (limit - peak.free * sign(peak))
                let total = OneStorePlan(objective: plan.objective + extra, changes: plan.changes, stocks: plan.stocks)
                if total.objective < best?.plan.objective ?? .infinity { best = (total, limit * sign(peak)) }
                return (total.objective, peak.price - trimmed.worthOfLimit(for: plan))
            } catch {
                failure = error
                return nil
            }
        }
        if let best { return best }
        throw failure ?? .contradiction(step: 0)
    }

    private func sign(_ peak: PeakPrice) -> Double { peak.side == .highest ? 1 : -1 }

    /// The furthest any step can go.
    private func extreme(of peak: PeakPrice) -> Double {
        var extreme = -Double.infinity
        for step in 0..<stepCount where !peak.powerAtLowest[step].isNaN {
            var power = peak.powerAtLowest[step]
            if peak.side == .highest {
                for piece in pieceStarts[step]..<pieceStarts[step + 1] {
                    power += peak.powerPerChange[piece] * lengths[piece]
                }
            }
            extreme = max(extreme, power * sign(peak))
        }
        return extreme
    }

    /// A problem whose steps may not go beyond a power.
    private struct Trimmed {
        var problem: OneStoreProblem
        /// Per step: the piece that the limit cuts, if any.
        private var cutPieces: [(step: Int, piece: Int)] = []
        private let peak: PeakPrice

        /// Nil if a step is beyond the limit whatever it does.
        init?(_ whole: OneStoreProblem, _ peak: PeakPrice, limit: Double) {
            problem = whole
            self.peak = peak
            for step in 0..<whole.stepCount where !peak.powerAtLowest[step].isNaN {
                let fits =
                    peak.side == .highest
                    ? cutTop(of: step, at: limit, whole) : raiseBottom(of: step, to: -limit, whole)
                guard fits else { return nil }
            }
        }

        /// Shortens the pieces that would take the step above a power.
        private mutating func cutTop(of step: Int, at limit: Double, _ whole: OneStoreProblem) -> Bool {
            var room = limit - peak.powerAtLowest[step]
            guard room >= -1e-12 * max(1, abs(limit)) else { return false }
            var isCut = false
            for piece in whole.pieceStarts[step]..<whole.pieceStarts[step + 1] {
                let fits = max(0, room / peak.powerPerChange[piece])
                if fits < whole.lengths[piece] {
                    problem.lengths[piece] = fits
                    if !isCut { cutPieces.append((step, piece)) }
                    isCut = true
                }
                room -= whole.lengths[piece] * peak.powerPerChange[piece]
            }
            return true
        }

        /// Makes the step use the pieces that bring it up to a power.
        private mutating func raiseBottom(of step: Int, to floor: Double, _ whole: OneStoreProblem) -> Bool {
            var lack = floor - peak.powerAtLowest[step]
            guard lack > 0 else { return true }
            for piece in whole.pieceStarts[step]..<whole.pieceStarts[step + 1] {
                let needed = lack / peak.powerPerChange[piece]
                let used = min(whole.lengths[piece], needed)
                problem.lowestChange[step] += used
                problem.costAtLowest[step] += used * whole.slopes[piece]
                problem.lengths[piece] -= used
                if needed <= whole.lengths[piece] {
                    cutPieces.append((step, piece))
                    return true
                }
                lack -= used * peak.powerPerChange[piece]
            }
            return lack <= 1e-12 * max(1, abs(floor))
        }

        /// What one more unit of the limit would save.
        func worthOfLimit(for plan: OneStorePlan) -> Double {
            let values = problem.stockValues(of: plan)
            return cutPieces.reduce(0) { sum, cut in
                let gain = problem.flowFactors[cut.step] * values[cut.step] - problem.slopes[cut.piece]
                let signed = peak.side == .highest ? gain : -gain
                return sum + max(0, signed) / peak.powerPerChange[cut.piece]
            }
        }
    }
}
