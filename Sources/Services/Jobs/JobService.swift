import EnergyCore
import FoundationEssentials
import Store

/// Background work: asking for it, looking at it, stopping it.
package struct JobService: Sendable {
    let context: ServiceContext
    /// Runs the jobs of this process.
    package let runner: JobRunner

    init(context: ServiceContext, chores: @escaping @Sendable () -> Void) {
        self.context = context
        runner = JobRunner(context: context, chores: chores)
    }

    /// Makes handlers known. Before `runner.start()`.
    package func register(_ handler: any JobHandler) {
        runner.register(handler)
    }

    /// Puts a job into the queue, or finds the job of an equal request that came less than an hour ago. The services
    /// that call this have checked what the caller may do.
    package func enqueue(_ request: JobRequest, as caller: Caller) throws -> Job {
        let now = context.clock.now
        let settings = context.settings.jobs
        let hash = request.sameAs.map { Fingerprint.of(request.kind + $0.text(.sorted)) }
        var job = Job(
            id: UUID().uuidString.lowercased(), kind: request.kind, queue: request.queue, payload: request.payload,
            enqueuedAt: now)
        job.metadata = request.metadata
        job.metadata["job_id"] = .string(job.id)
        job.assetID = request.assetID
        job.sensorID = request.sensorID
        job.userID = caller.userID
        job.requestHash = hash
        let stored = try context.write { transaction in
            if let hash, !request.forcesNew,
                let same = try transaction.job(requestHash: hash, since: now - settings.sameRequestLifetime, until: now)
            {
                return same
            }
            return try transaction.insert(
                job, needing: request.needs, expiresAt: settings.waitingLifetime.map { now + $0 })
        }
        if stored.state == .queued { runner.wake() }
        return stored
    }

    /// A job by its id, whoever asked for it; whoever answers with it checks the right to its asset or sensor.
    package func find(_ id: JobID) throws -> Job? {
        try context.store.read { try $0.job(id) }
    }

    /// A job that the caller may see: one of an asset or sensor it may read, or its own; admins and the host see all.
    package func job(_ id: JobID, as caller: Caller) throws -> Job {
        guard let job = try find(id) else { throw NotFound(.job, id: id) }
        try require(.read, on: job, for: caller)
        return job
    }

    /// The jobs that a job waits for.
    package func needs(of id: JobID) throws -> [Job] {
        try context.store.read { try $0.jobs(neededBy: id) }
    }

    /// The jobs of an asset itself, then those of each of its sensors, latest first within each.
    package func jobs(ofAsset id: AssetID, as caller: Caller) throws -> [Job] {
        _ = try context.asset(id, for: .read, caller)
        let sensors = try context.records().sensorIDs(ofAsset: id)
        return try context.store.read { transaction in
            var jobs = try transaction.jobs(.asset(id), limit: 500)
            for sensor in sensors {
                let all = try transaction.jobs(.sensor(sensor), limit: 500)
                jobs += all.filter { $0.queue == "scheduling" } + all.filter { $0.queue != "scheduling" }
            }
            return jobs
        }
    }

    /// The latest jobs that the caller may see.
    package func jobs(limit: Int, as caller: Caller) throws -> [Job] {
        let all = try context.store.read { try $0.jobs(.everything, limit: limit) }
        if caller.readsEverything { return all }
        return all.filter { (try? require(.read, on: $0, for: caller)) != nil }
    }

    /// The latest jobs that failed at or after a moment and that the caller may see.
    package func failures(since moment: Instant, as caller: Caller) throws -> [Job] {
        let failed = try context.store.read { try $0.failedJobs(since: moment, limit: 200) }
        return failed.filter { (try? require(.read, on: $0, for: caller)) != nil }
    }

    /// How many jobs are in each state, by queue. For the operator.
    package func counts() throws -> [String: [JobState: Int]] {
        try context.store.read { try $0.jobCounts() }
    }

    /// Ends a waiting job, or asks a running one to stop; returns its state before. With a job that stands for several
    /// others these end as well.
    @discardableResult
    package func cancel(_ id: JobID, as caller: Caller) throws -> JobState {
        let job = try job(id, as: caller)
        try require(.createChildren, on: job, for: caller)
        let now = context.clock.now
        let expiresAt = context.settings.jobs.resultLifetime.map { now + $0 }
        let parts = job.parts
        let state = try context.write { transaction in
            let state = try transaction.cancelJob(id, at: now, expiresAt: expiresAt)
            for part in parts { _ = try transaction.cancelJob(part, at: now, expiresAt: expiresAt) }
            return state
        }
        for one in [id] + parts { runner.noteCancelled(one) }
        return state ?? job.state
    }

    /// Runs an ended job again under its id.
    package func retry(_ id: JobID, as caller: Caller) throws {
        let job = try job(id, as: caller)
        try require(.createChildren, on: job, for: caller)
        let now = context.clock.now
        let expiresAt = context.settings.jobs.waitingLifetime.map { now + $0 }
        if try context.write({ try $0.retryJob(id, at: now, expiresAt: expiresAt) }) { runner.wake() }
    }

    /// Forgets all jobs of a queue (nil: all queues) in some states, running ones excepted. Returns how many. For
    /// admins.
    @discardableResult
    package func clear(queue: String?, states: [JobState], as caller: Caller) throws -> Int {
        guard caller.isAdmin else { throw AccessError.forbidden }
        return try context.write { try $0.deleteJobs(inQueue: queue, states: states) }
    }

    private func require(_ permission: Permission, on job: Job, for caller: Caller) throws {
        let isOwn = job.userID != nil && job.userID == caller.userID
        // What somebody was once allowed to do is no right to do it again.
        if caller.isAdmin || (isOwn && permission == .read) { return }
        let records = try context.records()
        if let asset = job.assetID.flatMap(records.asset) {
            return try AccessPolicy.require(permission, on: records.resource(asset), for: caller)
        }
        if let sensor = job.sensorID.flatMap(records.sensor) {
            return try AccessPolicy.require(permission, on: records.resource(sensor), for: caller)
        }
        guard isOwn || permission == .read && caller.readsEverything else { throw AccessError.forbidden }
    }
}

extension Job {
    /// The name under which clients find the jobs that a job stands for.
    static let partsField = "cycle_job_ids"

    /// The jobs that this one stands for.
    var parts: [JobID] { metadata[Self.partsField]?.arrayValue?.compactMap(\.stringValue) ?? [] }
}
