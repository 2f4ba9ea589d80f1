import EnergyCore

/// What the devices of a request did in its window by their own measurements, priced like a plan.
package struct MeasuredCosts: Hashable, Sendable {
    /// MW per device and step, consumption positive; zero where nothing was measured.
    package var powers: [[Double]]
    /// Share of the steps and devices for which something was measured.
    package var coverage: Double
    /// Per commitment, in the order of a schedule's costs.
    package var costs: [CommitmentCost]

    /// Sum over all commitments but the tie-breakers.
    package var money: Double { costs.reduce(0) { $1.isPreference ? $0 : $0 + $1.cost } }
}

extension ScheduleComputation {
    /// Sources that do not measure.
    private static let plannedTypes = ["scheduler", "forecaster", "reporter"]

    /// Prices what was measured, by the prices and limits that a schedule for the same window would have had.
    package static func measuredCosts(
        of request: ScheduleRequest, readings: any SensorReadings, lookup: any FlexLookup
    ) throws -> MeasuredCosts {
        guard case .devices(let devices, let snapshot) = try prepare(request, readings: readings) else {
            throw SchedulingFailure.noDevices
        }
        // Measurements come after the moment as of which a plan would have been made.
        let resolver = SeriesResolver(grid: request.grid, end: request.end, prior: nil, readings: readings)
        let powers = try devices.map { device in
            try device.sensor.map { try measured($0, resolver, lookup) } ?? resolver.unknown
        }
        let known = powers.reduce(0) { $0 + $1.filter { !$0.isNaN }.count }
        let filled = powers.map { $0.filled(with: 0) }
        return MeasuredCosts(
            powers: filled, coverage: Double(known) / Double(max(1, devices.count * request.grid.count)),
            costs: CostEvaluator.costs(of: filled, in: SchedulingProblem(snapshot)))
    }

    private static func measured(
        _ sensor: Sensor, _ resolver: SeriesResolver, _ lookup: any FlexLookup
    ) throws -> [Double] {
        guard var reference = SensorReference(sensor, as: .power) else { return resolver.unknown }
        reference.filter.excludedTypes = plannedTypes
        let hours = sensor.resolution > .zero ? sensor.resolution.inHours : resolver.grid.hours
        let isFlow = reference.mixing == .none
        let sign: Double = isFlow && !lookup.countsConsumptionPositive(sensor) ? -1 : 1
        return try resolver.sensorValues(reference).map { sign * reference.value(of: $0, stepHours: hours) }
    }
}
