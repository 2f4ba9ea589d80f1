import CSQLite
import EnergyCore

struct SQLiteFailure: Error {
    let message: String
}

/// A table with a row for each belief, filled and read by the shortest possible loops: what SQLite costs by itself.
final class RawSQLite {
    private var database: OpaquePointer?

    init(path: String) throws {
        sqlite3_open(path, &database)
        try execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000;")
        try execute(
            """
            CREATE TABLE belief (sensor INTEGER NOT NULL, start INTEGER NOT NULL, source INTEGER NOT NULL,
            horizon INTEGER NOT NULL, probability INTEGER NOT NULL, value REAL,
            PRIMARY KEY (sensor, start, source, horizon, probability)) STRICT, WITHOUT ROWID
            """)
    }

    deinit { sqlite3_close(database) }

    private func execute(_ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
            throw SQLiteFailure(message: String(cString: sqlite3_errmsg(database)))
        }
    }

    private func prepare(_ sql: String) -> OpaquePointer? {
        var statement: OpaquePointer?
        sqlite3_prepare_v2(database, sql, -1, &statement, nil)
        return statement
    }

    /// One transaction per sensor, so many rows per statement.
    func fill(sensors: Int, events: Int, rows: Int) throws {
        let values = Array(repeating: "(?, ?, ?, ?, ?, ?)", count: rows).joined(separator: ", ")
        let statement = prepare("INSERT INTO belief VALUES \(values)")
        defer { sqlite3_finalize(statement) }
        try measure("raw: insert, \(rows) row(s) per statement", sensors * (events / rows * rows)) {
            for sensor in 1...sensors {
                try execute("BEGIN IMMEDIATE")
                for first in stride(from: 0, to: events / rows * rows, by: rows) {
                    bind(statement, sensor: sensor, events: first..<first + rows)
                    sqlite3_step(statement)
                    sqlite3_reset(statement)
                }
                try execute("COMMIT")
            }
        }
        try execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    private func bind(_ statement: OpaquePointer?, sensor: Int, events: Range<Int>) {
        var parameter: Int32 = 1
        for event in events {
            let start = Series.start(event)
            sqlite3_bind_int64(statement, parameter, Int64(sensor))
            sqlite3_bind_int64(statement, parameter + 1, start)
            sqlite3_bind_int64(statement, parameter + 2, 1)
            sqlite3_bind_int64(statement, parameter + 3, (start + 900) * 1_000_000 - Series.belief.microseconds)
            sqlite3_bind_int64(statement, parameter + 4, 0)
            sqlite3_bind_double(statement, parameter + 5, Series.value(sensor, event))
            parameter += 6
        }
    }

    private func read(_ statement: OpaquePointer?, sensor: Int, from: Int64, until: Int64) -> Int {
        var starts: [Int64] = []
        var sources: [Int] = []
        var horizons: [Int64] = []
        var probabilities: [Int64] = []
        var values: [Double] = []
        sqlite3_bind_int64(statement, 1, Int64(sensor))
        sqlite3_bind_int64(statement, 2, from)
        sqlite3_bind_int64(statement, 3, until)
        while sqlite3_step(statement) == SQLITE_ROW {
            starts.append(sqlite3_column_int64(statement, 0))
            sources.append(Int(sqlite3_column_int64(statement, 1)))
            horizons.append(sqlite3_column_int64(statement, 2))
            probabilities.append(sqlite3_column_int64(statement, 3))
            values.append(sqlite3_column_double(statement, 4))
        }
        sqlite3_reset(statement)
        return starts.count + sources.count + horizons.count + probabilities.count + values.count
    }

    private static let query = """
        SELECT start, source, horizon, probability, value FROM belief WHERE sensor = ? AND start >= ? AND start < ?
        """

    func readAll(sensors: Int, total: Int) {
        let statement = prepare(RawSQLite.query)
        defer { sqlite3_finalize(statement) }
        measure("raw: range read, five columns", total) {
            for sensor in 1...sensors { _ = read(statement, sensor: sensor, from: 0, until: 1 << 50) }
        }
    }

    func readDays(sensors: Int, events: Int) {
        let statement = prepare(RawSQLite.query)
        defer { sqlite3_finalize(statement) }
        let count = 2000
        measure("raw: a day of one sensor", count) {
            for index in 0..<count {
                let start = Series.start((index * 104_729) % max(1, events - 96))
                _ = read(statement, sensor: index * 7919 % sensors + 1, from: start, until: start + 86_400)
            }
        }
    }
}
