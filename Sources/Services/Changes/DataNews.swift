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
        return try context.store.read { transaction in
            let now = try transaction.changeMark()
            mark.withLock { $0 = now }
            return try last.flatMap {
                try transaction.sensorsWithNews(since: $0, besides: [.jobs, .audit, .annotations])
            }
        }
    }
}
