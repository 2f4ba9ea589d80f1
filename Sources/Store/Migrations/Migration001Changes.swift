import GRDB

/// The table by which processes see each other's changes.
///
/// `sequence` is the number of the transaction that changed the row's subject last, so that "what changed since
/// number n" is a range of the index.
enum Migration001Changes: StoreMigration {
    static let name = "001-changes"

    static func apply(to database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE change (
                    subject INTEGER NOT NULL,
                    id INTEGER NOT NULL,
                    sequence INTEGER NOT NULL,
                    PRIMARY KEY (subject, id)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX change_by_sequence ON change (sequence);
                """)
    }
}
