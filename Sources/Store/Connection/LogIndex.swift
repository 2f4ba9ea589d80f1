import CSQLite
import GRDB
import Synchronization

/// Where the store stood at a moment: any commit of any process moves it on.
struct LogPosition: Hashable, Sendable {
    fileprivate let head: SIMD8<UInt64>
}

/// Tells for the price of reading a cache line whether anybody has committed anything, where a snapshot would cost several
/// calls of the system: from the head of the log's index, which all processes share and every commit changes.
final class LogIndex: Sendable {
    /// nil once the store is closed.
    private let place: Mutex<UInt?>

    /// nil for a store that has no such index.
    init?(_ engine: any DatabaseWriter) {
        let address = engine.writeWithoutTransaction { database in
            database.sqliteConnection.flatMap(csqlite_log_index).map(UInt.init(bitPattern:))
        }
        guard let address else { return nil }
        place = Mutex(address)
    }

    /// nil while a commit is under way, and after the end.
    var position: LogPosition? {
        place.withLock { place in
            guard let index = place.flatMap(UnsafeRawPointer.init(bitPattern:)) else { return nil }
            var head = (UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0))
            let isWhole = withUnsafeMutablePointer(to: &head) { head in
                head.withMemoryRebound(to: UInt64.self, capacity: 6) { csqlite_log_head(index, $0) }
            }
            guard isWhole != 0 else { return nil }
            return LogPosition(head: SIMD8(head.0, head.1, head.2, head.3, head.4, head.5, 0, 0))
        }
    }

    /// Must be called before the engine is closed.
    func close() { place.withLock { $0 = nil } }
}
