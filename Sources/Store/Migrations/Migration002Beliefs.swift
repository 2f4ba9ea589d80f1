import GRDB

/// Beliefs, their roll-ups and their summary. `Store.docc/Store.md` says why the columns are what they are.
enum Migration002Beliefs: StoreMigration {
    static let name = "002-beliefs"

    static func apply(to database: Database) throws {
        try database.execute(sql: beliefs + rollUps + summaries)
    }

    /// `start` in seconds, `horizon` in microseconds, `probability` in billionths above one half (so that ordinary
    /// data need no byte for it), `value` in the sensor's unit, null for "not a number".
    private static let beliefs = """
        CREATE TABLE belief (
            sensor INTEGER NOT NULL,
            start INTEGER NOT NULL,
            source INTEGER NOT NULL,
            horizon INTEGER NOT NULL,
            probability INTEGER NOT NULL,
            value REAL,
            PRIMARY KEY (sensor, start, source, horizon, probability)
        ) STRICT, WITHOUT ROWID;
        """

    /// The chosen values of the events that start in a bin; `level` 1: quarter-hours, 2: hours, 3: days of the
    /// sensor's zone.
    private static let rollUps = """
        CREATE TABLE roll_up (
            sensor INTEGER NOT NULL,
            level INTEGER NOT NULL,
            start INTEGER NOT NULL,
            count INTEGER NOT NULL,
            sum REAL NOT NULL,
            min REAL NOT NULL,
            max REAL NOT NULL,
            PRIMARY KEY (sensor, level, start)
        ) STRICT, WITHOUT ROWID;
        """

    /// All stored beliefs by source and month (UTC, counted from January of the year 0). `numbers` leaves "not a
    /// number" out; `last_belief` is the latest belief time in microseconds.
    private static let summaries = """
        CREATE TABLE belief_summary (
            sensor INTEGER NOT NULL,
            source INTEGER NOT NULL,
            month INTEGER NOT NULL,
            count INTEGER NOT NULL,
            numbers INTEGER NOT NULL,
            sum REAL NOT NULL,
            min REAL,
            max REAL,
            first_start INTEGER NOT NULL,
            last_start INTEGER NOT NULL,
            last_belief INTEGER NOT NULL,
            PRIMARY KEY (sensor, source, month)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX belief_summary_by_source ON belief_summary (source);
        """
}
