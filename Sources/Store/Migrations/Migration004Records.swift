import GRDB

/// Tokens, audit log, outgoing mail, annotations, and what was deleted or changed lately and can be brought back.
enum Migration004Records: StoreMigration {
    static let name = "004-records"

    static func apply(to database: Database) throws {
        try database.execute(sql: tokens + audit + outbox + annotations + undo)
    }

    /// Only hashes of tokens are kept. `stamp` is the user's uniquifier at the time of issue.
    private static let tokens = """
        CREATE TABLE token (
            hash BLOB PRIMARY KEY,
            purpose INTEGER NOT NULL,
            user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
            stamp TEXT NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX token_by_user ON token (user_id);
        CREATE INDEX token_by_expiry ON token (expires_at);
        """

    /// Records outlive what they are about: the references become null.
    private static let audit = """
        CREATE TABLE audit_record (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            event TEXT NOT NULL,
            active_user_id INTEGER REFERENCES user (id) ON DELETE SET NULL,
            active_user_name TEXT,
            asset_id INTEGER REFERENCES asset (id) ON DELETE SET NULL,
            user_id INTEGER REFERENCES user (id) ON DELETE SET NULL,
            account_id INTEGER REFERENCES account (id) ON DELETE SET NULL
        ) STRICT;
        CREATE INDEX audit_by_active_user ON audit_record (active_user_id) WHERE active_user_id IS NOT NULL;
        CREATE INDEX audit_by_asset ON audit_record (asset_id) WHERE asset_id IS NOT NULL;
        CREATE INDEX audit_by_user ON audit_record (user_id) WHERE user_id IS NOT NULL;
        CREATE INDEX audit_by_account ON audit_record (account_id) WHERE account_id IS NOT NULL;
        """

    private static let outbox = """
        CREATE TABLE outgoing_mail (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            text TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            sent_at INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            error TEXT
        ) STRICT;
        CREATE INDEX outgoing_mail_unsent ON outgoing_mail (id) WHERE sent_at IS NULL;
        """

    private static let annotations = """
        CREATE TABLE annotation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            content TEXT NOT NULL,
            type TEXT NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            belief_time INTEGER,
            source_id INTEGER NOT NULL REFERENCES data_source (id),
            account_id INTEGER REFERENCES account (id) ON DELETE CASCADE,
            asset_id INTEGER REFERENCES asset (id) ON DELETE CASCADE,
            sensor_id INTEGER REFERENCES sensor (id) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX annotation_of_account ON annotation (account_id, start) WHERE account_id IS NOT NULL;
        CREATE INDEX annotation_of_asset ON annotation (asset_id, start) WHERE asset_id IS NOT NULL;
        CREATE INDEX annotation_of_sensor ON annotation (sensor_id, start) WHERE sensor_id IS NOT NULL;
        CREATE INDEX annotation_by_source ON annotation (source_id);
        """

    private static let undo = """
        CREATE TABLE undo_record (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            user_id INTEGER,
            account_id INTEGER,
            title TEXT NOT NULL,
            payload TEXT NOT NULL
        ) STRICT;
        CREATE INDEX undo_by_expiry ON undo_record (expires_at);
        CREATE TABLE doomed_sensor (
            sensor_id INTEGER PRIMARY KEY,
            undo_id INTEGER NOT NULL REFERENCES undo_record (id) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX doomed_by_undo ON doomed_sensor (undo_id);
        CREATE TABLE alarm_mark (
            key TEXT PRIMARY KEY,
            acknowledged_at INTEGER,
            acknowledged_by TEXT,
            shelved_until INTEGER,
            first_seen INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
