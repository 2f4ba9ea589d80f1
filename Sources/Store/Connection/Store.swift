import CSQLite
import GRDB
import Synchronization

/// The store of one installation: an SQLite file with one writer and many readers, which several processes may
/// have open at once.
///
/// Reads see a consistent snapshot and never wait for writes. Closures of the
/// async form run outside the cooperative pool; those of the other forms run on the calling thread. A closure must not call the store again.
package final class Store: Sendable {
    package let path: String
    package let settings: StoreSettings
    /// Lets holders of copies see at once that this process changed something.
    package let commits = CommitCounter()
    let engine: any DatabaseWriter
    let identity: FileIdentity?
    /// Threads that read, or wait to.
    private let readersAtWork = Atomic<Int>(0)
    let cache = BeliefCache()
    /// nil where the file has no log whose index could be looked at.
    let log: LogIndex?
    /// nil for a store in memory, which has one connection only.
    private let readers: ReaderPool?
    private let gate = WriterGate()
    /// nil where there is no write-ahead log to look after.
    let checkpointer: Checkpointer?

    /// Opens the store, creating it or upgrading its schema where needed.
    ///
    /// - Parameter path: a file, or `:memory:` for a store that ends with this value.
    package init(path: String, settings: StoreSettings = StoreSettings()) throws {
        self.path = path
        self.settings = settings
        let opening = Opening(path: path, settings: settings)
        engine = try StoreError.translating { try opening.open() }
        readers = path == ":memory:" ? nil : ReaderPool(opening: opening, limit: settings.readers)
        identity = FileIdentity(path: path)
        checkpointer = path == ":memory:" || settings.isReadOnly ? nil : Checkpointer(opening: opening, gate: gate)
        log = path == ":memory:" || settings.isReadOnly ? nil : LogIndex(engine)
        checkpointer?.watch(engine)
    }

    /// Runs `body` on a snapshot of the store.
    package func read<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        readersAtWork.add(1, ordering: .relaxed)
        defer { readersAtWork.subtract(1, ordering: .relaxed) }
        return try StoreError.translating {
            guard let readers else { return try engine.read { try body(ReadTransaction(database: $0, cache: cache)) } }
            return try readers.read { try body(ReadTransaction(database: $0, cache: cache, log: log)) }
        }
    }

    /// Whether a read would find a connection that nobody uses. By the time it is asked for it may be gone again.
    package var hasIdleReader: Bool { readersAtWork.load(ordering: .relaxed) < settings.readers }

    /// Runs `body` on a snapshot of the store; the calling task is suspended, no thread of its pool is blocked.
    package func read<T: Sendable>(_ body: @Sendable (ReadTransaction) throws -> T) async throws -> T {
        readersAtWork.add(1, ordering: .relaxed)
        defer { readersAtWork.subtract(1, ordering: .relaxed) }
        do {
            return try await engine.read { [cache] in try body(ReadTransaction(database: $0, cache: cache)) }
        } catch {
            throw StoreError(error) ?? error
        }
    }

    /// Runs `body` as one change: all of it is stored when this returns, nothing when it throws.
    ///
    /// - Throws: `StoreError.locked` when other writers, here or in other processes, are not done within the patience
    ///   of the settings.
    package func write<T>(_ body: (WriteTransaction) throws -> T) throws -> T {
        try StoreError.translating {
            let deadline = Deadline(in: settings.patience)
            if let checkpointer, checkpointer.isBehind { checkpointer.catchUp(until: deadline) }
            try gate.enter(until: deadline)
            defer { gate.leave() }
            return try engine.writeWithoutTransaction { database in
                try begin(database, patience: deadline.millisecondsLeft)
                return try finish(database, body)
            }
        }
    }

    /// Runs `body` as one change if no other writer is at work, in this process or another; nil if one is.
    package func writeIfFree<T>(_ body: (WriteTransaction) throws -> T) throws -> T? {
        if let checkpointer, checkpointer.isBehind { return nil }
        guard gate.enterIfFree() else { return nil }
        defer { gate.leave() }
        return try StoreError.translating {
            try engine.writeWithoutTransaction { database in
                do {
                    try begin(database, patience: 0)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    return nil
                }
                return try finish(database, body)
            }
        }
    }

    /// Closes all connections. Later calls throw. If no other process has the store open, it is one file afterwards.
    package func close() throws {
        try StoreError.translating {
            log?.close()
            try readers?.close()
            try checkpointer?.close()
            // Only a connection that may write folds the log into the file: it has to be the last one.
            (engine as? DatabasePool)?.invalidateReadOnlyConnections()
            try engine.close()
        }
    }

    /// Takes the right to write, which another process may have for so many milliseconds.
    private func begin(_ database: Database, patience: Int32) throws {
        if settings.isReadOnly { throw StoreError.readOnly }
        // Fails for a store that was closed; what follows would not survive that.
        let statement = try RawStatement(database, "BEGIN IMMEDIATE")
        sqlite3_busy_timeout(database.sqliteConnection, patience)
        defer { sqlite3_busy_timeout(database.sqliteConnection, Int32(settings.patience * 1000)) }
        try statement.run()
    }

    private func finish<T>(_ database: Database, _ body: (WriteTransaction) throws -> T) throws -> T {
        let transaction = WriteTransaction(database: database)
        do {
            let result = try body(transaction)
            try transaction.recordChanges()
            try RawStatement(database, "COMMIT").run()
            commits.noteCommit(of: transaction.changes)
            return result
        } catch {
            // The rollback may fail only when the engine has rolled back already; the first error tells more.
            if database.isInsideTransaction { try? database.rollback() }
            throw error
        }
    }
}
