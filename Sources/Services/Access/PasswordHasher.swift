import Store
import Synchronization

/// Hashes and checks passwords, no more than two at once: each takes tens of milliseconds and megabytes on purpose.
final class PasswordHasher: Sendable {
    /// Too many others wait already.
    struct Overloaded: Error {}

    private static let most = 2
    private static let longestQueue = 32

    private struct State {
        var running = 0
        var waiting = 0
    }

    private let cost: ServiceSettings.PasswordCost
    private let bell = Bell()
    private let state = Mutex(State())
    private let runs = Atomic<Int>(0)

    init(cost: ServiceSettings.PasswordCost) {
        self.cost = cost
    }

    /// The hash of a password, with its salt and cost in it.
    func hash(_ password: String) throws -> String {
        try alone { try PasswordHash.make(password, cost: cost) }
    }

    /// Whether the password is the one that was hashed. Without a hash no password is right, which takes as much work
    /// to find out: nobody is to learn from the time whether there is a user with a password.
    func isRight(_ password: String, for hash: String?) throws -> Bool {
        let isMatch = try alone { PasswordHash.matches(password, hash ?? PasswordHash.decoy(cost: cost)) }
        return isMatch && hash != nil
    }

    /// How often a password was hashed, for a new one or for a check.
    var count: Int { runs.load(ordering: .relaxed) }

    private func alone<T>(_ body: () throws -> T) throws -> T {
        let isLate = bell.ring {
            state.withLock { state in
                if state.waiting >= Self.longestQueue { return true }
                state.waiting += 1
                return false
            }
        }
        if isLate { throw Overloaded() }
        _ = bell.wait { () -> Bool? in
            state.withLock { state in
                guard state.running < Self.most else { return nil }
                state.running += 1
                state.waiting -= 1
                return true
            }
        }
        defer { bell.ring { state.withLock { $0.running -= 1 } } }
        runs.add(1, ordering: .relaxed)
        return try body()
    }
}
