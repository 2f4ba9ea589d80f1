import EnergyCore
import Scheduling
import Store

/// Schedules: asking for one, looking at what came of it, and trying one out without storing anything.
package struct ScheduleService: Sendable {
    let context: ServiceContext
    let jobs: JobService

    init(context: ServiceContext, jobs: JobService) {
        self.context = context
        self.jobs = jobs
        jobs.register(ScheduleJob(context: context, jobs: jobs, isFallback: false))
        jobs.register(ScheduleJob(context: context, jobs: jobs, isFallback: true))
    }

    /// What a request is sent to.
    package enum Target: Hashable, Sendable {
        case sensor(SensorID)
        case asset(AssetID)
    }

    /// Checks a trigger message and puts a job into the queue; an equal message within an hour gets the same job.
    ///
    /// Throws `RequestRefusal` when the configuration is faulty, `NotFound` and `AccessError`.
    package func trigger(_ message: JSONObject, for target: Target, as caller: Caller) throws -> JobID {
        let records = try context.records()
        let resolved = try resolve(target, for: .createChildren, caller)
        try ReferencedSensors.check(message, records, caller)
        let request = try RequestBuilder(world: records, settings: schedulingSettings).request(message, for: resolved)
        var job = JobRequest(kind: ScheduleJob.kind, queue: "scheduling", payload: payload(message, target))
        job.metadata = ScheduleRecord.metadata(of: request, at: context.clock.now)
        switch target {
        case .sensor(let id): job.sensorID = id
        case .asset(let id): job.assetID = id
        }
        var same = message
        same["force_new_job_creation"] = nil
        same["force-new-job-creation"] = nil
        job.sameAs = .object(payload(same, target))
        job.forcesNew = ScheduleService.forcesNew(message)
        return try jobs.enqueue(job, as: caller).id
    }

    /// A schedule that is computed at once and stored nowhere. Blocks until it is there.
    ///
    /// - Parameters:
    ///   - quantile: what forecasts with quantiles count as, between 0 and 1; nil for their median.
    ///   - change: a what-if, applied to the data and limits of each device or group of devices.
    package func preview(
        _ message: JSONObject, for target: Target, as caller: Caller, limits: SolveLimits = SolveLimits(),
        quantile: Double? = nil, changing change: (inout SchedulingSnapshot) -> Void = { _ in }
    ) throws -> SchedulePreview {
        let records = try context.records()
        let resolved = try resolve(target, for: .read, caller)
        try ReferencedSensors.check(message, records, caller)
        let request = try RequestBuilder(world: records, settings: schedulingSettings).request(message, for: resolved)
        var preview = SchedulePreview(request: request, steps: [])
        let steps = if case .sequence(let steps) = request.subject { steps } else { [request] }
        var earlier: [SensorOutput] = []
        for step in steps {
            var prepared = try context.store.read { transaction in
                let readings = StoreReadings(transaction: transaction, records: records, quantile: quantile)
                return try ScheduleComputation.prepare(
                    step, readings: PlannedReadings(base: readings, earlier: earlier))
            }
            if case .devices(let devices, var snapshot) = prepared {
                change(&snapshot)
                prepared = .devices(devices, snapshot)
            }
            let computed = try ScheduleComputation(lookup: records, limits: limits).compute(step, prepared)
            earlier += computed.outputs
            preview.steps.append(computed)
        }
        return preview
    }

    /// The merged and checked request of a message, without anything being computed.
    package func request(_ message: JSONObject, for target: Target, as caller: Caller) throws -> ScheduleRequest {
        let records = try context.records()
        let resolved = try resolve(target, for: .read, caller)
        try ReferencedSensors.check(message, records, caller)
        return try RequestBuilder(world: records, settings: schedulingSettings)
            .request(message, for: resolved)
    }

    private func resolve(
        _ target: Target, for permission: Permission, _ caller: Caller
    ) throws -> ScheduleRequest.Target {
        switch target {
        case .sensor(let id): .sensor(try context.sensor(id, for: permission, caller))
        case .asset(let id): .asset(try context.asset(id, for: permission, caller))
        }
    }

    private func payload(_ message: JSONObject, _ target: Target) -> JSONObject {
        var payload = JSONObject()
        switch target {
        case .sensor(let id): payload["sensor"] = .int(id)
        case .asset(let id): payload["asset"] = .int(id)
        }
        payload["message"] = .object(message)
        return payload
    }

    private static func forcesNew(_ message: JSONObject) -> Bool {
        let value = message["force_new_job_creation"] ?? message["force-new-job-creation"]
        switch value {
        case .bool(let flag)?: return flag
        case .int(1)?: return true
        case .string(let text)?: return text.lowercased() == "true"
        default: return false
        }
    }

    var schedulingSettings: SchedulingSettings { SchedulingSettings(context.settings.planning) }
}

extension SchedulingSettings {
    init(_ planning: ServiceSettings.Planning) {
        self.init()
        planningHorizon = planning.horizon
        switch planning.longestHorizon {
        case .steps(let steps): maximumSteps = steps
        case .span(let span): longestSpan = span
        case .unlimited: maximumSteps = .max
        }
    }
}

/// A schedule that was tried out.
package struct SchedulePreview: Sendable {
    package var request: ScheduleRequest
    /// One, or one per device of a sequence.
    package var steps: [ComputedSchedule]

    /// Values for sensors, in the order of the devices.
    package var outputs: [SensorOutput] { steps.flatMap(\.outputs) }
    /// Sum of what was minimised.
    package var cost: Double { steps.reduce(0) { $0 + $1.cost } }
}
