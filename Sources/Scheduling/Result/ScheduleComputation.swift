import EnergyCore

/// What came of a request: values for sensors, and how they were found.
package struct ComputedSchedule: Sendable {
    /// The name of the scheduler in answers.
    package var schedulerName: String
    package var outputs: [SensorOutput]
    /// MW per device and step, consumption positive; empty for processes.
    package var powers: [[Double]]
    /// The data it rests on; nil for processes.
    package var snapshot: SchedulingSnapshot?
    /// nil for processes and for the fallback policy.
    package var solved: SolvedSchedule?
    package var costs: [CommitmentCost]
    /// What was minimised; for processes the sum of the prices of the running steps, in the price's own unit.
    package var objective: Double

    /// What it costs in money, tie-breakers included.
    package var cost: Double { costs.reduce(0) { $0 + $1.cost } }
}

/// A request with its data read, ready to be solved without further reading.
package enum PreparedSchedule: Sendable {
    case devices([DeviceRequest], SchedulingSnapshot)
    /// Prices per step, and how many units of currency per MWh one unit of the price is.
    case process(ProcessModel, Sensor, prices: [Double], priceUnit: Double)
}

/// Computes single requests, from configuration and data to values for sensors. Sequences are run by their owner,
/// one request after the other, because each needs the saved result of the one before.
package struct ScheduleComputation {
    let lookup: any FlexLookup
    let limits: SolveLimits

    package init(lookup: any FlexLookup, limits: SolveLimits = SolveLimits()) {
        self.lookup = lookup
        self.limits = limits
    }

    /// Reads the data of a request. Throws `SchedulingFailure`, or what the readings throw.
    package static func prepare(
        _ request: ScheduleRequest, readings: any SensorReadings
    ) throws -> PreparedSchedule {
        switch request.subject {
        case .sequence: throw SchedulingFailure.noDevices
        case .devices(let devices):
            // What one entry says about the level of a stock holds for all that share it.
            let stated = Set(devices.filter(\.model.hasStart).compactMap(\.model.stateOfCharge?.id))
            let leveled = try devices.map { device in
                let isTold = device.model.stateOfCharge.map { stated.contains($0.id) } ?? false
                return isTold && !device.model.hasStart ? device : try withKnownLevel(device, request, readings)
            }
            let snapshot = try SnapshotBuilder.snapshot(of: request, devices: leveled, readings: readings)
            return .devices(leveled, snapshot)
        case .process(let process, let sensor):
            let resolver = SeriesResolver(
                grid: request.grid, end: request.end, prior: request.prior, readings: readings)
            let price = request.context.consumptionPrice
            let prices = try resolver.series(price, .init(extendsEnds: true))
            guard case .sensor(let reference)? = price else {
                guard prices.contains(where: { !$0.isNaN }) else { throw SchedulingFailure.unknownPrices(nil) }
                return .process(process, sensor, prices: prices, priceUnit: 1)
            }
            guard prices.contains(where: { !$0.isNaN }) else {
                throw SchedulingFailure.unknownPrices(reference.sensor.id)
            }
            return .process(process, sensor, prices: prices, priceUnit: reference.factor)
        }
    }

    /// The schedule of a request.
    package func compute(
        _ request: ScheduleRequest, _ prepared: PreparedSchedule
    ) throws(SchedulingFailure) -> ComputedSchedule {
        switch prepared {
        case .process(let process, let sensor, let prices, let unit):
            return try compute(process, sensor, request, prices, unit)
        case .devices(let devices, let snapshot):
            let solved = try Scheduler.schedule(snapshot, limits)
            var schedule = computed(request, devices, solved.problem, solved.powers, name: request.schedulerName)
            schedule.snapshot = snapshot
            schedule.solved = solved
            return schedule
        }
    }

    /// The schedule of the fallback policy, for a request that turned out infeasible.
    package func computeFallback(
        _ request: ScheduleRequest, _ prepared: PreparedSchedule
    ) throws(SchedulingFailure) -> ComputedSchedule {
        guard case .devices(let devices, let snapshot) = prepared else { throw SchedulingFailure.infeasible }
        let powers = FallbackPolicy.powers(snapshot, devices: devices)
        let problem = SchedulingProblem(snapshot)
        var schedule = computed(request, devices, problem, powers, name: FallbackPolicy.schedulerName)
        schedule.snapshot = snapshot
        return schedule
    }

    private func computed(
        _ request: ScheduleRequest, _ devices: [DeviceRequest], _ problem: SchedulingProblem, _ powers: [[Double]],
        name: String
    ) -> ComputedSchedule {
        let costs = CostEvaluator.costs(of: powers, in: problem)
        return ComputedSchedule(
            schedulerName: name, outputs: OutputList.outputs(of: request, devices, problem, powers, lookup: lookup),
            powers: powers, costs: costs,
            objective: costs.reduce(0) { $0 + $1.cost })
    }

    private func compute(
        _ process: ProcessModel, _ sensor: Sensor, _ request: ScheduleRequest, _ prices: [Double], _ priceUnit: Double
    ) throws(SchedulingFailure) -> ComputedSchedule {
        let running = try ProcessScheduler.runningSteps(process, grid: request.grid, prices: prices)
        var values = [Double](repeating: 0, count: request.grid.count)
        for step in running { values[step] = process.power }
        let writer = OutputWriter(grid: request.grid, lookup: lookup)
        let perUnit = SensorReference(sensor, as: .power)?.value(of: 1, stepHours: request.grid.hours) ?? 1
        let priceSum = running.reduce(0) { $0 + (prices[$1].isNaN ? 0 : prices[$1]) }
        let money = priceSum * process.power * perUnit * request.grid.hours
        return ComputedSchedule(
            schedulerName: request.schedulerName, outputs: [writer.raw(sensor, values)], powers: [],
            costs: [CommitmentCost(name: "energy", cost: money, isPreference: false)],
            objective: priceSum / priceUnit)
    }
}
