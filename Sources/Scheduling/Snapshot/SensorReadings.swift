import EnergyCore

/// One event of a sensor as it was known when a schedule is computed, in the sensor's unit.
package struct SensorReading: Hashable, Sendable {
    package var start: Instant
    package var value: Double

    package init(start: Instant, value: Double) {
        self.start = start
        self.value = value
    }
}

/// Brings the data that a snapshot is made of. Behind it stands a store, or the world of a case file.
package protocol SensorReadings {
    /// One value per event that overlaps [start, end), in order of time: the most recent belief recorded until `prior`
    /// (nil: recorded at any time), of sources that pass the filter.
    func readings(
        of sensor: Sensor, from start: Instant, to end: Instant, prior: Instant?, filter: SourceFilter
    ) throws -> [SensorReading]
}
