import EnergyCore
import GRDB

/// What people did about an alarm.
package struct AlarmMark: Hashable, Sendable {
    /// Names the alarm: what is wrong with which record.
    package var key: String
    package var firstSeen: Instant
    package var acknowledgedAt: Instant?
    package var acknowledgedBy: String?
    package var shelvedUntil: Instant?
    /// What they had to say.
    package var note: String?

    package init(key: String, firstSeen: Instant) {
        self.key = key
        self.firstSeen = firstSeen
    }
}

extension ReadTransaction {
    /// All marks, by key of the alarm.
    package func alarmMarks() throws -> [String: AlarmMark] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT key, first_seen, acknowledged_at, acknowledged_by, shelved_until, note FROM alarm_mark")
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                var mark = AlarmMark(key: row[0], firstSeen: Instant(microseconds: row[1]))
                mark.acknowledgedAt = Instant(column: row[2])
                mark.acknowledgedBy = row[3]
                mark.shelvedUntil = Instant(column: row[4])
                mark.note = row[5]
                return (mark.key, mark)
            })
    }
}

extension WriteTransaction {
    /// Stores the present state of a mark.
    package func set(_ mark: AlarmMark) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO alarm_mark
                    (key, first_seen, acknowledged_at, acknowledged_by, shelved_until, note) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                mark.key, mark.firstSeen.microseconds, mark.acknowledgedAt?.microseconds, mark.acknowledgedBy,
                mark.shelvedUntil?.microseconds, mark.note,
            ])
        note(.settings)
    }

    /// Forgets a mark: the alarm is over.
    package func deleteAlarmMark(_ key: String) throws {
        try database.execute(sql: "DELETE FROM alarm_mark WHERE key = ?", arguments: [key])
        note(.settings)
    }

    /// Forgets marks made before a moment.
    package func deleteAlarmMarks(madeBefore moment: Instant) throws {
        try database.execute(sql: "DELETE FROM alarm_mark WHERE first_seen < ?", arguments: [moment.microseconds])
    }
}
