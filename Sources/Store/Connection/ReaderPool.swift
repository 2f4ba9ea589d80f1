import Dispatch
import GRDB
import Synchronization

/// The connections of a store that read for callers who wait for the result: each read takes the connection that was
/// used last, so that its cache is warm, and keeps the statements that begin and end it.
///
/// The pool of the engine does the same with much more ado per read, which costs more than most reads themselves.
final class ReaderPool: Sendable {
    private let opening: Opening
    private let permits: DispatchSemaphore
    private let state = Mutex((idle: [DatabaseQueue](), isClosed: false))

    init(opening: Opening, limit: Int) {
        self.opening = opening
        permits = DispatchSemaphore(value: max(1, limit))
    }

    /// Runs `body` on a snapshot.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        permits.wait()
        defer { permits.signal() }
        let connection = try take()
        defer { giveBack(connection) }
        return try connection.unsafeRead { database in
            try RawStatement(database, "BEGIN").run()
            defer { try? RawStatement(database, "COMMIT").run() }
            return try body(database)
        }
    }

    func close() throws {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for connection in idle { try connection.close() }
    }

    private func take() throws -> DatabaseQueue {
        let known = try state.withLock { state in
            if state.isClosed { throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the store is closed") }
            return state.idle.popLast()
        }
        return try known ?? opening.openReader()
    }

    private func giveBack(_ connection: DatabaseQueue) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.idle.append(connection) }
            return state.isClosed
        }
        if isClosed { try? connection.close() }
    }
}
