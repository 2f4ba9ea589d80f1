import EnergyCore
import Store
import Synchronization

/// Keeps the present directory, and brings it up to date when it is asked for after a change.
///
/// A change made through this process is seen at once, as the store counts its own commits; one made by another
/// process at most `patience` later.
package final class DirectoryCache: Sendable {
    /// How long changes by other processes may stay unseen.
    static let patience = TimeSpan(microseconds: 250_000)

    private struct State {
        var directory: Directory?
        var commits = 0
        var checkedAt = Instant(seconds: 0)
    }

    private let store: Store
    private let clock: any WallClock
    private let state = Mutex(State())
    /// The last directory, for those who must not wait; kept only once somebody has asked for it.
    private let shown = Mutex<(isWanted: Bool, directory: Directory?)>((false, nil))

    init(store: Store, clock: any WallClock) {
        self.store = store
        self.clock = clock
    }

    /// Everything as it is now. Takes well under a microsecond when nothing changed.
    package func current() throws -> Directory {
        let commits = store.commits.ofEntities
        let now = clock.now
        return try state.withLock { state in
            if let directory = state.directory, state.commits == commits, isFresh(state.checkedAt, now) {
                return directory
            }
            let updated = try refreshed(state.directory)
            state.directory = updated
            state.commits = commits
            state.checkedAt = now
            shown.withLock { if $0.isWanted { $0.directory = updated } }
            return updated
        }
    }

    /// Everything as it was when somebody last asked for the present; nil before that. Never waits for the store.
    package func latest() -> Directory? {
        let known = shown.withLock { shown in
            shown.isWanted = true
            return shown.directory
        }
        if let known { return known }
        let first = state.withLockIfAvailable { $0.directory } ?? nil
        shown.withLock { $0.directory = $0.directory ?? first }
        return first
    }

    private func isFresh(_ checkedAt: Instant, _ now: Instant) -> Bool {
        let age = now - checkedAt
        return age >= .zero && age < Self.patience
    }

    private func refreshed(_ old: Directory?) throws -> Directory {
        try store.read { transaction in
            guard let old else { return Directory(try DirectoryContents(transaction)) }
            let now = try transaction.changeMark()
            guard now != old.contents.mark else { return old }
            var contents = old.contents
            try contents.catchUp(transaction, to: now)
            return Directory(contents)
        }
    }
}
