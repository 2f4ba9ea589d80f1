import EnergyCore
import Services
import TerminalKit

/// What the Alarms screen depends on.
struct AlarmsQuery: Hashable, Sendable {
    var account: AccountID?
    var belief: BeliefHorizon
    var minute: Int64
    var zone: Zone
}

/// Everything that needs attention, with what to do about it, and what was.
struct AlarmsModel: Hashable, Sendable {
    var alarms: [AlarmRow] = []
    /// What went lately, by the id of its row.
    var cleared: [String: AlarmRecord] = [:]
    var past = AlarmPast()
    var list: ListModel

    private static let mostCleared = 30

    @Sendable
    static func load(_ query: AlarmsQuery, _ data: ConsoleData) throws -> AlarmsModel {
        let found = try data.alarms.list(account: query.account, belief: query.belief, data)
        let alarms = found.rows
        let moment = query.belief.moment(now: data.now)
        let records = try data.services.alarmHistory.records(
            since: moment - AlarmPast.reach, in: query.account, as: data.caller)
        let past = AlarmPast(records, now: moment, zone: query.zone)
        let format = TimeFormat(zone: query.zone, now: data.now)
        var model = AlarmsModel(past: past, list: ListModel(title: "ALARMS", columns: columns, rows: []))
        model.alarms = alarms
        model.list.rows = alarms.map { row($0, past, format) }
        for record in past.cleared.prefix(mostCleared) {
            model.cleared["cleared \(record.id)"] = record
            model.list.rows.append(row(record, past, format))
        }
        model.list.facts = "by priority, newest first"
        model.list.path = ["Alarms"]
        model.list.emptyText = "nothing needs attention"
        let counts = found.counts
        let shelved = alarms.count - counts.total
        model.list.footer =
            "\(counts.alarms) active, \(counts.warnings) warnings, \(shelved) shelved, rate "
            + "\(past.lastHour)/h (good: under \(AlarmPast.fine)/h)"
        return model
    }

    private static let columns = [
        TableColumn("p", "P", width: 1), TableColumn("state", "state", width: 7),
        TableColumn("since", "since", width: 12),
        TableColumn("lasted", "lasted", width: 7, align: .right, rank: 1),
        TableColumn("what", "what", width: 30, grow: 3),
        TableColumn("where", "where", width: 16, grow: 1), TableColumn("limit", "limit", width: 12, rank: 3),
        TableColumn("owner", "owner", width: 10, rank: 2),
        TableColumn("seen", "seen", width: 4, align: .right, rank: 4),
        TableColumn("note", "note", width: 18, grow: 1, rank: 5),
    ]

    private static func row(_ alarm: AlarmRow, _ past: AlarmPast, _ format: TimeFormat) -> RowModel {
        let role: Role =
            alarm.state == .shelved
            ? .secondary : alarm.priority == .warning ? .warning : alarm.state == .new ? .alarm : .alarmAcknowledged
        let until = alarm.shelvedUntil.map { "until \(format.short($0))" }
        let seen = max(1, past.seen[alarm.subject] ?? 0)
        return RowModel(
            id: alarm.id,
            cells: [
                "p": Span(alarm.priority.letter, role), "state": Span(alarm.state.rawValue),
                "since": Span(alarm.since.map { format.short($0) } ?? "", .secondary),
                "lasted": Span(alarm.since.map { TimeFormat.age(format.now - $0) } ?? ""), "what": Span(alarm.text),
                "where": Span(alarm.place), "limit": Span(alarm.limit, .secondary),
                "owner": Span(alarm.owner, .secondary),
                "seen": Span(String(seen)),
                "note": Span([until, alarm.note].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")),
            ],
            sortKeys: [
                "lasted": alarm.since.map { -$0.microseconds }.map(Double.init) ?? 0, "seen": Double(seen),
            ], needsAttention: alarm.state == .new)
    }

    private static func row(_ record: AlarmRecord, _ past: AlarmPast, _ format: TimeFormat) -> RowModel {
        let seen = past.seen[record.subject] ?? 1
        let lasted = record.clearedAt.map { $0 - record.raisedAt } ?? .zero
        return RowModel(
            id: "cleared \(record.id)",
            cells: [
                "p": Span(record.isUrgent ? "A" : "W", .secondary), "state": Span("cleared", .secondary),
                "since": Span(format.short(record.raisedAt), .secondary),
                "lasted": Span(TimeFormat.age(lasted), .secondary), "what": Span(record.title, .secondary),
                "where": Span(record.place, .secondary), "seen": Span(String(seen), .secondary),
            ], sortKeys: ["lasted": Double(lasted.microseconds), "seen": Double(seen)])
    }
}
