import EnergyCore
import FoundationEssentials
import GRDB

/// Which jobs a listing is about.
package enum JobScope: Hashable, Sendable {
    case asset(AssetID)
    case sensor(SensorID)
    case everything
}

extension ReadTransaction {
    /// A job by its id.
    package func job(_ id: JobID) throws -> Job? {
        try jobs(where: "id = ?", [id], order: "number", limit: 1).first
    }

    /// The jobs of an asset or sensor itself, or all, latest first.
    package func jobs(_ scope: JobScope, limit: Int) throws -> [Job] {
        switch scope {
        case .asset(let id): try jobs(where: "asset_id = ?", [id], order: "number DESC", limit: limit)
        case .sensor(let id): try jobs(where: "sensor_id = ?", [id], order: "number DESC", limit: limit)
        case .everything: try jobs(where: "1", [], order: "number DESC", limit: limit)
        }
    }

    /// The latest jobs that failed at or after a moment, latest first.
    package func failedJobs(since moment: Instant, limit: Int) throws -> [Job] {
        try jobs(
            where: "state = 4 AND ended_at >= ?", [moment.microseconds], order: "number DESC", limit: limit)
    }

    /// The latest job of an equal request that came at or after a moment and has neither failed nor been canceled.
    package func job(requestHash: [UInt8], since moment: Instant, until now: Instant) throws -> Job? {
        try jobs(
            where: "request_hash = ? AND enqueued_at BETWEEN ? AND ? AND state NOT IN (4, 5)",
            [Data(requestHash), moment.microseconds, now.microseconds], order: "number DESC", limit: 1
        ).first
    }

    /// The jobs that a job waits for, whatever their state. Ids of jobs that are gone are left out.
    package func jobs(neededBy id: JobID) throws -> [Job] {
        try jobs(
            where: "id IN (SELECT needs FROM job_dependency WHERE job = (SELECT number FROM job WHERE id = ?))",
            [id], order: "number", limit: -1)
    }

    /// How many jobs are in each state, by queue.
    package func jobCounts() throws -> [String: [JobState: Int]] {
        var counts: [String: [JobState: Int]] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT queue, state, count(*) FROM job GROUP BY queue, state") {
            guard let state = JobState(rawValue: row[1]) else { continue }
            counts[row[0], default: [:]][state] = row[2]
        }
        return counts
    }

    /// Whether a job of one of the kinds could be started.
    package func hasQueuedJob(ofKinds kinds: [String]) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT 1 FROM job WHERE state = 0 AND kind IN (\(marks(kinds.count))) LIMIT 1")
        return try Bool.fetchOne(statement, arguments: StatementArguments(kinds)) ?? false
    }

    func jobs(where condition: String, _ arguments: StatementArguments, order: String, limit: Int) throws -> [Job] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT number, id, kind, queue, state, payload, metadata, result, error_class, error, asset_id,
                       sensor_id, user_id, request_hash, enqueued_at, started_at, ended_at, progress, progress_text,
                       attempts, owner, lease, cancel_requested
                FROM job WHERE \(condition) ORDER BY \(order) LIMIT \(limit)
                """)
        return try Row.fetchAll(statement, arguments: arguments).map(Job.init(row:))
    }

    func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }
}

extension Job {
    fileprivate init(row: Row) {
        self.init(
            id: row[1], kind: row[2], queue: row[3], payload: StoredJSON.object(row[5]),
            enqueuedAt: Instant(microseconds: row[14]))
        number = row[0]
        state = JobState(rawValue: row[4]) ?? .failed
        metadata = StoredJSON.object(row[6])
        result = (row[7] as String?).map(StoredJSON.value)
        errorClass = row[8]
        error = row[9]
        assetID = row[10]
        sensorID = row[11]
        userID = row[12]
        requestHash = (row[13] as Data?).map { Array($0) }
        startedAt = Instant(column: row[15])
        endedAt = Instant(column: row[16])
        progress = row[17]
        progressText = row[18]
        attempts = row[19]
        owner = row[20]
        lease = Instant(column: row[21])
        cancelRequested = row[22]
    }
}
