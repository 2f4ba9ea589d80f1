import EnergyCore
import GRDB

extension ReadTransaction {
    /// Blocks of a sensor that reach into a range, in time order, without their beliefs.
    func blocks(of sensor: SensorID, in range: EventRange) throws -> [BeliefBlock] {
        var found: [BeliefBlock] = []
        var cursor = try BlockCursor(database, of: sensor, in: range)
        defer { cursor.close() }
        while let block = cursor.block {
            found.append(block)
            try cursor.advance()
        }
        return found
    }
}

extension WriteTransaction {
    /// Stores a block. Nothing may be stored about its events, or events between them.
    func insert(_ block: BeliefBlock, values: ArraySlice<Double>) throws {
        let statement = try RawStatement(
            database,
            """
            INSERT INTO belief_block (sensor, source, start, step, horizon, horizon_step, last, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(block.sensor, at: 1)
        statement.bind(block.source, at: 2)
        statement.bind(block.start, at: 3)
        statement.bind(block.step, at: 4)
        statement.bind(block.horizon, at: 5)
        statement.bind(block.horizonStep, at: 6)
        statement.bind(block.last, at: 7)
        try values.withUnsafeBytes { bytes in
            statement.bind(bytes, at: 8)
            try statement.run()
        }
    }

    func remove(_ block: BeliefBlock) throws {
        let statement = try RawStatement(database, "DELETE FROM belief_block WHERE id = ?")
        statement.bind(block.id, at: 1)
        try statement.run()
    }

    /// Stores the beliefs of a block as rows instead, so that others can join them.
    func open(_ block: BeliefBlock) throws {
        let rows = try rows(of: block)
        try remove(block)
        var inserter = BeliefInserter(database, sensor: block.sensor, source: block.source, replaces: false)
        for row in rows { try inserter.insert(row) }
        try inserter.flush()
    }

    private func rows(of block: BeliefBlock) throws -> [BeliefRow] {
        var rows: [BeliefRow] = []
        rows.reserveCapacity(block.count)
        var cursor = try BlockCursor(
            database, of: block.sensor, in: EventRange(from: block.start, until: block.last + 1))
        defer { cursor.close() }
        try cursor.scan(before: .max) { rows.append($0) }
        return rows
    }
}

/// Blocks of one sensor that a batch meets, each of which is taken apart when the first belief is to join it.
struct MetBlocks {
    private let transaction: WriteTransaction
    /// Those that are still whole, in time order.
    private var whole: ArraySlice<BeliefBlock>

    init(_ transaction: WriteTransaction, of sensor: SensorID, in range: EventRange) throws {
        self.transaction = transaction
        whole = try transaction.blocks(of: sensor, in: range)[...]
    }

    /// Makes sure that no block spans an event that gets a belief. Events must come in time order.
    mutating func makeRoom(at start: Int64) throws {
        while let first = whole.first, first.last < start { whole.removeFirst() }
        guard let first = whole.first, first.start <= start else { return }
        whole.removeFirst()
        try transaction.open(first)
    }
}
