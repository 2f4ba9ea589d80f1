import EnergyCore
import GRDB

extension ReadTransaction {
    /// Calls `body` with each belief in key order.
    @inline(__always)
    func scanBeliefs(
        of sensor: Sensor, in range: EventRange, filter: BeliefFilter, _ body: (BeliefRow) throws -> Void
    ) throws {
        var test = BeliefTest(filter, knowledge: KnowledgeTimes(of: sensor))
        if range.isEmpty || test.isVoid { return }
        try scanRows(of: sensor, in: range) { row in
            if test.accepts(row) { try body(row) }
        }
    }

    /// Every row of a range, from memory if the same rows were read lately and nothing has changed them since.
    @inline(__always)
    private func scanRows(of sensor: Sensor, in range: EventRange, _ body: (BeliefRow) throws -> Void) throws {
        let expected = BeliefCache.eventCount(in: range, of: sensor)
        guard let cache, expected.map({ $0 >= BeliefCache.fewestRows }) ?? true else {
            return try scanTable(of: sensor.id, in: range, body)
        }
        if let stretch = cache.stretch(of: sensor.id, covering: range),
            try stretch.sequence == lastChange(ofBeliefsOf: sensor.id)
        {
            if let position { cache.confirm(stretch, of: sensor.id, at: position) }
            return try stretch.rows.scan(stretch.rows.places(in: range), body)
        }
        var rows = BeliefColumns()
        // One belief an event is usual; what was asked for may be far longer than what is there.
        rows.reserveCapacity(min(expected ?? 0, 4096))
        try scanTable(of: sensor.id, in: range) { row in
            if rows.count <= BeliefCache.mostRows {
                rows.append(
                    start: row.start, source: row.source, horizon: row.horizon, probability: row.probability,
                    value: row.value)
            }
            try body(row)
        }
        guard (BeliefCache.fewestRows...BeliefCache.mostRows).contains(rows.count) else { return }
        let sequence = try lastChange(ofBeliefsOf: sensor.id)
        cache.keep(
            BeliefCache.Stretch(range: range, sequence: sequence, rows: rows, position: position), of: sensor.id)
    }

    @inline(__always)
    private func scanTable(of sensor: SensorID, in range: EventRange, _ body: (BeliefRow) throws -> Void) throws {
        let statement = try RawStatement(
            database,
            """
            SELECT \(BeliefRow.columns) FROM belief
            WHERE sensor = ? AND start >= ? AND start < ?
            """)
        statement.bind(sensor, at: 1)
        statement.bind(range.from, at: 2)
        statement.bind(range.until, at: 3)
        var blocks = try BlockCursor(database, of: sensor, in: range)
        defer {
            statement.reset()
            blocks.close()
        }
        while try statement.step() {
            let row = BeliefRow(statement)
            try blocks.scan(before: row.start, body)
            try body(row)
        }
        try blocks.scan(before: .max, body)
    }

    /// Number of the last transaction that changed beliefs of a sensor, as this snapshot knows it; 0: none did.
    private func lastChange(ofBeliefsOf sensor: SensorID) throws -> Int64 {
        let statement = try RawStatement(database, "SELECT sequence FROM change WHERE subject = ? AND id = ?")
        statement.bind(ChangeSubject.beliefs.rawValue, at: 1)
        statement.bind(sensor, at: 2)
        defer { statement.reset() }
        return try statement.step() ? statement.int(0) : 0
    }
}

/// One stored belief, without its sensor.
struct BeliefRow {
    let start: Int64
    let source: DataSourceID
    /// microseconds
    let horizon: Int64
    /// See `ProbabilityCode`.
    let probability: Int64
    let value: Double
}

extension BeliefRow {
    /// The columns that `init(_:)` reads, in its order.
    static let columns = "start, source, horizon, probability, value"

    /// A statement's present row.
    @inline(__always)
    init(_ statement: RawStatement) {
        self.init(
            start: statement.int(0), source: DataSourceID(statement.int(1)), horizon: statement.int(2),
            probability: statement.int(3), value: statement.double(4))
    }
}

extension BeliefColumns {
    @inline(__always)
    func row(at place: Int) -> BeliefRow {
        BeliefRow(
            start: starts[place], source: sources[place], horizon: horizons[place], probability: probabilities[place],
            value: values[place])
    }

    /// Calls `body` with each row of some places.
    @inline(__always)
    fileprivate func scan(_ places: Range<Int>, _ body: (BeliefRow) throws -> Void) rethrows {
        for place in places { try body(row(at: place)) }
    }
}
