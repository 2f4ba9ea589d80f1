import GRDB

/// Room for beliefs about events at equal steps, many in one row. What was stored before stays in rows of its own.
enum Migration008BeliefBlocks: StoreMigration {
    static let name = "008-belief-blocks"

    /// `start` and `last`: first and last event in seconds, `step` apart. `horizon` in microseconds is the first
    /// event's; each further one adds `horizon_step`. `content`: a little-endian double for each event.
    ///
    /// A table with rowids, because a row of it fills a page, and the inner pages of others hold rows too.
    static func apply(to database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE belief_block (
                    id INTEGER PRIMARY KEY,
                    sensor INTEGER NOT NULL,
                    start INTEGER NOT NULL,
                    last INTEGER NOT NULL,
                    step INTEGER NOT NULL,
                    source INTEGER NOT NULL,
                    horizon INTEGER NOT NULL,
                    horizon_step INTEGER NOT NULL,
                    content BLOB NOT NULL
                ) STRICT;
                CREATE INDEX belief_block_by_event ON belief_block (sensor, start, last);
                """)
    }
}
