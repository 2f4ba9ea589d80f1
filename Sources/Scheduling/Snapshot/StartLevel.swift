import EnergyCore

extension ScheduleComputation {
    /// Readings older than this say nothing about a store any more.
    private static let levelReach = TimeSpan.days(2)
    /// Sources of levels that nobody measured.
    private static let plannedTypes = ["scheduler", "forecaster", "reporter"]

    /// The device with the newest level that its `state-of-charge` sensor knows at the start of the schedule, if the
    /// request does not say it. Measured levels come before planned ones.
    static func withKnownLevel(
        _ device: DeviceRequest, _ request: ScheduleRequest, _ readings: any SensorReadings
    ) throws -> DeviceRequest {
        if case .sensor(let reference)? = device.model.startLevel {
            var found = device
            found.model.socAtStart = try statedLevel(reference, device, request, readings)
            return found
        }
        guard device.seeksLevel, let sensor = device.model.stateOfCharge,
            let unit = SensorReference.levelUnit(of: sensor, full: device.model.socMax, hours: request.grid.hours)
        else { return device }
        let start = request.grid.start
        var measured = SourceFilter()
        measured.excludedTypes = plannedTypes
        for filter in [measured, SourceFilter()] {
            let known = try readings.readings(
                of: sensor, from: start - levelReach, to: start + .seconds(1), prior: request.prior, filter: filter)
            guard let newest = known.last(where: { $0.start <= start }) else { continue }
            var found = device
            found.model.socAtStart = newest.value * unit
            return found
        }
        return device
    }

    /// The newest level at the start of a sensor that `soc-at-start` names, else its default.
    private static func statedLevel(
        _ reference: SensorReference, _ device: DeviceRequest, _ request: ScheduleRequest,
        _ readings: any SensorReadings
    ) throws -> Double {
        let (sensor, start) = (reference.sensor, request.grid.start)
        let known = try readings.readings(
            of: sensor, from: start - levelReach, to: start + .seconds(1), prior: request.prior,
            filter: reference.filter)
        let isShare = SensorReference(sensor, as: .energy) == nil
        if let newest = known.last(where: { $0.start <= start }),
            let unit = SensorReference.levelUnit(
                of: sensor, full: device.model.socMax, hours: max(sensor.resolution, request.grid.step).inHours)
        {
            return newest.value * unit
        }
        guard let fallback = reference.fallback, !isShare || device.model.socMax != nil else {
            throw SchedulingFailure.unknownLevel(sensor.id)
        }
        return isShare ? fallback * (device.model.socMax ?? 0) : fallback
    }
}

extension SensorReference {
    /// MWh per unit of a sensor of levels; nil for one of shares when it is not known what is full.
    static func levelUnit(of sensor: Sensor, full: Double?, hours: Double) -> Double? {
        if let energy = SensorReference(sensor, as: .energy) { return energy.value(of: 1, stepHours: hours) }
        guard let share = SensorReference(sensor, as: .ratio), let full, full > 0 else { return nil }
        return share.value(of: 1, stepHours: 1) * full
    }
}
