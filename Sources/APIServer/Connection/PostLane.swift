import NIOPosix
import Synchronization

/// Stores what clients post. A post that arrives alone is stored at once; those that arrive while the store is busy
/// with others are stored together, as one change: the more come, the less each of them costs.
final class PostLane: Sendable {
    private struct Ticket: Sendable {
        let post: PendingPost
        /// It is refused if its turn has not come by then.
        let deadline: ContinuousClock.Instant
        let done: @Sendable (Reply) -> Void
    }

    private struct State {
        var isBusy = false
        var queue: [Ticket] = []
    }

    private let responder: APIResponder
    private let workers: NIOThreadPool
    private let state = Mutex(State())
    /// Posts stored as one change: few enough that others who want to write need not wait for long.
    private static let mostTogether = 256

    init(responder: APIResponder, workers: NIOThreadPool) {
        self.responder = responder
        self.workers = workers
    }

    /// Stores a post on the calling thread, if nobody else writes; nil: the post has to be queued.
    func storeAtOnce(_ post: PendingPost) -> Reply? {
        let isFree = state.withLock { state in
            if state.isBusy { return false }
            state.isBusy = true
            return true
        }
        guard isFree else { return nil }
        let reply = responder.storeAtOnce(post)
        let hasMore = state.withLock { state in
            state.isBusy = !state.queue.isEmpty
            return state.isBusy
        }
        if hasMore { startDraining() }
        return reply
    }

    /// Stores a post on a worker thread, which then calls `done`.
    func enqueue(_ post: PendingPost, done: @escaping @Sendable (Reply) -> Void) {
        let deadline = ContinuousClock.now + responder.environment.settings.queuePatience
        let isFirst = state.withLock { state in
            state.queue.append(Ticket(post: post, deadline: deadline, done: done))
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if isFirst { startDraining() }
    }

    private func startDraining() {
        // A pool that was shut down still runs this, so that nobody waits for an answer in vain.
        workers.submit { _ in self.drain() }
    }

    private func drain() {
        while true {
            let batch = state.withLock { state in
                let batch = Array(state.queue.prefix(Self.mostTogether))
                state.queue.removeFirst(batch.count)
                state.isBusy = !batch.isEmpty
                return batch
            }
            if batch.isEmpty { return }
            let now = ContinuousClock.now
            let inTime = batch.filter { $0.deadline >= now }
            for late in batch where late.deadline < now { late.done(responder.refuse(late.post, .queueTooLong)) }
            for (ticket, reply) in zip(inTime, responder.store(inTime.map(\.post))) { ticket.done(reply) }
        }
    }
}
