/// What is known about a flexible device: validated, and in MW, MWh and ratios.
package struct FlexModel: Hashable, Sendable {
    /// Stock at the start; without it the device has no stock.
    package var socAtStart: Double?
    /// Where the stock at the start is looked up when it is not a plain value.
    package var startLevel: VariableQuantity?
    package var socMin: Double?
    package var socMax: Double?
    package var socMinima: VariableQuantity?
    package var socMaxima: VariableQuantity?
    package var socTargets: VariableQuantity?
    /// Power that flows into the stock from elsewhere; components add up.
    package var socGain: [VariableQuantity] = []
    /// Power that is used from the stock; components add up.
    package var socUsage: [VariableQuantity] = []
    package var powerCapacity: VariableQuantity?
    package var consumptionCapacity: VariableQuantity?
    package var productionCapacity: VariableQuantity?
    package var chargingEfficiency: VariableQuantity?
    package var dischargingEfficiency: VariableQuantity?
    package var roundtripEfficiency: Double?
    /// Share of the stock that is kept per resolution of the power sensor.
    package var storageEfficiency: VariableQuantity?
    /// Receives the planned stock.
    package var stateOfCharge: Sensor?
    /// Receive the planned power in the direction of their names.
    package var outputs = FlexOutputs()
    /// Flows of the asset that are known beforehand.
    package var knownFlows: [InflexibleDevice] = []
    /// True if nothing is said but known flows, so that there is no device to plan.
    package var isKnown = false
    package var prefersChargingSooner = true
    package var prefersCurtailingLater = true
    /// What ties it to other devices.
    package var links = FlexLinks()

    package init() {}

    /// True if it is said what the stock is at the start, or where to look it up.
    package var hasStart: Bool { socAtStart != nil || startLevel != nil }

    /// The highest target of a time series specification.
    package var highestTarget: Double? {
        guard case .series(let segments)? = socTargets else { return nil }
        return segments.map(\.value).max()
    }

    /// The latest moment of a time series specification of targets.
    package var latestTarget: Instant? {
        guard case .series(let segments)? = socTargets else { return nil }
        return segments.map(\.end).max()
    }
}
