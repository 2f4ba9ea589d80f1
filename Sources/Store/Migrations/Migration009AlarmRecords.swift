import GRDB

/// When alarms came and went, and what people had to say about them.
enum Migration009AlarmRecords: StoreMigration {
    static let name = "009-alarm-records"

    /// `alarm` names one cause for as long as it lasts, `subject` what is wrong with what, however often it happens.
    static func apply(to database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE alarm_record (
                    id INTEGER PRIMARY KEY,
                    alarm TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    asset_id INTEGER,
                    place TEXT NOT NULL,
                    title TEXT NOT NULL,
                    is_urgent INTEGER NOT NULL,
                    raised_at INTEGER NOT NULL,
                    cleared_at INTEGER
                ) STRICT;
                CREATE INDEX alarm_record_open ON alarm_record (alarm) WHERE cleared_at IS NULL;
                CREATE INDEX alarm_record_by_time ON alarm_record (raised_at);
                ALTER TABLE alarm_mark ADD COLUMN note TEXT;
                """)
    }
}
