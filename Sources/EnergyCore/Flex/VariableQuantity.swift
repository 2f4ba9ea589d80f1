/// A value that may change over time, in the unit of its field (MW, MWh, ratio, currency per MWh or MW).
package enum VariableQuantity: Hashable, Sendable {
    case fixed(Double)
    case sensor(SensorReference)
    case series([QuantitySegment])
}

/// One stretch of a time series specification.
package struct QuantitySegment: Hashable, Sendable {
    package var start: Instant
    /// Equal to `start` for a single instant.
    package var end: Instant
    package var value: Double

    package init(start: Instant, end: Instant, value: Double) {
        self.start = start
        self.end = end
        self.value = value
    }
}

/// A sensor that brings the values, and how they become values of the field.
package struct SensorReference: Hashable, Sendable {
    /// What stands between the sensor's dimension and the field's.
    package enum Mixing: Hashable, Sendable {
        case none
        /// Amounts per step become flows: divided by the length of a step.
        case stockToFlow
        /// Flows become amounts per step: multiplied by the length of a step.
        case flowToStock
    }

    package var sensor: Sensor
    /// Units of the field per unit of the sensor, per hour where mixed.
    package var factor: Double
    package var mixing: Mixing
    /// Stands in where the sensor knows nothing.
    package var fallback: Double?
    /// Which sources count.
    package var filter = SourceFilter()

    package init(sensor: Sensor, factor: Double, mixing: Mixing) {
        self.sensor = sensor
        self.factor = factor
        self.mixing = mixing
    }

    /// A value of the sensor as a value of the field.
    package func value(of reading: Double, stepHours: Double) -> Double {
        switch mixing {
        case .none: reading * factor
        case .stockToFlow: reading * factor / stepHours
        case .flowToStock: reading * factor * stepHours
        }
    }
}

/// Narrows a sensor reference to some of the sources; empty lists let every source pass.
package struct SourceFilter: Hashable, Sendable {
    package var types: [String] = []
    package var excludedTypes: [String] = []
    package var sources: [DataSourceID] = []
    package var accounts: [AccountID] = []

    package init() {}

    /// True if it lets every source pass.
    package var isOpen: Bool { self == SourceFilter() }
}
