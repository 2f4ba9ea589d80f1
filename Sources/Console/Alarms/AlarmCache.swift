import EnergyCore
import Services
import Synchronization

/// The alarm board, found once for all who show it: header, Overview, tree and Alarms ask at the same time after every
/// piece of news. Values that came for a sensor can only have changed that sensor's alarms, and only those are looked for
/// again.
package final class AlarmCache: Sendable {
    private struct Key: Hashable {
        var account: AccountID?
        var belief: BeliefHorizon
        var caller: Caller
        /// Silence grows by the minute.
        var minute: Int64
    }

    private struct Found {
        /// As they were before alarms were looked for.
        var records: Directory
        var needed: Set<SensorID>
        var list: AlarmList
    }

    /// More sensors with news than this are as quickly looked at with all others.
    private static let fewSensors = 200

    /// Whether what comes and goes is written down: by a console or a server that stays, not by a script.
    package let isRecording = Atomic(false)
    private let kept = Mutex<[Key: Found]>([:])

    package init() {}

    /// What needs attention; see `AlarmBoard.rows`. Who asks while another is looking waits for what that one finds.
    func list(account: AccountID?, belief: BeliefHorizon, _ data: ConsoleData) throws -> AlarmList {
        let key = Key(account: account, belief: belief, caller: data.caller, minute: data.now.seconds / 60)
        return try kept.withLock { kept in
            let records = try data.records()
            func board(_ needed: Set<SensorID>) -> AlarmBoard {
                AlarmBoard(account: account, belief: belief, data: data, records: records, needed: needed)
            }
            guard var found = kept[key], let news = try data.services.context.sensorsWithNews(since: found.records),
                news.count <= Self.fewSensors
            else {
                let needed = AlarmBoard.neededSensors(records)
                let list = AlarmList(try board(needed).rows(), records)
                kept = kept.filter { $0.key.minute == key.minute }
                kept[key] = Found(records: records, needed: needed, list: list)
                record(list.rows, in: account, belief, data)
                return list
            }
            if !news.isEmpty {
                let rows = try board(found.needed).rows(onDataOf: news)
                if let list = found.list.replacing(news, by: rows, records) {
                    found.list = list
                    record(list.rows, in: account, belief, data)
                }
            }
            found.records = records
            kept[key] = found
            return found.list
        }
    }

    private func record(_ rows: [AlarmRow], in account: AccountID?, _ belief: BeliefHorizon, _ data: ConsoleData) {
        let present = data.services.clock.now
        // A frozen console and one that looks back see what was, which is no news.
        guard isRecording.load(ordering: .relaxed), belief == .live, present - data.now < .minutes(2) else { return }
        let found = rows.map { row in
            var record = AlarmRecord(
                alarm: row.id, subject: row.subject, assetID: row.asset, place: row.place, title: row.title,
                raisedAt: min(present, row.raisedAt ?? row.since ?? present))
            record.isUrgent = row.priority == .alarm
            return record
        }
        data.services.alarmHistory.note(found, in: account, as: data.caller, at: present)
    }
}
