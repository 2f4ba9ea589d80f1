import CSQLite
import GRDB

/// A prepared statement that is bound and stepped without the engine's row values: seven times cheaper per row, which
/// is why everything that touches beliefs uses it.
///
/// The connection keeps its statements, so making one again for the same text costs a look-up. Two loops over the same
/// text must not be nested.
struct RawStatement {
    private let statement: Statement
    private let handle: OpaquePointer
    private let connection: OpaquePointer?

    init(_ database: Database, _ sql: String) throws {
        statement = try database.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
        connection = database.sqliteConnection
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Parameters count from 1.
    func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, value) }

    func bind(_ value: Int, at index: Int32) { sqlite3_bind_int64(handle, index, Int64(value)) }

    /// "Not a number" is stored as null.
    func bind(_ value: Double, at index: Int32) { sqlite3_bind_double(handle, index, value) }

    /// The bytes must stay where they are until the statement has run.
    func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
        sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), nil)
    }

    /// Columns count from 0.
    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// Null is read as "not a number".
    func double(_ column: Int32) -> Double {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? .nan : sqlite3_column_double(handle, column)
    }

    /// Good until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// Goes to the next row; false after the last one.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let message = connection.map { String(cString: sqlite3_errmsg($0)) }
            sqlite3_reset(handle)
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
        }
    }

    /// Runs a statement that gives no rows, and makes it ready for the next run with the same parameters.
    func run() throws {
        while try step() {}
        sqlite3_reset(handle)
    }

    /// Ends a loop, early or not; an open loop would hold the snapshot.
    func reset() { sqlite3_reset(handle) }
}
