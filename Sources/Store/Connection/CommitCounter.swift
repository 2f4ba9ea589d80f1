import Synchronization

/// Counts the commits of this process that changed something which is kept in memory elsewhere, so that whoever keeps
/// it learns of the change before the writer's caller goes on.
package final class CommitCounter: Sendable {
    private let count = Atomic<Int>(0)

    /// Commits that touched accounts, users, assets, sensors or sources.
    package var ofEntities: Int { count.load(ordering: .acquiring) }

    func noteCommit(of changes: Set<Change>) {
        if changes.contains(where: { $0.subject.isEntity }) { count.add(1, ordering: .acquiringAndReleasing) }
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
