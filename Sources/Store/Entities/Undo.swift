import EnergyCore
import GRDB

/// Something that was done lately and can be taken back.
package struct UndoRecord: Hashable, Sendable {
    package var id: Int
    package var at: Instant
    package var expiresAt: Instant
    /// Who did it; nil: the operator on the machine.
    package var userID: UserID?
    package var accountID: AccountID?
    package var title: String
    /// What is needed to take it back; only services know its shape.
    package var payload: JSONObject

    package init(at: Instant, expiresAt: Instant, title: String, payload: JSONObject) {
        id = 0
        self.at = at
        self.expiresAt = expiresAt
        self.title = title
        self.payload = payload
    }
}

extension ReadTransaction {
    /// What can still be taken back at a moment, newest first.
    package func undoRecords(at moment: Instant) throws -> [UndoRecord] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, at, expires_at, user_id, account_id, title, payload FROM undo_record
                WHERE expires_at > ? ORDER BY id DESC
                """, arguments: [moment.microseconds])
        return rows.map { row in
            var record = UndoRecord(
                at: Instant(microseconds: row[1]), expiresAt: Instant(microseconds: row[2]), title: row[5],
                payload: StoredJSON.object(row[6]))
            record.id = row[0]
            record.userID = row[3]
            record.accountID = row[4]
            return record
        }
    }

    /// Deleted sensors whose time to come back is over; their data can go.
    package func doomedSensors(expiredBy moment: Instant) throws -> [SensorID] {
        try Int.fetchAll(
            database,
            sql: """
                SELECT sensor_id FROM doomed_sensor JOIN undo_record ON undo_record.id = undo_id
                WHERE expires_at <= ?
                """, arguments: [moment.microseconds])
    }
}

extension WriteTransaction {
    /// Stores what is needed to take something back, and the deleted sensors whose data must wait for it.
    @discardableResult
    package func insert(_ record: UndoRecord, doomedSensors: [SensorID]) throws -> Int {
        try database.execute(
            sql: """
                INSERT INTO undo_record (at, expires_at, user_id, account_id, title, payload) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.at.microseconds, record.expiresAt.microseconds, record.userID, record.accountID, record.title,
                StoredJSON.text(record.payload),
            ])
        let id = Int(database.lastInsertedRowID)
        for sensor in doomedSensors {
            try database.execute(
                sql: "INSERT OR REPLACE INTO doomed_sensor (sensor_id, undo_id) VALUES (?, ?)", arguments: [sensor, id])
        }
        return id
    }

    /// Forgets a record: it was taken back, or its time is over.
    package func deleteUndo(_ id: Int) throws {
        try database.execute(sql: "DELETE FROM undo_record WHERE id = ?", arguments: [id])
    }

    /// Forgets that a sensor's data must go.
    package func spareSensor(_ id: SensorID) throws {
        try database.execute(sql: "DELETE FROM doomed_sensor WHERE sensor_id = ?", arguments: [id])
    }

    /// Forgets all records whose time is over.
    package func deleteUndo(expiredBy moment: Instant) throws {
        try database.execute(sql: "DELETE FROM undo_record WHERE expires_at <= ?", arguments: [moment.microseconds])
    }
}
