/// One store, steps in a row, and a convex cost of moving its stock in each step: solved exactly by
/// merging slopes, hundreds of times faster than by a solver. `OneStore.md` explains how.
///
/// In step `j` flows change the stock by `lowestChange[j]` plus whatever is used of the step's pieces,
/// each of which costs `slope` per unit of change. Then, with retention `e`,
///
///     stock[j] = e * stock[j - 1] + factor(e) * change[j],   factor(e) = (e - 1) / ln e, factor(1) = 1
///
/// because a flow spread evenly over the step decays while it arrives. A battery's step is, with `h`
/// hours, prices per unit of energy at the meter and no load beside it:
///
///     problem.addPiece(slope: sellPrice * dischargeEfficiency, length: h * maxDischarge / dischargeEfficiency)
///     problem.addPiece(slope: buyPrice / chargeEfficiency, length: h * maxCharge * chargeEfficiency)
///     problem.endStep(lowestChange: -h * maxDischarge / dischargeEfficiency, costAtLowest: -sellPrice * h * maxDischarge,
///                     stockLower: 0, stockUpper: capacity)
///
/// A known gain or usage of stock is part of `lowestChange`. A load behind the meter splits a piece
/// where the site's balance changes sign. Pieces are used in the order in which they were added. If a
/// slope is below the one before it (feed-in dearer than consumption, negative prices with losses), the
/// cost is not convex: the optimum is still exact, but takes milliseconds instead of microseconds.
package struct OneStoreProblem: Sendable {
    /// Stock before the first step.
    package let initialStock: Double

    var lowestChange: [Double] = []
    var costAtLowest: [Double] = []
    var stockLower: [Double] = []
    var stockUpper: [Double] = []
    var retention: [Double] = []
    var flowFactors: [Double] = []
    var pieceStarts: [Int] = [0]
    var slopes: [Double] = []
    var lengths: [Double] = []
    /// The first step whose pieces do not come in ascending order of slope, if any.
    package private(set) var nonConvexStep: Int?

    /// An empty problem; `steps` is only a hint for its size.
    package init(initialStock: Double, steps: Int = 0) {
        self.initialStock = initialStock
        lowestChange.reserveCapacity(steps)
        costAtLowest.reserveCapacity(steps)
        stockLower.reserveCapacity(steps)
        stockUpper.reserveCapacity(steps)
        retention.reserveCapacity(steps)
        flowFactors.reserveCapacity(steps)
        pieceStarts.reserveCapacity(steps + 1)
        slopes.reserveCapacity(4 * steps)
        lengths.reserveCapacity(4 * steps)
    }

    package var stepCount: Int { lowestChange.count }

    /// Adds a piece to the step under construction. Pieces without length are left out.
    package mutating func addPiece(slope: Double, length: Double) {
        guard length > 0 else { return }
        if slopes.count > pieceStarts[stepCount], slope < slopes[slopes.count - 1] {
            nonConvexStep = nonConvexStep ?? stepCount
        }
        slopes.append(slope)
        lengths.append(length)
    }

    /// Closes the step under construction.
    ///
    /// - Parameters:
    ///   - lowestChange: change of stock by flows when no piece is used: full discharge, and known gains.
    ///   - costAtLowest: cost of the step in that case.
    ///   - stockLower: lowest stock allowed at the end of the step; `-.infinity` for none.
    ///   - stockUpper: highest stock allowed at the end of the step; `.infinity` for none.
    ///   - retention: fraction of the stock that is left after the step, above 0 and at most 1.
    package mutating func endStep(
        lowestChange: Double, costAtLowest: Double = 0, stockLower: Double, stockUpper: Double, retention: Double = 1
    ) {
        self.lowestChange.append(lowestChange)
        self.costAtLowest.append(costAtLowest)
        self.stockLower.append(stockLower)
        self.stockUpper.append(stockUpper)
        self.retention.append(max(retention, Self.smallestRetention))
        flowFactors.append(Self.flowFactor(retention: self.retention[stepCount - 1]))
        pieceStarts.append(slopes.count)
    }

    /// The part of a step's flow that is still in the store at the end of the step.
    package static func flowFactor(retention: Double) -> Double {
        let loss = 1 - retention
        guard loss != 0 else { return 1 }
        // The quotient loses its digits near 1, where its series needs few terms.
        if loss < 1e-4 { return 1 - loss / 2 - loss * loss / 12 - loss * loss * loss / 24 }
        return (retention - 1) / logarithm(retention)
    }

    /// Slopes of stock grow by `1 / retention` per step; a store that empties itself at once would
    /// make them infinite.
    private static let smallestRetention = 1e-9
}

/// Why a `OneStoreProblem` has no plan.
package enum OneStoreError: Error, Sendable, Equatable {
    /// At the end of `step` the stock can only lie in `reachable`, outside what is allowed there; all
    /// earlier limits can be met.
    case infeasible(step: Int, reachable: ClosedRange<Double>, allowed: ClosedRange<Double>)
    /// Lower above upper limit in this step.
    case contradiction(step: Int)
    /// The pieces of this step are out of order, and the question asked needs convex costs.
    case notConvex(step: Int)
    /// The costs are not convex, and up to this step have got too many corners. Use a `LinearProgram`.
    case tooManyPieces(step: Int)
}

/// The cheapest plan of a `OneStoreProblem`.
package struct OneStorePlan: Sendable, Equatable {
    /// Sum of all steps' costs.
    package let objective: Double
    /// Change of stock by flows in each step, known gains included, before losses.
    package let changes: [Double]
    /// Stock at the end of each step.
    package let stocks: [Double]
}
