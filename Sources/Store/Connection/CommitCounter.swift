import Synchronization

/// Tells of the commits of this process: by a count, for whoever keeps copies in memory, and by calls.
///
/// The count has risen before the writer's caller goes on, so that a copy is never older than the last write here.
package final class CommitCounter: Sendable {
    private let count = Atomic<Int>(0)
    private let observers = Mutex<[@Sendable (Set<Change>) -> Void]>([])

    /// Commits that touched accounts, users, assets, sensors or sources.
    package var ofEntities: Int { count.load(ordering: .acquiring) }

    /// Calls `body` after every commit that changed something, on the thread of the writer: it must be quick and must
    /// not use the store.
    package func observe(_ body: @escaping @Sendable (Set<Change>) -> Void) {
        observers.withLock { $0.append(body) }
    }

    func noteCommit(of changes: Set<Change>) {
        guard !changes.isEmpty else { return }
        if changes.contains(where: { $0.subject.isEntity }) { count.add(1, ordering: .acquiringAndReleasing) }
        let observers = observers.withLock { $0 }
        for observer in observers { observer(changes) }
    }
}

extension ChangeSubject {
    fileprivate var isEntity: Bool {
        switch self {
        case .accounts, .users, .assets, .sensors, .sources: true
        case .beliefs, .jobs, .annotations, .audit, .settings: false
        }
    }
}
