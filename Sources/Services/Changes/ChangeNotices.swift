import EnergyCore
import Store
import Synchronization

/// Tells whoever shows or keeps data what changed, whether through this process or another.
///
/// Changes of this process are told right after their commit, those of others when the store is looked at: twice a
/// second while somebody listens, never otherwise.
package final class ChangeNotices: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Set<Change>>.Continuation] = [:]
        var nextKey = 0
        var watch: Task<Void, Never>?
    }

    private let store: Store
    private let state = Mutex(State())

    init(store: Store) {
        self.store = store
        store.commits.observe { [weak self] changes in self?.tell(changes) }
    }

    deinit {
        state.withLock { state in
            state.watch?.cancel()
            for listener in state.listeners.values { listener.finish() }
        }
    }

    /// All changes from now on. Sets that nobody took yet are kept, up to 256; a listener that falls behind further
    /// loses the oldest.
    package func changes() -> AsyncStream<Set<Change>> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Set<Change>.self, bufferingPolicy: .bufferingNewest(256))
        // Read before this returns, so that a change right after it is not taken for an old one.
        let mark = try? store.read { try $0.changeMark() }
        let key = state.withLock { state in
            state.nextKey += 1
            state.listeners[state.nextKey] = continuation
            if state.watch == nil { state.watch = watch(from: mark) }
            return state.nextKey
        }
        continuation.onTermination = { [weak self] _ in self?.removeListener(key) }
        return stream
    }

    private func removeListener(_ key: Int) {
        state.withLock { state in
            state.listeners[key] = nil
            if state.listeners.isEmpty { state.watch.take()?.cancel() }
        }
    }

    private func tell(_ changes: Set<Change>) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(changes) }
    }

    /// Looks for commits of other processes. Own commits are found here a second time; telling them twice is
    /// harmless, and telling which is which would cost more than it saves.
    private func watch(from mark: ChangeMark?) -> Task<Void, Never> {
        Task.detached { [weak self, store] in
            var mark = mark
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(500))
                guard let last = mark else {
                    mark = try? await store.read { try $0.changeMark() }
                    continue
                }
                let found = try? await store.read { transaction in
                    let now = try transaction.changeMark()
                    return (now, now == last ? [] : try transaction.changes(since: last))
                }
                guard let (now, changes) = found else { continue }
                mark = now
                if !changes.isEmpty { self?.tell(changes) }
            }
        }
    }
}

extension Set<Change> {
    /// Whether values came or went, and nothing else changed.
    package var areOnlyBeliefs: Bool { allSatisfy { $0.subject == .beliefs } }
}
