import NIOCore
import NIOPosix
import Synchronization

/// Stores what clients post. What one event loop reads in one round is stored together, as one change, by the loop itself;
/// loops take turns, and what a loop reads while another one stores is its next round. Where the store is busy with
/// others, a worker thread waits for it. So the more come, the less each of them costs.
final class PostLane: Sendable {
    private struct Ticket: Sendable {
        let post: PendingPost
        /// It is refused if its turn has not come by then.
        let deadline: ContinuousClock.Instant
        /// Stored as a change of its own, as it was refused together with others.
        var isAlone = false
        let done: @Sendable (Reply) -> Void
    }

    /// Who is storing.
    private enum Holder {
        case nobody
        case loop
        /// Takes what comes meanwhile from the queue.
        case worker
    }

    private struct State {
        var holder = Holder.nobody
        var queue: [Ticket] = []
        /// What each event loop has read in its present round.
        var rounds: [ObjectIdentifier: [Ticket]] = [:]
        /// Loops whose round ended while another one was storing.
        var waiting: [any EventLoop] = []
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

    /// Stores a post that was read on an event loop, and calls `done`: on the loop after its round, or on a worker thread if
    /// somebody else is writing then.
    func store(_ post: PendingPost, on loop: any EventLoop, done: @escaping @Sendable (Reply) -> Void) {
        let deadline = ContinuousClock.now + responder.environment.settings.queuePatience
        let round = ObjectIdentifier(loop)
        let isFirst = state.withLock { state in
            state.rounds[round, default: []].append(Ticket(post: post, deadline: deadline, done: done))
            return state.rounds[round]?.count == 1
        }
        if isFirst { loop.execute { self.endRound(on: loop) } }
    }

    private func endRound(on loop: any EventLoop) {
        let posts = takeRound(of: loop)
        if posts.isEmpty { return }
        let attempt = Result { posts.count <= Self.mostAtOnce ? try responder.storeAtOnce(posts.map(\.post)) : nil }
        switch attempt {
        case .success(let replies?):
            goOn { $0.holder = .nobody }
            for (ticket, reply) in zip(posts, replies) { ticket.done(reply) }
        case .success(nil): leave(posts)
        case .failure: leave(posts, isAlone: true)
        }
    }

    /// What a loop has read; nothing if it is not its turn to store.
    private func takeRound(of loop: any EventLoop) -> [Ticket] {
        state.withLock { state in
            if state.holder == .loop {
                state.waiting.append(loop)
                return []
            }
            let posts = state.rounds.updateValue([], forKey: ObjectIdentifier(loop)) ?? []
            if state.holder == .worker {
                state.queue += posts
                return []
            }
            if !posts.isEmpty { state.holder = .loop }
            return posts
        }
    }

    /// Ends a loop's turn, and lets those that wait for it end their rounds.
    private func goOn(_ change: (inout State) -> Void) {
        let loops = state.withLock { state in
            change(&state)
            let loops = state.waiting
            state.waiting = []
            return loops
        }
        for loop in loops { loop.execute { self.endRound(on: loop) } }
    }

    /// Leaves what a loop cannot store at once to a worker thread.
    private func leave(_ posts: [Ticket], isAlone: Bool = false) {
        var posts = posts
        for index in posts.indices { posts[index].isAlone = isAlone }
        goOn { state in
            state.queue = posts
            state.holder = .worker
        }
        // A pool that was shut down still runs this, so that nobody waits for an answer in vain.
        workers.submit { _ in self.drain() }
    }

    private func drain() {
        while let batch = nextBatch() {
            let now = ContinuousClock.now
            let inTime = batch.filter { $0.deadline >= now }
            for late in batch where late.deadline < now { late.done(responder.refuse(late.post, .queueTooLong)) }
            let replies = responder.store(inTime.map(\.post), together: batch.first?.isAlone != true)
            for (ticket, reply) in zip(inTime, replies) { ticket.done(reply) }
        }
    }

    /// What a worker stores next; nil if there is no more.
    private func nextBatch() -> [Ticket]? {
        state.withLock { state in
            guard let isAlone = state.queue.first?.isAlone else {
                state.holder = .nobody
                return nil
            }
            let batch = Array(state.queue.prefix { $0.isAlone == isAlone }.prefix(Self.mostTogether))
            state.queue.removeFirst(batch.count)
            return batch
        }
    }
}
