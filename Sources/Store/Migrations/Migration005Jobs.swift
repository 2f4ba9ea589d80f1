import GRDB

/// The queue of background work and its results.
enum Migration005Jobs: StoreMigration {
    static let name = "005-jobs"

    /// `state`: 0 queued, 1 deferred, 2 started, 3 finished, 4 failed, 5 canceled. `lease` says until when its worker
    /// is believed to be alive.
    static func apply(to database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE job (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL UNIQUE,
                    kind TEXT NOT NULL,
                    queue TEXT NOT NULL,
                    state INTEGER NOT NULL,
                    payload TEXT NOT NULL,
                    metadata TEXT NOT NULL DEFAULT '{}',
                    result TEXT,
                    error_class TEXT,
                    error TEXT,
                    asset_id INTEGER,
                    sensor_id INTEGER,
                    user_id INTEGER,
                    request_hash BLOB,
                    enqueued_at INTEGER NOT NULL,
                    started_at INTEGER,
                    ended_at INTEGER,
                    expires_at INTEGER,
                    progress REAL NOT NULL DEFAULT 0,
                    progress_text TEXT NOT NULL DEFAULT '',
                    attempts INTEGER NOT NULL DEFAULT 0,
                    owner TEXT,
                    lease INTEGER,
                    cancel_requested INTEGER NOT NULL DEFAULT 0
                ) STRICT;
                CREATE INDEX job_waiting ON job (state, number) WHERE state IN (0, 1, 2);
                CREATE INDEX job_by_asset ON job (asset_id, number) WHERE asset_id IS NOT NULL;
                CREATE INDEX job_by_sensor ON job (sensor_id, number) WHERE sensor_id IS NOT NULL;
                CREATE INDEX job_by_request ON job (request_hash, number) WHERE request_hash IS NOT NULL;
                CREATE INDEX job_by_expiry ON job (expires_at) WHERE expires_at IS NOT NULL;
                CREATE TABLE job_dependency (
                    job INTEGER NOT NULL REFERENCES job (number) ON DELETE CASCADE,
                    needs TEXT NOT NULL,
                    PRIMARY KEY (job, needs)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX job_dependency_by_needs ON job_dependency (needs);
                """)
    }
}
