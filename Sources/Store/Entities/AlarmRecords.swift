import EnergyCore
import GRDB

/// An alarm that came, and went or lasts.
package struct AlarmRecord: Hashable, Sendable {
    /// 0 until it is stored.
    package var id: Int
    /// Names the alarm for as long as its cause lasts.
    package var alarm: String
    /// What is wrong with what: the same each time that it happens.
    package var subject: String
    package var assetID: AssetID?
    /// Name of the asset when it happened.
    package var place: String
    /// What is wrong, without figures that grow.
    package var title: String
    package var isUrgent: Bool
    package var raisedAt: Instant
    /// nil while it lasts.
    package var clearedAt: Instant?

    package init(alarm: String, subject: String, assetID: AssetID?, place: String, title: String, raisedAt: Instant) {
        id = 0
        isUrgent = false
        self.alarm = alarm
        self.subject = subject
        self.assetID = assetID
        self.place = place
        self.title = title
        self.raisedAt = raisedAt
    }

    fileprivate init(_ row: Row) {
        self.init(
            alarm: row[1], subject: row[2], assetID: row[3], place: row[4], title: row[5],
            raisedAt: Instant(microseconds: row[7]))
        id = row[0]
        isUrgent = row[6]
        clearedAt = Instant(column: row[8])
    }
}

extension ReadTransaction {
    private static let columns = "id, alarm, subject, asset_id, place, title, is_urgent, raised_at, cleared_at"

    /// The alarms that last.
    package func openAlarmRecords() throws -> [AlarmRecord] {
        let sql = "SELECT \(Self.columns) FROM alarm_record WHERE cleared_at IS NULL ORDER BY id"
        return try Row.fetchAll(database, sql: sql).map { AlarmRecord($0) }
    }

    /// The alarms that came after a moment, newest first.
    package func alarmRecords(raisedAfter moment: Instant, limit: Int) throws -> [AlarmRecord] {
        let sql = """
            SELECT \(Self.columns) FROM alarm_record WHERE raised_at > ? ORDER BY raised_at DESC, id DESC LIMIT ?
            """
        return try Row.fetchAll(database, sql: sql, arguments: [moment.microseconds, limit]).map { AlarmRecord($0) }
    }
}

extension WriteTransaction {
    /// Writes down that an alarm came. Nobody is told: whoever finds alarms has just found this one.
    package func insert(_ record: AlarmRecord) throws {
        try database.execute(
            sql: """
                INSERT INTO alarm_record (alarm, subject, asset_id, place, title, is_urgent, raised_at, cleared_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.alarm, record.subject, record.assetID, record.place, record.title, record.isUrgent,
                record.raisedAt.microseconds, record.clearedAt?.microseconds,
            ])
    }

    /// Writes down that an alarm went.
    package func clearAlarmRecord(_ id: Int, at moment: Instant) throws {
        try database.execute(
            sql: "UPDATE alarm_record SET cleared_at = ? WHERE id = ?", arguments: [moment.microseconds, id])
    }

    /// Forgets alarms that came before a moment and are over, and all but so many of the newest.
    package func deleteAlarmRecords(raisedBefore moment: Instant, keeping count: Int) throws {
        try database.execute(
            sql: "DELETE FROM alarm_record WHERE raised_at < ? AND cleared_at IS NOT NULL",
            arguments: [moment.microseconds])
        try database.execute(
            sql: """
                DELETE FROM alarm_record WHERE id <= (SELECT id FROM alarm_record ORDER BY id DESC LIMIT 1 OFFSET ?)
                """, arguments: [count])
    }
}
