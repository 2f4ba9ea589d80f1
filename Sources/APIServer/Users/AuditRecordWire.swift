import EnergyCore
import Services

/// A record of what happened, as answers show it.
enum AuditRecordWire {
    static func json(_ record: AuditRecord, at time: String) -> JSONObject {
        [
            "event": .string(record.event), "event_datetime": .string(time),
            "active_user_name": .text(record.activeUserName), "active_user_id": .int(record.activeUserID),
        ]
    }
}
