import EnergyCore

/// A forecast of every interval of the horizon.
package struct ForecastResult: Hashable, Sendable {
    /// Start of the first interval forecast.
    package var start: Instant
    package var resolution: TimeSpan
    /// Medians; what a client that expects one value gets.
    package var values: [Double]
    /// Quantiles 0.1.
    package var low: [Double]
    /// Quantiles 0.9.
    package var high: [Double]

    init(start: Instant, resolution: TimeSpan) {
        self.start = start
        self.resolution = resolution
        values = []
        low = []
        high = []
    }

    mutating func append(_ value: Double, low: Double, high: Double, limits: ValueLimits) {
        let value = limits.applied(to: value)
        values.append(value)
        self.low.append(min(limits.applied(to: low), value))
        self.high.append(max(limits.applied(to: high), value))
    }
}
