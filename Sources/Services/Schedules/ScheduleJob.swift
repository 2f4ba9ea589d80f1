import EnergyCore
import Scheduling
import Store

/// Computes a schedule in the background and stores it as beliefs of the scheduler's source.
struct ScheduleJob: JobHandler {
    static let kind = "schedule"
    static let fallbackKind = "schedule-fallback"

    let context: ServiceContext
    let jobs: JobService
    /// True for the job that stands in for one whose request was infeasible.
    let isFallback: Bool

    var kind: String { isFallback ? Self.fallbackKind : Self.kind }

    func run(_ job: JobContext) throws -> JSONValue? {
        let records = try context.records()
        let request = try request(of: job, records)
        let name = isFallback ? FallbackPolicy.schedulerName : request.schedulerName
        job.setMetadata("scheduler_info", .object(["scheduler": .string(name)]))
        let believed = request.prior ?? context.stamps.now
        let steps = if case .sequence(let steps) = request.subject { steps } else { [request] }
        var record = ScheduleRecord(schedulerName: name, request: request)
        var schedules: [ComputedSchedule] = []
        for (index, step) in steps.enumerated() {
            try job.checkCancellation()
            job.report(Double(index) / Double(steps.count), "solving")
            do {
                let schedule = try solve(step, job, records, after: schedules.flatMap(\.outputs))
                record.add(schedule)
                schedules.append(schedule)
            } catch let failure as SchedulingFailure {
                try fail(failure, job)
            }
        }
        let results = Array(zip(steps, schedules))
        job.onFinish { [self] transaction, job in
            for (step, schedule) in results {
                try save(schedule, step, believed: believed, transaction, job, records)
            }
        }
        return record.json
    }

    private func request(of job: JobContext, _ records: Directory) throws -> ScheduleRequest {
        let target: ScheduleRequest.Target
        if let sensor = job.payload["sensor"]?.intValue.flatMap(records.sensor) {
            target = .sensor(sensor)
        } else if let asset = job.payload["asset"]?.intValue.flatMap(records.asset) {
            target = .asset(asset)
        } else {
            throw JobFailure(errorClass: "LookupError", message: "The sensor or asset to schedule no longer exists.")
        }
        do {
            return try RequestBuilder(world: records, settings: SchedulingSettings(context.settings.planning))
                .request(job.payload["message"]?.objectValue ?? JSONObject(), for: target)
        } catch {
            throw JobFailure(errorClass: "ValidationError", message: error.description)
        }
    }

    /// - Parameter earlier: what the steps before brought; it is stored at the end of the job only.
    private func solve(
        _ step: ScheduleRequest, _ job: JobContext, _ records: Directory, after earlier: [SensorOutput]
    ) throws -> ComputedSchedule {
        let prepared = try context.store.read { transaction in
            let stored = StoreReadings(transaction: transaction, records: records)
            return try ScheduleComputation.prepare(step, readings: PlannedReadings(base: stored, earlier: earlier))
        }
        let (limits, stop) = SolveLimits.stoppable()
        job.onStop(stop)
        let computation = ScheduleComputation(lookup: records, limits: limits)
        guard isFallback else { return try computation.compute(step, prepared) }
        do {
            // In a sequence only some steps may be infeasible.
            return try computation.compute(step, prepared)
        } catch {
            guard error == .infeasible else { throw error }
            return try computation.computeFallback(step, prepared)
        }
    }

    /// Ends the job. An infeasible request gets a second job, which runs the fallback policy.
    private func fail(_ failure: SchedulingFailure, _ job: JobContext) throws -> Never {
        if failure == .cancelled { throw JobCancelled() }
        if failure == .infeasible, !isFallback {
            var second = JobRequest(kind: Self.fallbackKind, queue: "scheduling", payload: job.payload)
            second.metadata = job.job.metadata
            second.assetID = job.job.assetID
            second.sensorID = job.job.sensorID
            let fallback = try jobs.enqueue(second, as: .host)
            job.setMetadata("fallback_job_id", .string(fallback.id))
        }
        throw JobFailure(errorClass: failure.exceptionName, message: failure.message)
    }

    private func save(
        _ schedule: ComputedSchedule, _ request: ScheduleRequest, believed: Instant,
        _ transaction: WriteTransaction, _ job: JobContext, _ records: Directory
    ) throws {
        var source = DataSource(id: 0, name: context.settings.defaultSourceName, type: "scheduler")
        source.model = schedule.schedulerName
        source.version = Self.versions[schedule.schedulerName]
        let stored = try transaction.ensure(source)
        for output in schedule.outputs {
            var batch = BeliefBatch(sensor: output.sensor, source: stored.id)
            batch.reserveCapacity(output.values.count)
            for (index, value) in output.storedValues.enumerated() {
                let start = output.start + output.step * index
                batch.append(start: start.seconds, believedAt: believed, value: value)
            }
            _ = try transaction.save(batch, rule: SaveRule(mayReplace: true))
            if var sensor = records.sensor(output.sensor.id), let attributes = output.neededAttributes(of: sensor) {
                sensor.attributes = attributes
                try transaction.update(sensor)
            }
        }
        try recordLevel(schedule, of: request, in: transaction, records)
        job.setMetadata(
            "data_source_info",
            .object([
                "name": .string(stored.name), "model": .text(stored.model), "version": .text(stored.version),
                "id": .int(stored.id),
            ]))
    }

    /// Assets that keep the last known level as attributes get that of the start, if one device was scheduled.
    private func recordLevel(
        _ schedule: ComputedSchedule, of request: ScheduleRequest, in transaction: WriteTransaction,
        _ records: Directory
    ) throws {
        guard case .sensor = request.target, case .devices(let devices) = request.subject, devices.count == 1,
            let level = schedule.solved?.problem.devices.first?.start ?? devices[0].model.socAtStart,
            var asset = records.asset(devices[0].asset.id),
            asset.attributes["soc_datetime"] != nil || asset.attributes["soc_in_mwh"] != nil
        else { return }
        if asset.attributes["soc_datetime"] != nil { asset.attributes["soc_datetime"] = .string(request.start.text) }
        if asset.attributes["soc_in_mwh"] != nil { asset.attributes["soc_in_mwh"] = .double(level) }
        try transaction.update(asset)
    }

    /// Versions of the schedulers' rules, as they are recorded with their results.
    private static let versions = ["StorageScheduler": "7", "StorageFallbackScheduler": "3", "ProcessScheduler": "2"]
}
