import EnergyCore
import GRDB

/// Inserts beliefs of one sensor and source, many rows per statement: half the cost of one row at a time.
struct BeliefInserter {
    private static let rows = 64
    /// Rows of the statement for what is left over: a day of quarter-hours is one full load and two of these.
    private static let fewRows = 16
    private let database: Database
    private let sensor: SensorID
    private let source: DataSourceID
    private let texts: Texts
    /// Made for the first full load; most posts are smaller.
    private var full: RawStatement?
    private var pending: [BeliefRow] = []

    init(_ database: Database, sensor: SensorID, source: DataSourceID, replaces: Bool) {
        self.database = database
        self.sensor = sensor
        self.source = source
        texts = replaces ? .replacing : .plain
    }

    mutating func insert(_ row: BeliefRow) throws {
        pending.append(row)
        if pending.count < BeliefInserter.rows { return }
        let statement = try full ?? statement(texts.full)
        full = statement
        try write(pending[...], with: statement)
        pending.removeAll(keepingCapacity: true)
    }

    /// Must be called after the last row.
    mutating func flush() throws {
        var rest = pending[...]
        if rest.count >= BeliefInserter.fewRows {
            let statement = try statement(texts.few)
            while rest.count >= BeliefInserter.fewRows {
                try write(rest.prefix(BeliefInserter.fewRows), with: statement)
                rest = rest.dropFirst(BeliefInserter.fewRows)
            }
        }
        if !rest.isEmpty {
            let statement = try statement(texts.single)
            for index in rest.indices { try write(rest[index...index], with: statement) }
        }
        pending.removeAll()
    }

    private func statement(_ text: String) throws -> RawStatement {
        let statement = try RawStatement(database, text)
        statement.bind(sensor, at: 1)
        statement.bind(source, at: 2)
        return statement
    }

    private func write(_ rows: ArraySlice<BeliefRow>, with statement: RawStatement) throws {
        var parameter: Int32 = 3
        for row in rows {
            statement.bind(row.start, at: parameter)
            statement.bind(row.horizon, at: parameter + 1)
            statement.bind(row.probability, at: parameter + 2)
            statement.bind(row.value, at: parameter + 3)
            parameter += 4
        }
        try statement.run()
    }

    /// The statements, written out once.
    private struct Texts: Sendable {
        let full: String
        let few: String
        let single: String

        static let plain = Texts(verb: "INSERT")
        static let replacing = Texts(verb: "INSERT OR REPLACE")

        private init(verb: String) {
            full = Texts.text(verb, rows: BeliefInserter.rows)
            few = Texts.text(verb, rows: BeliefInserter.fewRows)
            single = Texts.text(verb, rows: 1)
        }

        private static func text(_ verb: String, rows: Int) -> String {
            let values = (0..<rows).map { row in
                let first = 3 + row * 4
                return "(?1, ?\(first), ?2, ?\(first + 1), ?\(first + 2), ?\(first + 3))"
            }
            return """
                \(verb) INTO belief (sensor, start, source, horizon, probability, value)
                VALUES \(values.joined(separator: ", "))
                """
        }
    }
}
