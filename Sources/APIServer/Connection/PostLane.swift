import NIOCore
import NIOPosix
import Synchronization

/// Stores what clients post. What one event loop reads in one round is stored together, as one change, and so is what
/// arrives while the store is busy with others: the more come, the less each of them costs.
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
        /// What each event loop has read in its present round.
        var rounds: [ObjectIdentifier: [Ticket]] = [:]
    }

    private let responder: APIResponder
    private let workers: NIOThreadPool
    private let state = Mutex(State())
    /// Posts stored as one change: few enough that others who want to write need not wait for long.
    private static let mostTogether = 256
    /// Posts stored on an event loop, whose other clients wait meanwhile.
    private static let mostAtOnce = 64

    init(responder: APIResponder, workers: NIOThreadPool) {
        self.responder = responder
        self.workers = workers
    }

    /// Stores a post that was read on an event loop, and calls `done`: on the loop at the end of its round, or on a worker
    /// thread if somebody else is writing then.
    func store(_ post: PendingPost, on loop: any EventLoop, done: @escaping @Sendable (Reply) -> Void) {
        let deadline = ContinuousClock.now + responder.environment.settings.queuePatience
        let round = ObjectIdentifier(loop)
        let isFirst = state.withLock { state in
            state.rounds[round, default: []].append(Ticket(post: post, deadline: deadline, done: done))
            return state.rounds[round]?.count == 1
        }
        if isFirst { loop.execute { self.endRound(round) } }
    }

    private func endRound(_ round: ObjectIdentifier) {
        let posts = state.withLock { state -> [Ticket] in
            let posts = state.rounds.updateValue([], forKey: round) ?? []
            if state.isBusy {
                state.queue += posts
                return []
            }
            state.isBusy = !posts.isEmpty
            return posts
        }
        if posts.isEmpty { return }
        let replies = posts.count <= Self.mostAtOnce ? responder.storeAtOnce(posts.map(\.post)) : nil
        let hasMore = state.withLock { state in
            if replies == nil { state.queue = posts + state.queue }
            state.isBusy = !state.queue.isEmpty
            return state.isBusy
        }
        if hasMore { startDraining() }
        for (ticket, reply) in zip(posts, replies ?? []) { ticket.done(reply) }
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
