/// One data point: what a source believed about an event of a sensor, and when.
package struct Belief: Hashable, Sendable {
    package var eventStart: Instant
    /// Knowledge time minus belief time: positive for forecasts, zero or negative for measurements.
    package var horizon: TimeSpan
    package var sourceID: DataSourceID
    /// 0 < p < 1; 0.5 for ordinary data.
    package var cumulativeProbability: Double
    /// In the sensor's unit.
    package var value: Double

    package init(
        eventStart: Instant, horizon: TimeSpan, sourceID: DataSourceID, cumulativeProbability: Double = 0.5,
        value: Double
    ) {
        self.eventStart = eventStart
        self.horizon = horizon
        self.sourceID = sourceID
        self.cumulativeProbability = cumulativeProbability
        self.value = value
    }
}
