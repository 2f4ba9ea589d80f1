import EnergyCore
import Store

/// One series of a world file: values on a regular grid, all recorded at one moment or at one horizon.
struct WorldSeries {
    private let entry: WorldEntry
    private let sensor: Sensor
    private let start: Instant
    private let step: TimeSpan
    private let beliefTime: Instant?
    private let horizon: TimeSpan
    private let probability: Double?

    init(_ entry: WorldEntry, sensor: Sensor) throws(WorldError) {
        self.entry = entry
        self.sensor = sensor
        guard let start = try entry.optionalInstant("start") else {
            throw WorldError(entry.place("start"), "a time is due")
        }
        self.start = start
        step = try entry.optionalSpan("resolution") ?? sensor.resolution
        beliefTime = try entry.optionalInstant("belief_time")
        horizon = try entry.optionalSpan("horizon") ?? .zero
        probability = try entry.optionalNumber("cumulative_probability")
        if let probability, probability <= 0 || probability >= 1 {
            throw WorldError(entry.place("cumulative_probability"), "a number between 0 and 1 is due")
        }
        if beliefTime != nil, entry.members["horizon"] != nil {
            throw WorldError(entry.path, "give either 'belief_time' or 'horizon'")
        }
    }

    /// The beliefs that the entry stands for.
    func batch(source: DataSourceID) throws(WorldError) -> BeliefBatch {
        let values = try entry.list("values")
        let times = try count("repeat", default: 1)
        guard step > .zero || values.count * times <= 1 else {
            throw WorldError(entry.place("resolution"), "values of an instantaneous sensor need a step")
        }
        guard let zone = Zone.named(sensor.timezone) else {
            throw WorldError(entry.path, "the sensor has no time zone")
        }
        let days =
            step.microseconds % TimeSpan.days(1).microseconds == 0
            ? Int(step.microseconds / TimeSpan.days(1).microseconds) : 0
        var batch = BeliefBatch(sensor: sensor, source: source)
        batch.reserveCapacity(values.count * times)
        for index in 0..<values.count * times {
            let value = values[index % values.count]
            if value.isNull { continue }
            guard let number = value.doubleValue else {
                throw WorldError("\(entry.place("values"))[\(index % values.count)]", "a number or null is due")
            }
            let event = days > 0 ? zone.adding(days: days * index, to: start) : start + step * index
            let lead = beliefTime.map { batch.horizon(ofEventAt: event.seconds, believedAt: $0) } ?? horizon
            batch.append(start: event.seconds, horizon: lead, probability: probability ?? 0.5, value: number)
        }
        return batch
    }

    private func count(_ key: String, default fallback: Int) throws(WorldError) -> Int {
        guard let value = entry.members[key] else { return fallback }
        guard let count = value.intValue, count >= 1 else {
            throw WorldError(entry.place(key), "a whole number from 1 on is due")
        }
        return count
    }
}
