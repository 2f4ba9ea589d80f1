import EnergyCore
import GRDB

extension ReadTransaction {
    /// A value that belongs to the store as a whole, or nil.
    package func serverValue(_ name: String) throws -> JSONValue? {
        try String.fetchOne(database, sql: "SELECT value FROM server_value WHERE name = ?", arguments: [name])
            .map(StoredJSON.value)
    }
}

extension WriteTransaction {
    /// Keeps a value with the store.
    package func setServerValue(_ name: String, to value: JSONValue) throws {
        try database.execute(
            sql:
                "INSERT INTO server_value (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            arguments: [name, StoredJSON.text(value)])
    }
}
