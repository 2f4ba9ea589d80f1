import EnergyCore
import Forecasting
import Store

/// Forecasts of sensors: asking for them, looking at what came of it, and how good they would have been.
package struct ForecastService: Sendable {
    let context: ServiceContext
    let jobs: JobService
    let sources: SourceService

    init(context: ServiceContext, jobs: JobService, sources: SourceService) {
        self.context = context
        self.jobs = jobs
        self.sources = sources
        jobs.register(ForecastJob(context: context))
        jobs.register(ForecastUmbrellaJob())
    }

    /// Checks a trigger message and puts one job per cycle into the queue. The answer is that job, or with several cycles
    /// one that waits for them all.
    ///
    /// Throws `FieldErrors` for a faulty message or sensor, `AccessError` when the caller may not forecast the sensor or
    /// read a regressor.
    package func trigger(_ message: JSONValue, for sensor: SensorID, as caller: Caller) throws -> JobID {
        let now = context.clock.now
        let planning = ForecastPlanning(context: context)
        let plan = try planning.plan(message, sensor: sensor, now: now)
        let target = try context.sensor(sensor, for: .createChildren, caller)
        try checkRegressors(of: plan.config, as: caller)
        // The source exists before any job can need it.
        let source = try sources.ensure(planning.source(of: plan.config))
        let body = message.objectValue ?? JSONObject()
        let ids = try plan.cycles.indices.map { cycle in
            var job = JobRequest(
                kind: ForecastJob.kind, queue: "forecasting",
                payload: planning.payload(body, sensor: sensor, now: now, source: source.id, cycle: cycle))
            describe(&job, plan: plan, sensor: target, source: source)
            return try jobs.enqueue(job, as: caller).id
        }
        guard ids.count > 1 else { return ids.first ?? "" }
        var umbrella = JobRequest(kind: ForecastUmbrellaJob.kind, queue: "forecasting", payload: JSONObject())
        describe(&umbrella, plan: plan, sensor: target, source: source)
        umbrella.metadata[Job.partsField] = .array(ids.map { .string($0) })
        umbrella.needs = ids
        return try jobs.enqueue(umbrella, as: caller).id
    }

    /// Forecasts at once on the calling thread; for commands. Returns how many beliefs at how many belief times.
    ///
    /// - Parameter target: sensor to store the forecasts on, if not the same.
    package func run(
        _ message: JSONValue, for sensor: SensorID, savingTo target: SensorID? = nil, as caller: Caller,
        isCancelled: () -> Bool = { false }
    ) throws -> ForecastSummary {
        let planning = ForecastPlanning(context: context)
        let plan = try planning.plan(message, sensor: sensor, now: context.clock.now)
        let origin = try context.sensor(sensor, for: target == nil ? .createChildren : .read, caller)
        let place = try target.map { try context.sensor($0, for: .createChildren, caller) } ?? origin
        try checkRegressors(of: plan.config, as: caller)
        let source = try sources.ensure(planning.source(of: plan.config))
        let work = ForecastWork(context: context, sensor: origin, target: place, source: source.id, plan: plan)
        var summary = ForecastSummary()
        for cycle in plan.cycles {
            let outcome = try work.run(cycle.viewpoints, isCancelled: isCancelled)
            summary.beliefs += outcome.beliefs
            summary.beliefTimes += outcome.beliefTimes
            summary.report = outcome.report
        }
        return summary
    }

    /// The sensors that a caller may forecast, by id.
    package func forecastableSensors(as caller: Caller) throws -> [Sensor] {
        let records = try context.records()
        let assets = records.assets(of: nil) + records.accountsByID.flatMap { records.assets(of: $0.id) }
        return assets.flatMap { records.sensors(of: $0.id) }
            .filter { sensor in
                sensor.resolution > .zero
                    && AccessPolicy.allows(caller, to: .createChildren, records.resource(sensor))
            }
            .sorted { $0.id < $1.id }
    }

    private func checkRegressors(of config: ForecastConfig, as caller: Caller) throws {
        for reference in config.pastRegressors + config.futureRegressors {
            _ = try context.sensor(reference.sensor, for: .read, caller)
        }
        for reference in config.annotationRegressors {
            switch reference.target {
            case .account(let id): _ = try context.account(id, for: .read, caller)
            case .asset(let id): _ = try context.asset(id, for: .read, caller)
            case .sensor(let id): _ = try context.sensor(id, for: .read, caller)
            }
        }
    }

    private func describe(_ job: inout JobRequest, plan: ForecastPlan, sensor: Sensor, source: DataSource) {
        job.sensorID = sensor.id
        job.metadata["sensor_id"] = .int(sensor.id)
        job.metadata["start"] = .string(plan.start.text(offset: 0))
        job.metadata["end"] = .string(plan.end.text(offset: 0))
        job.metadata["data_source_info"] = .object(["id": .int(source.id), "name": .string(source.name)])
    }
}

/// What forecasting a sensor at once came to.
package struct ForecastSummary: Hashable, Sendable {
    package var beliefs = 0
    package var beliefTimes = 0
    package var report: ForecastReport?
}
