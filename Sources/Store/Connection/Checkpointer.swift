import CSQLite
import Dispatch
import GRDB
import Synchronization

/// Moves what the write-ahead log holds into the file, on a thread of its own.
///
/// Left to itself the engine does that in whichever commit finds the log long: one request in hundreds would wait for
/// the disk. Here writers wait only when the log has become so long that it must start anew, and then for what
/// is left of the work.
final class Checkpointer: Sendable {
    /// Pages in the log that are worth the work: 8 MB. Pages that are written again and again are moved once each time.
    private static let enough = 2_000
    /// Pages after which it is tried again to start a log anew that a reader kept from it.
    private static let some = 200
    /// Pages in the log beyond which it has to start anew: 16 MB.
    private static let most = 4_000
    /// Pages in the log beyond which writers wait, as the disk does not keep up with them: 128 MB.
    private static let tooMany = 32_000

    private let opening: Opening
    private let gate: WriterGate
    private let queue = DispatchQueue(label: "flexdeck.checkpoints", qos: .utility)
    /// From the commit that finds the log long to the end of the work.
    private let isDue = Atomic<Bool>(false)
    /// Pages in the log after the last commit.
    private let length = Atomic<Int>(0)
    /// Pages in the log at which there is enough to do again.
    private let next = Atomic<Int>(Checkpointer.enough)
    private let connection = Mutex<(opened: DatabaseQueue?, isClosed: Bool)>((nil, false))

    init(opening: Opening, gate: WriterGate) {
        self.opening = opening
        self.gate = gate
    }

    /// Has the engine tell the length of the log after every commit of the writing connection instead of acting on it.
    /// The connection must not outlive the checkpointer.
    func watch(_ engine: any DatabaseWriter) {
        engine.writeWithoutTransaction { database in
            _ = sqlite3_wal_hook(
                database.sqliteConnection,
                { checkpointer, _, _, pages in
                    guard let checkpointer else { return SQLITE_OK }
                    Unmanaged<Checkpointer>.fromOpaque(checkpointer).takeUnretainedValue().note(Int(pages))
                    return SQLITE_OK
                }, Unmanaged.passUnretained(self).toOpaque())
        }
    }

    /// Waits for the work that is under way, and does no more.
    func close() throws {
        try connection.withLock { connection in
            connection.isClosed = true
            try connection.opened?.close()
            connection.opened = nil
        }
    }

    /// Runs `body` while this moves nothing: the engine does not wait for another one that does the same.
    func pausing<T>(_ body: () throws -> T) rethrows -> T {
        try connection.withLock { _ in try body() }
    }

    /// Whether the log is longer than it should ever be.
    var isBehind: Bool { length.load(ordering: .relaxed) > Self.tooMany }

    /// Lets the work that is under way end. Must not be called by whoever is at work in the store.
    func catchUp(until deadline: Deadline) {
        while isBehind, isDue.load(ordering: .relaxed), deadline.millisecondsLeft > 0 { sqlite3_sleep(5) }
    }

    private func note(_ pages: Int) {
        let isNewLog = pages < length.exchange(pages, ordering: .relaxed)
        if isNewLog { next.store(Self.enough, ordering: .relaxed) }
        guard pages >= next.load(ordering: .relaxed),
            isDue.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
        else { return }
        queue.async { [weak self] in self?.work() }
    }

    private func work() {
        defer { isDue.store(false, ordering: .releasing) }
        connection.withLock { connection in
            if connection.isClosed { return }
            if connection.opened == nil { connection.opened = try? opening.openCheckpointing() }
            // What cannot be done now is done after a later commit.
            try? connection.opened?.inDatabase(move)
        }
    }

    private func move(_ database: Database) throws {
        let handle = database.sqliteConnection
        var (length, moved): (CInt, CInt) = (0, 0)
        defer { next.store(Int(length) + (length < Self.most ? Self.enough : Self.some), ordering: .relaxed) }
        // The second round has to do with what came in during the first only.
        for _ in 0..<2 {
            let status = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, &length, &moved)
            guard status == SQLITE_OK, length >= Self.most else { return }
        }
        // Readers of an old snapshot may be in the way for a moment.
        try gate.enter(until: Deadline(in: 1))
        defer { gate.leave() }
        if sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_RESTART, &length, &moved) == SQLITE_OK {
            self.length.store(0, ordering: .relaxed)
            length = 0
        }
    }
}
