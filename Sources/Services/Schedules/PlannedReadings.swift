import EnergyCore
import Scheduling

/// The store's data with planned values of earlier devices laid over them.
struct PlannedReadings: SensorReadings {
    let base: StoreReadings
    let earlier: [SensorOutput]

    func readings(
        of sensor: Sensor, from start: Instant, to end: Instant, prior: Instant?, filter: SourceFilter
    ) throws -> [SensorReading] {
        guard earlier.contains(where: { $0.sensor.id == sensor.id }) else {
            return try base.readings(of: sensor, from: start, to: end, prior: prior, filter: filter)
        }
        var values: [Instant: Double] = [:]
        for reading in try base.readings(of: sensor, from: start, to: end, prior: prior, filter: filter) {
            values[reading.start] = reading.value
        }
        for output in earlier where output.sensor.id == sensor.id {
            for (index, value) in output.storedValues.enumerated() {
                values[output.start + output.step * index] = value
            }
        }
        return values.filter { $0.key < end && $0.key + sensor.resolution > start }
            .map { SensorReading(start: $0.key, value: $0.value) }.sorted { $0.start < $1.start }
    }
}
