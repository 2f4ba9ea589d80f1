import EnergyCore
import Store
import Synchronization

/// When each type of source last recorded something for a sensor, remembered until the sensor's data change.
///
/// Whoever watches thousands of sensors asks about all of them whenever one has news. Only that one is looked up again.
package final class StatusFacts: Sendable {
    /// The last event of each type of source that has any.
    typealias Lasts = [(type: String, eventStart: Instant)]

    private struct State {
        var mark: ChangeMark?
        var lasts: [SensorID: Lasts] = [:]
    }

    private let state = Mutex(State())

    /// What is remembered about sensors in the snapshot of a transaction or later.
    func remembered(_ transaction: ReadTransaction) throws -> [SensorID: Lasts] {
        let now = try transaction.changeMark()
        return try state.withLock { state in
            guard let mark = state.mark, mark != .start else {
                state = State(mark: now)
                return [:]
            }
            // A snapshot older than what is remembered: newer facts do no harm.
            guard mark < now else { return state.lasts }
            for change in try transaction.changes(since: mark) { Self.forget(change, &state) }
            state.mark = now
            return state.lasts
        }
    }

    /// Adds what was found in the snapshot of a transaction, unless others have gone on meanwhile.
    func remember(_ found: [SensorID: Lasts], _ transaction: ReadTransaction) throws {
        let now = try transaction.changeMark()
        state.withLock { state in
            guard state.mark == now else { return }
            state.lasts.merge(found) { $1 }
        }
    }

    private static func forget(_ change: Change, _ state: inout State) {
        switch change.subject {
        case .beliefs, .sensors:
            if change.id == 0 { state.lasts = [:] } else { state.lasts[change.id] = nil }
        case .sources: state.lasts = [:]
        default: break
        }
    }
}
