import EnergyCore
import Services
import Synchronization

/// The rows of the alarm board, found once for all who show them: header, Overview, tree and Alarms ask at the same time
/// after every piece of news, and each answer takes a look at every sensor.
package final class AlarmCache: Sendable {
    private struct Key: Equatable {
        var account: AccountID?
        var belief: BeliefHorizon
        var caller: Caller
        /// Silence grows by the minute.
        var minute: Int64
        var mark: ChangeMark
    }

    private let kept = Mutex<(key: Key, rows: [AlarmRow])?>(nil)

    package init() {}

    /// What needs attention; see `AlarmBoard.rows`. Who asks while another is looking waits for what that one finds.
    func rows(account: AccountID?, belief: BeliefHorizon, _ data: ConsoleData, _ records: Directory) throws
        -> [AlarmRow]
    {
        let key = Key(
            account: account, belief: belief, caller: data.caller, minute: data.now.seconds / 60,
            mark: try data.services.context.changeMark())
        return try kept.withLock { kept in
            if let kept, kept.key == key { return kept.rows }
            let rows = try AlarmBoard.rows(account: account, belief: belief, data, records)
            kept = (key, rows)
            return rows
        }
    }
}
