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
    /// True if the levels at the end of the devices' stocks are worth recording on the assets.
    package var finalLevels: [AssetID: Double] = [:]
}

/// Computes single requests, from configuration and data to values for sensors. Sequences are run by their owner,
/// one request after the other, because each needs the saved result of the one before.
package struct ScheduleComputation {
    let world: any FlexWorld
    let readings: any SensorReadings
    let limits: SolveLimits

    package init(world: any FlexWorld, readings: any SensorReadings, limits: SolveLimits = SolveLimits()) {
        self.world = world
        self.readings = readings
        self.limits = limits
    }

    /// The schedule of a request. Throws `SchedulingFailure`, or what the readings throw.
    package func compute(_ request: ScheduleRequest) throws -> ComputedSchedule {
        switch request.subject {
        case .process(let process, let sensor): return try compute(process, sensor, request)
        case .devices(let devices):
            let snapshot = try SnapshotBuilder.snapshot(of: request, devices: devices, readings: readings)
            let solved = try Scheduler.schedule(snapshot, limits)
            var schedule = computed(request, devices, snapshot, solved.powers, name: request.schedulerName)
            schedule.solved = solved
            schedule.costs = solved.costs
            schedule.objective = solved.cost
            return schedule
        case .sequence: throw SchedulingFailure.noDevices
        }
    }

    /// The schedule of the fallback policy, for a request that turned out infeasible.
    package func computeFallback(_ request: ScheduleRequest) throws -> ComputedSchedule {
        guard case .devices(let devices) = request.subject else { throw SchedulingFailure.infeasible }
        let snapshot = try SnapshotBuilder.snapshot(of: request, devices: devices, readings: readings)
        let powers = FallbackPolicy.powers(snapshot, devices: devices)
        return computed(request, devices, snapshot, powers, name: FallbackPolicy.schedulerName)
    }

    private func computed(
        _ request: ScheduleRequest, _ devices: [DeviceRequest], _ snapshot: SchedulingSnapshot, _ powers: [[Double]],
        name: String
    ) -> ComputedSchedule {
        let problem = SchedulingProblem(snapshot)
        let costs = CostEvaluator.costs(of: powers, in: problem)
        var schedule = ComputedSchedule(
            schedulerName: name, outputs: outputs(request, devices, problem, powers), powers: powers,
            snapshot: snapshot, costs: costs, objective: costs.reduce(0) { $0 + $1.cost })
        for (index, device) in problem.devices.enumerated() where device.start != nil {
            schedule.finalLevels[devices[index].asset.id] =
                device.stocks(for: powers[index], hours: problem.grid.hours).last
        }
        return schedule
    }

    private func outputs(
        _ request: ScheduleRequest, _ devices: [DeviceRequest], _ problem: SchedulingProblem, _ powers: [[Double]]
    ) -> [SensorOutput] {
        let writer = OutputWriter(grid: request.grid, lookup: world)
        var outputs: [SensorOutput] = []
        var seen: Set<SensorID> = []
        for device in devices {
            guard let sensor = device.sensor, seen.insert(sensor.id).inserted else { continue }
            let sharing = devices.indices.filter { devices[$0].sensor?.id == sensor.id }
            let sum = (0..<request.grid.count).map { step in sharing.reduce(0) { $0 + powers[$1][step] } }
            outputs.append(writer.power(sensor, sum))
        }
        if let sensor = request.context.aggregatePower {
            outputs.append(writer.power(sensor, problem.sitePower(powers), role: .aggregate))
        }
        for (index, device) in devices.enumerated() {
            guard let sensor = device.model.stateOfCharge, let start = problem.devices[index].start else { continue }
            let levels = problem.devices[index].stocks(for: powers[index], hours: request.grid.hours)
            outputs.append(writer.stock(sensor, [start] + levels))
        }
        return outputs
    }

    private func compute(
        _ process: ProcessModel, _ sensor: Sensor, _ request: ScheduleRequest
    ) throws -> ComputedSchedule {
        let resolver = SeriesResolver(
            grid: request.grid, end: request.end, prior: request.prior, readings: readings)
        let prices = try resolver.series(request.context.consumptionPrice, .init(extendsEnds: true))
        guard prices.contains(where: { !$0.isNaN }) else {
            guard case .sensor(let reference)? = request.context.consumptionPrice else {
                throw SchedulingFailure.unknownPrices(nil)
            }
            throw SchedulingFailure.unknownPrices(reference.sensor.id)
        }
        let running = try ProcessScheduler.runningSteps(process, grid: request.grid, prices: prices)
        var values = [Double](repeating: 0, count: request.grid.count)
        for step in running { values[step] = process.power }
        let writer = OutputWriter(grid: request.grid, lookup: world)
        let perUnit = SensorReference(sensor, as: .power)?.value(of: 1, stepHours: request.grid.hours) ?? 1
        let priceSum = running.reduce(0) { $0 + prices[$1].orZero }
        let money = priceSum * process.power * perUnit * request.grid.hours
        var unit = 1.0
        if case .sensor(let reference)? = request.context.consumptionPrice { unit = reference.factor }
        return ComputedSchedule(
            schedulerName: request.schedulerName, outputs: [writer.raw(sensor, values)], powers: [],
            costs: [CommitmentCost(name: "energy", cost: money, isPreference: false)], objective: priceSum / unit)
    }
}

extension Double {
    fileprivate var orZero: Double { isNaN ? 0 : self }
}
