import EnergyCore
import Store
import Synchronization

/// When each type of source last recorded something for a sensor, remembered until the sensor's data change or something
/// recorded ahead of its time comes to count.
///
/// Whoever watches thousands of sensors asks about all of them whenever one has news. Only that one is looked up again.
package final class StatusFacts: Sendable {
    /// The last event of each type of source that has any.
    typealias Lasts = [(type: String, eventStart: Instant)]

    /// What was found, and when that holds.
    struct Fact: Sendable {
        var lasts: Lasts
        var foundAt: Instant
        /// nil: until the data change.
        var until: Instant?

        func holds(at moment: Instant) -> Bool { until.map { moment >= foundAt && moment < $0 } ?? true }
    }

    private struct State {
        var mark: ChangeMark?
        var facts: [SensorID: Fact] = [:]
    }

    private let state = Mutex(State())

    /// What is remembered about each of some sensors, in the snapshot of a transaction or later, and holds at a moment.
    func remembered(_ sensors: [Sensor], at moment: Instant, _ transaction: ReadTransaction) throws -> [Lasts?] {
        let now = try transaction.changeMark()
        return try state.withLock { state in
            if let mark = state.mark, mark != .start {
                // In a snapshot older than what is remembered, newer facts do no harm.
                if mark < now {
                    for change in try transaction.changes(since: mark) { Self.forget(change, &state) }
                    state.mark = now
                }
            } else {
                state = State(mark: now)
            }
            return sensors.map { sensor in
                state.facts[sensor.id].flatMap { $0.holds(at: moment) ? $0.lasts : nil }
            }
        }
    }

    /// Adds what was found in the snapshot of a transaction, unless others have gone on meanwhile.
    func remember(_ found: [SensorID: Fact], _ transaction: ReadTransaction) throws {
        let now = try transaction.changeMark()
        state.withLock { state in
            guard state.mark == now else { return }
            state.facts.merge(found) { $1 }
        }
    }

    private static func forget(_ change: Change, _ state: inout State) {
        switch change.subject {
        case .beliefs, .sensors:
            if change.id == 0 { state.facts = [:] } else { state.facts[change.id] = nil }
        case .sources: state.facts = [:]
        default: break
        }
    }
}
