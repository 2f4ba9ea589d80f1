/// Everything a schedule depends on, as numbers per step: the scheduler is a pure function of it.
///
/// Powers in MW, stocks in MWh, prices in currency per MWh or MW; NaN where nothing is known. What-ifs change a copy.
package struct SchedulingSnapshot: Hashable, Sendable {
    package var grid: StepGrid
    package var currency: String
    package var consumptionPrice: [Double]
    package var productionPrice: [Double]
    package var site: SiteSnapshot
    package var devices: [DeviceSnapshot]
    package var inflexible: [InflexibleFlow]
    /// The user's own, already per step and in the order given.
    package var commitments: [Commitment]
    /// Groups, other commodities, and sums that commitments are about.
    package var sums: [PowerSum] = []
    /// What these cost; after all other commitments.
    package var sumCommitments: [Commitment] = []
}

/// Limits and prices of the grid connection.
package struct SiteSnapshot: Hashable, Sendable {
    /// What a peak costs beyond the one already reached.
    package struct Peak: Hashable, Sendable {
        package var existing: [Double]
        package var price: [Double]
    }

    package var powerCapacity: [Double]
    /// Not above the power capacity.
    package var consumptionCapacity: [Double]
    package var productionCapacity: [Double]
    /// Prices make the directional capacity soft; nil for a hard one.
    package var consumptionBreachPrice: [Double]?
    package var productionBreachPrice: [Double]?
    package var consumptionPeak: Peak?
    package var productionPeak: Peak?
}

/// A flexible device.
package struct DeviceSnapshot: Hashable, Sendable {
    package var label: String
    package var powerCapacity: [Double]
    /// Not above the power capacity.
    package var consumptionCapacity: [Double]
    package var productionCapacity: [Double]
    package var mayConsume: Bool
    package var mayProduce: Bool
    /// Prices make a capacity of the device soft; nil for a hard one.
    package var consumptionBreachPrice: [Double]?
    package var productionBreachPrice: [Double]?
    package var charging: [Double]
    package var discharging: [Double]
    /// Share of the stock that is kept over a step.
    package var retention: [Double]
    package var gain: [Double]
    /// Stock at the start; nil without a stock.
    package var start: Double?
    package var socMin: Double
    package var socMax: Double
    /// Values at the ends of steps, NaN where there is none.
    package var minima: [Double]
    package var maxima: [Double]
    package var targets: [Double]
    /// Prices make minima or maxima soft; nil for hard ones.
    package var minimaBreachPrice: [Double]?
    package var maximaBreachPrice: [Double]?
    package var prefersChargingSooner: Bool
    package var prefersCurtailingLater: Bool
    /// A price makes targets soft; nil for hard ones.
    package var targetsBreachPrice: [Double]?
    /// False for a device of another commodity than electricity.
    package var isAtSite = true
    /// The device whose stock it feeds instead of one of its own.
    package var stockOwner: Int?
    /// True if others feed the stock of this one.
    package var isShared = false
    package var coupling: DeviceCoupling?
    /// Bands of power, in one of which it is in every step; empty for any power.
    package var modes: [ClosedRange<Double>] = []
}
