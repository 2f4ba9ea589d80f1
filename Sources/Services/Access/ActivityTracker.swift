import EnergyCore
import Logging
import Store
import Synchronization

/// Remembers when users were last seen, and writes it to the store now and then: a write per request would cost more
/// than the request.
package final class ActivityTracker: Sendable {
    private static let pause = TimeSpan.seconds(30)

    private struct State {
        var seen: [UserID: Instant] = [:]
        var unwritten: Set<UserID> = []
        var writtenAt = Instant(seconds: 0)
    }

    private let store: Store
    private let isReadOnly: Bool
    private let logger: Logger
    private let state = Mutex(State())
    /// Held while moments are on their way to the store.
    private let writing = Mutex(())

    init(store: Store, isReadOnly: Bool, logger: Logger) {
        self.store = store
        self.isReadOnly = isReadOnly
        self.logger = logger
    }

    func touch(_ user: UserID, at now: Instant) {
        let isDue = state.withLock { state in
            state.seen[user] = now
            state.unwritten.insert(user)
            // A clock that was set back must not stop this until it has caught up.
            guard now - state.writtenAt >= Self.pause || now < state.writtenAt else { return false }
            state.writtenAt = now
            return true
        }
        if isDue, !isReadOnly { OwnThread.start { self.flush() } }
    }

    /// When a user was last seen through this process; nil: not since its start.
    func lastSeen(_ user: UserID) -> Instant? {
        state.withLock { $0.seen[user] }
    }

    /// Writes what is not written yet, and returns when all of it is, whoever had begun to. Called at the end of the
    /// process, too.
    package func flush() {
        writing.withLock { _ in
            let moments = state.withLock { state in
                defer { state.unwritten = [] }
                return state.seen.filter { state.unwritten.contains($0.key) }
            }
            guard !moments.isEmpty, !isReadOnly else { return }
            do {
                try store.write { try $0.noteSeen(moments) }
            } catch {
                logger.warning("Cannot note when users were last seen", metadata: ["error": "\(error)"])
            }
        }
    }
}
