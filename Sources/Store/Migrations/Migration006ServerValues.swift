import GRDB

/// What belongs to the store as a whole and travels with it: its default time zone, the hosts it was reached under.
enum Migration006ServerValues: StoreMigration {
    static let name = "006-server-values"

    static func apply(to database: Database) throws {
        try database.execute(
            sql: "CREATE TABLE server_value (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    }
}
