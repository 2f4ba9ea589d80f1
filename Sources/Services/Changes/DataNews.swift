import EnergyCore
import Store
import Synchronization

/// Tells somebody who keeps things made from values which sensors have had news since they last asked.
package final class DataNews: Sendable {
    private let mark = Mutex<ChangeMark?>(nil)

    package init() {}

    /// The sensors whose values changed; nil when anything may have changed, as with the first call.
    package func take(from context: ServiceContext) throws -> Set<SensorID>? {
        let last = mark.withLock { $0 }
        let (now, changes) = try context.store.read { transaction in
            (try transaction.changeMark(), try last.map { try transaction.changes(since: $0) })
        }
        mark.withLock { $0 = now }
        guard let changes else { return nil }
        var sensors: Set<SensorID> = []
        for change in changes {
            switch change.subject {
            case .jobs, .audit, .annotations: continue
            case .beliefs where change.id != 0: sensors.insert(change.id)
            default: return nil
            }
        }
        return sensors
    }
}
