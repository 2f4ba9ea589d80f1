import EnergyCore
import Synchronization

/// Values for a stretch of time that nothing else writes to: after a crash all of them are there, or none.
struct Write: Hashable, Sendable {
    /// Name of the sensor.
    let sensor: String
    /// Of the first event, in seconds since 1970.
    let start: Int64
    let count: Int
    /// All values are the same, and different from those of any other write.
    let value: Double
}

/// What was asked of a server, and what of that it has acknowledged.
final class Ledger: Sendable {
    private struct State {
        var tried: [Write] = []
        var acknowledged: Set<Write> = []
        var jobs: [String] = []
        var next = 0
        var refusals: [String] = []
    }

    static let step: Int64 = 900
    private let state = Mutex(State())

    /// A write to a stretch of its own.
    func newWrite(to sensor: String, count: Int) -> Write {
        state.withLock { state in
            let place = Int64(state.next) * 1000 * Ledger.step
            state.next += 1
            let write = Write(
                sensor: sensor, start: FaultWorld.start.seconds + place, count: count, value: Double(state.next))
            state.tried.append(write)
            return write
        }
    }

    func acknowledge(_ write: Write) { state.withLock { _ = $0.acknowledged.insert(write) } }
    func acknowledge(job: String) { state.withLock { $0.jobs.append(job) } }
    /// Keeps an answer that no client should get.
    func refuse(_ answer: String) { state.withLock { $0.refusals.append(answer) } }

    /// How much was acknowledged so far.
    var count: Int { state.withLock { $0.acknowledged.count + $0.jobs.count } }
    var acknowledged: Set<Write> { state.withLock { $0.acknowledged } }
    var jobs: [String] { state.withLock { $0.jobs } }
    var refusals: [String] { state.withLock { $0.refusals } }

    /// What was tried since this was asked last.
    func takeTried() -> [Write] {
        state.withLock { state in
            defer { state.tried = [] }
            return state.tried
        }
    }
}
