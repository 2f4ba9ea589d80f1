import EnergyCore
import Scheduling
import Store

/// What a client that asks for the schedule of a job is to hear.
package enum ScheduleAnswer: Hashable, Sendable {
    /// There is no job of this id that is about schedules.
    case unknown
    /// There is nothing to show, now or ever; the sentence says why.
    case none(sentence: String)
    case found(PlannedValues)
}

/// The part of a schedule that is about one sensor.
package struct PlannedValues: Hashable, Sendable {
    package var schedulerName: String
    package var sensor: Sensor
    package var start: Instant
    package var step: TimeSpan
    /// In the sensor's unit, consumption positive.
    package var values: [Double]

    /// How long the values last.
    package var duration: TimeSpan { step * values.count }
    /// The sentence of the answer.
    package var sentence: String { "Request has been processed. \(schedulerName) was used." }
}

/// State and outcome of a scheduling job in one form for all surfaces.
package struct ScheduleJobInfo: Sendable {
    package var job: Job
    /// The scheduler that ran or will run, if known.
    package var schedulerName: String?
    package var cost: Double?
    /// Per commitment.
    package var costs: [(name: String, cost: Double)]
    package var currency: String?
    /// The job that stands in for this one.
    package var fallback: JobID?
    /// Sensors that have planned values.
    package var sensors: [SensorID]
}

extension ScheduleService {
    /// The planned values of a job for one sensor.
    ///
    /// - Parameter duration: how much is wanted; capped at the planning horizon and at what was scheduled.
    package func answer(
        for id: JobID, sensor sensorID: SensorID, duration: TimeSpan, as caller: Caller
    ) throws -> ScheduleAnswer {
        let sensor = try context.sensor(sensorID, for: .read, caller)
        guard let job = try jobs.find(id), job.queue == "scheduling" else { return .unknown }
        return try answer(job, sensor, duration)
    }

    private func answer(_ job: Job, _ sensor: Sensor, _ duration: TimeSpan) throws -> ScheduleAnswer {
        if job.state == .failed, let fallback = job.metadata["fallback_job_id"]?.stringValue,
            let second = try jobs.find(fallback)
        {
            return try answer(second, sensor, duration)
        }
        guard job.state == .finished else { return .none(sentence: try sentence(about: job)) }
        guard let values = planned(job, sensor, duration) else {
            let text =
                "A scheduling job has been processed with your job ID, but the schedule was not found in the database."
            return .none(sentence: Self.sentence(text, job))
        }
        return .found(values)
    }

    private func planned(_ job: Job, _ sensor: Sensor, _ duration: TimeSpan) -> PlannedValues? {
        let outputs = job.result?["outputs"]?.arrayValue ?? []
        guard let output = outputs.last(where: { $0["sensor"]?.intValue == sensor.id }),
            let start = output["start"]?.stringValue.flatMap({ try? Instant(parsing: $0) }),
            let step = output["step"]?.stringValue.flatMap({ try? ISODuration(parsing: $0) })?.absolute, step > .zero
        else { return nil }
        let all = (output["values"]?.arrayValue ?? []).map { $0.doubleValue ?? .nan }
        let wanted = min(duration, context.settings.planning.horizon)
        let count = Int((wanted.microseconds + step.microseconds - 1) / step.microseconds)
        guard !all.isEmpty, count > 0 else { return nil }
        return PlannedValues(
            schedulerName: Self.schedulerName(of: job), sensor: sensor, start: start, step: step,
            values: Array(all.prefix(count)))
    }

    private func sentence(about job: Job) throws -> String {
        switch job.state {
        case .queued: Self.sentence("Scheduling job waiting to be processed.", job)
        case .started: Self.sentence("Scheduling job in progress.", job)
        case .canceled: Self.sentence("Scheduling job has been cancelled.", job)
        case .deferred:
            if let other = try jobs.needs(of: job.id).first(where: { !$0.state.isOver }) {
                Self.sentence(
                    "Scheduling job waiting for \(other.state.name) job \"\(other.id)\" to be processed.", job)
            } else {
                Self.sentence("Scheduling job waiting for unknown job to be processed.", job)
            }
        case .failed:
            Self.sentence("Scheduling job failed with \(job.errorClass ?? "Exception"): \(job.error ?? "").", job)
        case .finished: Self.sentence("Scheduling job has an unknown status.", job)
        }
    }

    private static func sentence(_ middle: String, _ job: Job) -> String {
        "No known schedule for this time period. \(middle) \(schedulerName(of: job)) was used."
    }

    /// Empty until a worker has picked up the job.
    private static func schedulerName(of job: Job) -> String {
        job.metadata["scheduler_info"]?["scheduler"]?.stringValue ?? ""
    }

    /// State and outcome of a job that the caller may see.
    package func info(_ id: JobID, as caller: Caller) throws -> ScheduleJobInfo {
        let job = try jobs.job(id, as: caller)
        let name = Self.schedulerName(of: job)
        let costs = (job.result?["costs"]?.objectValue ?? JSONObject()).compactMap { member in
            member.value.doubleValue.map { (name: member.key, cost: $0) }
        }
        return ScheduleJobInfo(
            job: job, schedulerName: name.isEmpty ? nil : name, cost: job.result?["cost"]?.doubleValue, costs: costs,
            currency: job.result?["currency"]?.stringValue,
            fallback: job.metadata["fallback_job_id"]?.stringValue,
            sensors: (job.result?["outputs"]?.arrayValue ?? []).compactMap { $0["sensor"]?.intValue })
    }
}

extension ScheduleService {
    /// What the devices of a message did by their measurements, priced as a schedule for the same window would be.
    package func measuredCosts(_ message: JSONObject, for target: Target, as caller: Caller) throws -> MeasuredCosts {
        let request = try request(message, for: target, as: caller)
        let records = try context.records()
        return try context.store.read { transaction in
            let readings = StoreReadings(transaction: transaction, records: records)
            return try ScheduleComputation.measuredCosts(of: request, readings: readings, lookup: records)
        }
    }
}
