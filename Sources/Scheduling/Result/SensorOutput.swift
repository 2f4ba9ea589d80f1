import EnergyCore

/// Values that a schedule brings to one sensor.
package struct SensorOutput: Hashable, Sendable {
    /// What the values are.
    package enum Role: String, Hashable, Sendable {
        case power
        case aggregate
        case stock
    }

    package var sensor: Sensor
    package var role: Role
    package var start: Instant
    /// Distance between values; also for instantaneous sensors.
    package var step: TimeSpan
    /// In the sensor's unit, consumption positive, rounded to six decimals.
    package var values: [Double]
    /// -1 if the store keeps production as positive.
    package var storedSign: Double
    /// What the sensor's attribute has to say once the values are stored; nil to leave it.
    package var countsConsumption: Bool?

    /// As the store keeps them.
    package var storedValues: [Double] { values.map { $0 == 0 ? 0 : storedSign * $0 } }

    /// The attributes that the sensor has to have for its values to be read the right way; nil if it has them.
    package func neededAttributes(of sensor: Sensor) -> JSONObject? {
        let name = Sensor.consumptionAttribute
        guard let countsConsumption, sensor.attributes[name]?.boolValue != countsConsumption else { return nil }
        var attributes = sensor.attributes
        attributes[name] = .bool(countsConsumption)
        return attributes
    }
}

/// Turns planned powers and stocks into what the sensors of a request receive: repeated on finer sensors, averaged on
/// coarser ones.
struct OutputWriter {
    let grid: StepGrid
    let lookup: any FlexLookup

    /// Planned power on a sensor, from MW per step.
    ///
    /// - Parameter countsConsumption: which way the sensor is to count; nil for the way that it counts.
    func power(
        _ sensor: Sensor, _ megawatts: [Double], role: SensorOutput.Role = .power, countsConsumption: Bool? = nil
    ) -> SensorOutput {
        let (values, step) = resampled(megawatts, to: sensor)
        let reference = SensorReference(sensor, as: .power)
        let perUnit = reference?.value(of: 1, stepHours: step.inHours) ?? 1
        let isFlow = reference?.mixing == SensorReference.Mixing.none
        let flips = countsConsumption.map { !$0 } ?? (isFlow && !lookup.countsConsumptionPositive(sensor))
        return SensorOutput(
            sensor: sensor, role: role, start: grid.start, step: step, values: values.map { rounded($0 / perUnit) },
            storedSign: flips ? -1 : 1, countsConsumption: countsConsumption)
    }

    /// Planned levels on an instantaneous sensor, from MWh at the start and at the end of every step.
    ///
    /// - Parameter full: what 100% means, for sensors of shares; nil if that is not known.
    func stock(_ sensor: Sensor, _ levels: [Double], full: Double?) -> SensorOutput? {
        guard let perUnit = SensorReference.levelUnit(of: sensor, full: full, hours: grid.hours) else { return nil }
        return SensorOutput(
            sensor: sensor, role: .stock, start: grid.start, step: grid.step,
            values: levels.map { rounded($0 / perUnit) }, storedSign: 1)
    }

    /// Values in a sensor's own unit, one per step of the grid.
    func raw(_ sensor: Sensor, _ values: [Double]) -> SensorOutput {
        let (resampled, step) = resampled(values, to: sensor)
        let isFlow = SensorReference(sensor, as: .power)?.mixing == SensorReference.Mixing.none
        let flips = isFlow && !lookup.countsConsumptionPositive(sensor)
        return SensorOutput(
            sensor: sensor, role: .power, start: grid.start, step: step, values: resampled.map(rounded),
            storedSign: flips ? -1 : 1)
    }

    private func resampled(_ values: [Double], to sensor: Sensor) -> ([Double], TimeSpan) {
        let own = sensor.resolution
        guard own > .zero, own != grid.step else { return (values, grid.step) }
        if own < grid.step {
            // A step that is no multiple of the sensor's takes the value of the step that covers each event.
            let count = Int((grid.step * grid.count).microseconds / own.microseconds)
            let repeated = (0..<count).map { values[Int((own * $0).microseconds / grid.step.microseconds)] }
            return (repeated, own)
        }
        var means: [Double] = []
        var index = 0
        while index < values.count {
            let binEnd = own * (means.count + 1)
            var sum = 0.0
            var seen = 0
            while index < values.count, grid.step * index < binEnd {
                sum += values[index]
                seen += 1
                index += 1
            }
            means.append(seen > 0 ? sum / Double(seen) : 0)
        }
        return (means, own)
    }

    private func rounded(_ value: Double) -> Double {
        let result = (value * 1e6).rounded() / 1e6
        return result == 0 ? 0 : result.isFinite ? result : value
    }
}
