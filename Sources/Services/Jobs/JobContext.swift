import EnergyCore
import Store
import Synchronization

/// A running job as its handler sees it.
package final class JobContext: Sendable {
    private struct State {
        var progress = 0.0
        var text = ""
        var metadata: JSONObject
        var isCancelled = false
        var isLost = false
        var stopHandlers: [@Sendable () -> Void] = []
        var finalWrites: [FinalWrite] = []
    }

    /// A write that is made together with the end of the job.
    package typealias FinalWrite = @Sendable (WriteTransaction, JobContext) throws -> Void

    /// The job as it was when it was started.
    package let job: Job
    private let state: Mutex<State>

    package init(job: Job) {
        self.job = job
        state = Mutex(State(metadata: job.metadata, isCancelled: job.cancelRequested))
    }

    package var id: JobID { job.id }
    package var payload: JSONObject { job.payload }

    /// Says how far the job is (0 to 1) and what it is doing. Cheap; it is written to the store now and then.
    package func report(_ progress: Double, _ text: String = "") {
        state.withLock { state in
            state.progress = min(max(progress, 0), 1)
            if !text.isEmpty { state.text = text }
        }
    }

    /// Adds to what listings show about the job.
    package func setMetadata(_ key: String, _ value: JSONValue) {
        state.withLock { $0.metadata[key] = value }
    }

    /// True once the job was asked to stop, or its worker lost it to another.
    package var isCancelled: Bool { state.withLock { $0.isCancelled || $0.isLost } }

    /// Throws once the job was asked to stop.
    package func checkCancellation() throws(JobCancelled) {
        if isCancelled { throw JobCancelled() }
    }

    var progress: (value: Double, text: String) { state.withLock { ($0.progress, $0.text) } }
    var metadata: JSONObject { state.withLock { $0.metadata } }

    /// Calls `body` once the job is asked to stop or lost, at once if it already is. For work that does not ask itself.
    package func onStop(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            state.stopHandlers.append(body)
            return state.isCancelled || state.isLost
        }
        if isOver { body() }
    }

    /// Adds a write that is made in the transaction that stores the job as finished, so that both happen or neither:
    /// a job that is killed before runs again as if for the first time, and a job that lost its lease leaves no trace.
    package func onFinish(_ body: @escaping FinalWrite) {
        state.withLock { $0.finalWrites.append(body) }
    }

    /// Makes the writes that belong to the end of the job.
    func writeAtEnd(in transaction: WriteTransaction) throws {
        for write in state.withLock({ $0.finalWrites }) { try write(transaction, self) }
    }

    func cancel() { stop { $0.isCancelled = true } }
    func lose() { stop { $0.isLost = true } }

    private func stop(_ change: (inout State) -> Void) {
        let handlers = state.withLock { state in
            change(&state)
            return state.stopHandlers
        }
        for handler in handlers { handler() }
    }

    var isLost: Bool { state.withLock { $0.isLost } }
}
