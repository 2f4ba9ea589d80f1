import EnergyCore
import FoundationEssentials
import GRDB

extension WriteTransaction {
    /// Stores a new job. It waits until the jobs it needs are finished; of these, ones that are finished already or
    /// not stored do not count, and one that has failed makes it fail.
    ///
    /// - Parameter expiresAt: when it is given up unless it was started by then; nil: never.
    /// - Returns: the job as stored.
    package func insert(_ job: Job, needing needs: [JobID] = [], expiresAt: Instant?) throws -> Job {
        var stored = job
        let pending = try needs.compactMap { try self.job($0) }.filter { $0.state != .finished }
        if !pending.isEmpty { stored.state = .deferred }
        try database.cachedStatement(
            sql: """
                INSERT INTO job (id, kind, queue, state, payload, metadata, asset_id, sensor_id, user_id,
                    request_hash, enqueued_at, expires_at, started_at, owner, lease, attempts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            stored.id, stored.kind, stored.queue, stored.state.rawValue, StoredJSON.text(stored.payload),
            StoredJSON.text(stored.metadata), stored.assetID, stored.sensorID, stored.userID,
            stored.requestHash.map { Data($0) }, stored.enqueuedAt.microseconds, expiresAt?.microseconds,
            stored.startedAt?.microseconds, stored.owner, stored.lease?.microseconds, stored.attempts,
        ])
        stored.number = Int(database.lastInsertedRowID)
        for need in pending {
            try database.execute(
                sql: "INSERT OR IGNORE INTO job_dependency (job, needs) VALUES (?, ?)",
                arguments: [stored.number, need.id])
        }
        for need in pending where need.state.isOver {
            try release(waitersOf: need.id, as: need.state, at: stored.enqueuedAt, expiresAt: expiresAt)
        }
        note(.jobs, stored.number)
        return pending.isEmpty ? stored : try self.job(stored.id) ?? stored
    }

    /// Gives the oldest queued job of one of the kinds to a worker, for as long as the lease; nil if there is none.
    /// Queues that have enough workers already are left out.
    package func claimJob(
        ofKinds kinds: [String], exceptQueues: [String] = [], for owner: String, now: Instant, lease: Instant
    ) throws -> Job? {
        guard !kinds.isEmpty else { return nil }
        let oldest = try jobs(
            where: "state = 0 AND kind IN (\(marks(kinds.count))) AND queue NOT IN (\(marks(exceptQueues.count)))",
            StatementArguments(kinds + exceptQueues), order: "number", limit: 1)
        guard var job = oldest.first else { return nil }
        (job.state, job.owner, job.lease, job.startedAt) = (.started, owner, lease, now)
        job.attempts += 1
        try database.cachedStatement(
            sql: """
                UPDATE job SET state = 2, owner = ?, lease = ?, started_at = ?, attempts = ?, expires_at = NULL
                WHERE number = ?
                """
        ).execute(arguments: [owner, lease.microseconds, now.microseconds, job.attempts, job.number])
        note(.jobs, job.number)
        return job
    }

    /// Says that a worker is alive, and how far it is. Returns false if it has lost the job, and whether the job was
    /// asked to stop.
    package func heartbeat(
        _ job: Job, owner: String, lease: Instant, progress: Double, text: String
    ) throws -> (isOwned: Bool, isCancelRequested: Bool) {
        try database.cachedStatement(
            sql: """
                UPDATE job SET lease = ?, progress = ?, progress_text = ? WHERE number = ? AND owner = ? AND state = 2
                """
        ).execute(arguments: [lease.microseconds, progress, text, job.number, owner])
        guard database.changesCount > 0 else { return (false, false) }
        note(.jobs, job.number)
        let asked = try Bool.fetchOne(
            database, sql: "SELECT cancel_requested FROM job WHERE number = ?", arguments: [job.number])
        return (true, asked ?? false)
    }

    /// Stores how a job ended and lets go those that waited for it. A job ends once: false if the worker had lost it
    /// or it was over already.
    @discardableResult
    package func end(
        _ job: Job, owner: String, _ outcome: JobOutcome, metadata: JSONObject, at now: Instant, expiresAt: Instant?
    ) throws -> Bool {
        let (state, result, errorClass, message) = columns(of: outcome)
        try database.cachedStatement(
            sql: """
                UPDATE job SET state = ?, result = ?, error_class = ?, error = ?, metadata = ?, ended_at = ?,
                    expires_at = ?, owner = NULL, lease = NULL, progress = CASE ? WHEN 3 THEN 1 ELSE progress END
                WHERE number = ? AND owner = ? AND state = 2
                """
        ).execute(arguments: [
            state.rawValue, result, errorClass, message, StoredJSON.text(metadata), now.microseconds,
            expiresAt?.microseconds, state.rawValue, job.number, owner,
        ])
        guard database.changesCount > 0 else { return false }
        note(.jobs, job.number)
        try release(waitersOf: job.id, as: state, at: now, expiresAt: expiresAt)
        return true
    }

    /// Ends a job that waits, or asks a running one to stop. Returns its state before; nil if there is no such job.
    package func cancelJob(_ id: JobID, at now: Instant, expiresAt: Instant?) throws -> JobState? {
        guard let job = try job(id) else { return nil }
        switch job.state {
        case .queued, .deferred:
            try database.execute(
                sql: "UPDATE job SET state = 5, ended_at = ?, expires_at = ? WHERE number = ?",
                arguments: [now.microseconds, expiresAt?.microseconds, job.number])
            try release(waitersOf: id, as: .canceled, at: now, expiresAt: expiresAt)
        case .started:
            try database.execute(
                sql: "UPDATE job SET cancel_requested = 1 WHERE number = ?", arguments: [job.number])
        case .finished, .failed, .canceled: break
        }
        note(.jobs, job.number)
        return job.state
    }

    /// Takes jobs from workers that show no sign of life: they are queued again, or fail when they were started
    /// `attempts` times. Returns how many.
    package func reclaimJobs(at now: Instant, attempts: Int, expiresAt: Instant?) throws -> Int {
        let lost = try jobs(where: "state = 2 AND lease < ?", [now.microseconds], order: "number", limit: -1)
        for job in lost {
            if job.cancelRequested {
                try end(job, owner: job.owner ?? "", .canceled, metadata: job.metadata, at: now, expiresAt: expiresAt)
            } else if job.attempts >= attempts {
                let message = "its worker stopped \(job.attempts) times without a result"
                try end(
                    job, owner: job.owner ?? "", .failed(errorClass: "WorkerLost", message: message),
                    metadata: job.metadata, at: now, expiresAt: expiresAt)
            } else {
                try requeue(job, from: job.owner ?? "")
            }
        }
        return lost.count
    }

    /// Ends the leases of all owners that are known to be gone.
    package func expireLeases(of isGone: (String) -> Bool, at now: Instant) throws {
        let owners = try String.fetchAll(
            database, sql: "SELECT DISTINCT owner FROM job WHERE state = 2 AND owner IS NOT NULL")
        for owner in owners where isGone(owner) {
            try database.execute(
                sql: "UPDATE job SET lease = ? WHERE state = 2 AND owner = ?",
                arguments: [now.microseconds - 1, owner])
        }
    }

    /// Ends leases no later than a moment: after a clock was set back, those of workers that are gone would last too long.
    package func shortenLeases(to latest: Instant) throws {
        try database.execute(
            sql: "UPDATE job SET lease = ?1 WHERE state = 2 AND lease > ?1", arguments: [latest.microseconds])
    }

    /// Gives a job that its worker did not finish back to the queue.
    package func requeue(_ job: Job, from owner: String) throws {
        try database.execute(
            sql: """
                UPDATE job SET state = 0, owner = NULL, lease = NULL, started_at = NULL, progress = 0,
                    progress_text = '' WHERE number = ? AND owner = ? AND state = 2
                """, arguments: [job.number, owner])
        note(.jobs, job.number)
    }

    /// Puts an ended job into the queue again; false if it is not over.
    package func retryJob(_ id: JobID, at now: Instant, expiresAt: Instant?) throws -> Bool {
        try database.execute(
            sql: """
                UPDATE job SET state = 0, result = NULL, error_class = NULL, error = NULL, enqueued_at = ?,
                    started_at = NULL, ended_at = NULL, expires_at = ?, progress = 0, progress_text = '',
                    attempts = 0, cancel_requested = 0
                WHERE id = ? AND state IN (3, 4, 5)
                """, arguments: [now.microseconds, expiresAt?.microseconds, id])
        note(.jobs)
        return database.changesCount > 0
    }

    /// Forgets jobs whose time is over. Returns how many.
    @discardableResult
    package func deleteJobs(expiredBy now: Instant) throws -> Int {
        try database.execute(sql: "DELETE FROM job WHERE expires_at <= ?", arguments: [now.microseconds])
        if database.changesCount > 0 { note(.jobs) }
        return database.changesCount
    }

    /// Forgets all jobs of a queue in one of the states. Returns how many.
    package func deleteJobs(inQueue queue: String?, states: [JobState]) throws -> Int {
        var arguments = StatementArguments(states.map(\.rawValue))
        if let queue { arguments += [queue] }
        try database.execute(
            sql: """
                DELETE FROM job WHERE state IN (\(marks(states.count))) AND state <> 2
                    \(queue == nil ? "" : "AND queue = ?")
                """, arguments: arguments)
        note(.jobs)
        return database.changesCount
    }

    /// After a job ended: those that waited for it alone are queued, or fail if it has no result.
    private func release(waitersOf id: JobID, as state: JobState, at now: Instant, expiresAt: Instant?) throws {
        let waiters = try jobs(
            where: "state = 1 AND number IN (SELECT job FROM job_dependency WHERE needs = ?)", [id], order: "number",
            limit: -1)
        for waiter in waiters where state == .finished {
            try database.execute(
                sql: "DELETE FROM job_dependency WHERE job = ? AND needs = ?", arguments: [waiter.number, id])
            try database.execute(
                sql: """
                    UPDATE job SET state = 0 WHERE number = ?1
                        AND NOT EXISTS (SELECT 1 FROM job_dependency WHERE job = ?1)
                    """, arguments: [waiter.number])
            note(.jobs, waiter.number)
        }
        for waiter in waiters where state != .finished {
            let verb = state == .canceled ? "was canceled" : "failed"
            try database.execute(
                sql: """
                    UPDATE job SET state = 4, error_class = 'DependencyFailed', error = ?, ended_at = ?,
                        expires_at = ? WHERE number = ?
                    """,
                arguments: [
                    "job \(id), which it needs, \(verb)", now.microseconds, expiresAt?.microseconds,
                    waiter.number,
                ])
            note(.jobs, waiter.number)
            try release(waitersOf: waiter.id, as: .failed, at: now, expiresAt: expiresAt)
        }
    }

    private func columns(
        of outcome: JobOutcome
    ) -> (state: JobState, result: String?, errorClass: String?, message: String?) {
        switch outcome {
        case .finished(let result): (.finished, result.map(StoredJSON.text), nil, nil)
        case .failed(let errorClass, let message): (.failed, nil, errorClass, message)
        case .canceled: (.canceled, nil, nil, nil)
        }
    }
}
