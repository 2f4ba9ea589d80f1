import EnergyCore
import Logging
import Store
import Synchronization

/// When alarms came and went, kept for a month. Written only when one comes or goes, by whoever looks at all of them.
package final class AlarmHistory: Sendable {
    /// Of so many alarms the newest are kept.
    static let mostRecords = 20_000
    /// How long they are kept once they are over.
    static let kept = TimeSpan.days(30)

    private let context: ServiceContext
    /// What was found the last time, so that finding the same again takes no look at the store.
    private let last = Mutex<(scope: AccountID?, caller: Caller, alarms: Set<String>)?>(nil)

    init(context: ServiceContext) {
        self.context = context
    }

    /// Compares all alarms that a caller sees now in an account (nil: everywhere) with those that lasted, and writes down
    /// which came and which went. Does nothing when nothing may be written, or another writer is at work: the next look
    /// finds the same.
    package func note(_ found: [AlarmRecord], in account: AccountID?, as caller: Caller, at now: Instant) {
        let alarms = Set(found.map(\.alarm))
        let isSame = last.withLock { $0.map { $0.scope == account && $0.caller == caller && $0.alarms == alarms } }
        guard isSame != true, !context.settings.readOnly else { return }
        do {
            let records = try context.records()
            func isInScope(_ record: AlarmRecord) -> Bool { isIn(account, record.assetID, records, caller) }
            let open = try context.store.read { try $0.openAlarmRecords() }.filter(isInScope)
            let lasting = Set(open.map(\.alarm))
            let ended = open.filter { !alarms.contains($0.alarm) }
            let new = found.filter { !lasting.contains($0.alarm) && isInScope($0) }
            if !ended.isEmpty || !new.isEmpty {
                let isWritten: Void? = try context.writeIfFree { transaction in
                    // Another process may have been faster.
                    let lasting = Set(try transaction.openAlarmRecords().map(\.alarm))
                    for record in ended { try transaction.clearAlarmRecord(record.id, at: max(now, record.raisedAt)) }
                    for record in new where !lasting.contains(record.alarm) { try transaction.insert(record) }
                }
                if isWritten == nil { return }
            }
            last.withLock { $0 = (account, caller, alarms) }
        } catch {
            context.logger.debug("alarms are not written down", metadata: ["reason": "\(error)"])
        }
    }

    /// The alarms that came after a moment on what the caller may read, newest first.
    package func records(since moment: Instant, in account: AccountID?, as caller: Caller) throws -> [AlarmRecord] {
        let records = try context.records()
        return try context.store.read { try $0.alarmRecords(raisedAfter: moment, limit: Self.mostRecords) }
            .filter { isIn(account, $0.assetID, records, caller) }
    }

    private func isIn(_ account: AccountID?, _ id: AssetID?, _ records: Directory, _ caller: Caller) -> Bool {
        guard let asset = id.flatMap(records.asset) else { return account == nil && caller.readsEverything }
        if let account, let owner = asset.accountID, owner != account { return false }
        return AccessPolicy.allows(caller, to: .read, records.resource(asset))
    }
}
