import EnergyCore
import Scheduling
import TerminalKit

/// A change of the circumstances, not of the request: to look at, never to store.
enum WhatIf: Hashable, Sendable {
    /// Prices as many percent higher.
    case prices(Double)
    /// The known flows of the site as many percent larger.
    case flows(Double)
    /// The site cut off from the grid from one moment to another.
    case outage(from: Instant, to: Instant)
    /// Forecasts at this quantile, between 0 and 1, in place of their median.
    case quantile(Double)

    /// The quantile of forecasts, if it is about that.
    var quantile: Double? { if case .quantile(let value) = self { value } else { nil } }

    static let whyNotStored = "a what-if of the circumstances cannot be stored: it is not how things are"

    @Sendable
    func apply(to snapshot: inout SchedulingSnapshot) {
        switch self {
        case .prices(let percent):
            snapshot.consumptionPrice = snapshot.consumptionPrice.map { $0 * (1 + percent / 100) }
            snapshot.productionPrice = snapshot.productionPrice.map { $0 * (1 + percent / 100) }
        case .flows(let percent):
            for index in snapshot.inflexible.indices {
                snapshot.inflexible[index].power = snapshot.inflexible[index].power.map { $0 * (1 + percent / 100) }
            }
        case .outage(let start, let end):
            let grid = snapshot.grid
            for step in 0..<grid.count where grid.time(step) < end && grid.time(step + 1) > start {
                snapshot.site.powerCapacity[step] = 0
                snapshot.site.consumptionCapacity[step] = 0
                snapshot.site.productionCapacity[step] = 0
            }
        // Is read otherwise, not changed afterwards.
        case .quantile: break
        }
    }
}
