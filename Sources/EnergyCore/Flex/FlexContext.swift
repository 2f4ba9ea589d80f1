/// What is known about the site and its prices: validated, and in MW and one currency per MWh or MW.
package struct FlexContext: Hashable, Sendable {
    /// ISO 4217 code (or `kg`) that all prices share.
    package var currency = "EUR"
    package var consumptionPrice: VariableQuantity?
    package var productionPrice: VariableQuantity?
    package var sitePowerCapacity: VariableQuantity?
    package var siteConsumptionCapacity: VariableQuantity?
    package var siteProductionCapacity: VariableQuantity?
    package var siteConsumptionBreachPrice: VariableQuantity?
    package var siteProductionBreachPrice: VariableQuantity?
    package var sitePeakConsumption: VariableQuantity?
    package var sitePeakProduction: VariableQuantity?
    package var sitePeakConsumptionPrice: VariableQuantity?
    package var sitePeakProductionPrice: VariableQuantity?
    package var consumptionBreachPrice: VariableQuantity?
    package var productionBreachPrice: VariableQuantity?
    package var socMinimaBreachPrice: VariableQuantity?
    package var socMaximaBreachPrice: VariableQuantity?
    /// Makes targets soft, both ways.
    package var socTargetsBreachPrice: VariableQuantity?
    /// Known flows at the site.
    package var inflexibleDevices: [InflexibleDevice] = []
    /// Receives the sum of all devices.
    package var aggregatePower: Sensor?
    /// Receive the same in the direction of their names.
    package var aggregates = FlexOutputs()
    package var commitments: [FlexCommitment] = []
    /// What other things than electricity cost, and their limits.
    package var commodities: [FlexCommodity] = []

    package init() {}
}

/// A known flow at the site.
package struct InflexibleDevice: Hashable, Sendable {
    package var reference: SensorReference
    /// -1 where stored values count production as positive.
    package var sign: Double

    package init(reference: SensorReference, sign: Double) {
        self.reference = reference
        self.sign = sign
    }
}

/// A commitment of the user: deviations of the net power, or of the sum of some devices, from a baseline cost money.
package struct FlexCommitment: Hashable, Sendable {
    /// A price per power is charged in every step, one per energy for the length of the step.
    package struct Price: Hashable, Sendable {
        package var value: VariableQuantity
        package var isPerEnergy: Bool
    }

    package var name: String
    /// MW; nil for zero.
    package var baseline: VariableQuantity?
    package var upPrice: Price?
    package var downPrice: Price?
    /// Power sensors of the devices whose sum it is about; empty for all.
    package var sensors: [SensorID] = []
    /// The group that it is about.
    package var group: FlexGroupReference?
    /// The commodity that it is about; nil for electricity.
    package var commodity: String?

    package init(name: String) {
        self.name = name
    }
}
