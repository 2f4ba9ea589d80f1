import EnergyCore
import Services

/// All that needs attention, most urgent first, counted once for all who show it.
struct AlarmList: Hashable, Sendable {
    let rows: [AlarmRow]
    let counts: AlarmCounts
    /// Counts by top-level asset.
    let bySite: [AssetID: AlarmCounts]
    /// The data that have been missing for longest, with their place; empty when none are.
    let oldestSilence: String

    init(_ rows: [AlarmRow], _ records: Directory) {
        self.rows = rows
        counts = AlarmCounts(rows)
        var bySite: [AssetID: AlarmCounts] = [:]
        for index in rows.indices {
            guard let asset = rows[index].asset else { continue }
            let site = records.ancestors(of: asset).last?.id ?? asset
            bySite[site, default: AlarmCounts()].add(rows[index].priority, rows[index].state, rows[index].kind)
        }
        self.bySite = bySite
        oldestSilence = Self.oldestSilence(rows)
    }

    private static func oldestSilence(_ rows: [AlarmRow]) -> String {
        var oldest: (since: Instant, index: Int)?
        for index in rows.indices where rows[index].isActive && rows[index].isSilence {
            guard let since = rows[index].since, oldest.map({ since < $0.since }) ?? true else { continue }
            oldest = (since, index)
        }
        return oldest.map { "\(rows[$0.index].place)  \(rows[$0.index].text)" } ?? ""
    }

    /// The list with other rows for the data of some sensors; nil when that is the same.
    func replacing(_ sensors: Set<SensorID>, by others: [AlarmRow], _ records: Directory) -> AlarmList? {
        func isReplaced(_ index: Int) -> Bool {
            rows[index].kind != .job && rows[index].sensor.map(sensors.contains) ?? false
        }
        let old = rows.indices.filter(isReplaced).map { rows[$0] }
        if old == others { return nil }
        let kept = rows.indices.filter { !isReplaced($0) }.map { rows[$0] }
        return AlarmList((kept + others).sorted(by: AlarmRow.isMoreUrgent), records)
    }
}

/// How many alarms wait, counted once when they were found.
struct AlarmCounts: Hashable, Sendable {
    var alarms = 0
    /// Alarms that nobody has taken note of.
    var unacknowledged = 0
    var warnings = 0
    /// Alarms and warnings about data that do not come.
    var stale = 0

    var total: Int { alarms + warnings }

    init() {}

    /// Looks at rows where they are: there may be thousands, and copies of them would cost more than the counting.
    init(_ rows: [AlarmRow]) {
        for index in rows.indices { add(rows[index].priority, rows[index].state, rows[index].kind) }
    }

    mutating func add(_ priority: AlarmRow.Priority, _ state: AlarmRow.State, _ kind: AlarmRow.Kind) {
        if state == .shelved { return }
        if kind == .stale { stale += 1 }
        if priority == .warning {
            warnings += 1
        } else {
            alarms += 1
            if state == .new { unacknowledged += 1 }
        }
    }
}
