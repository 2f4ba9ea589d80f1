import EnergyCore
import GRDB

/// Goes through the blocks of a sensor that reach into a range, in time order.
struct BlockCursor {
    private let statement: RawStatement
    private let range: EventRange
    /// The block it stands at; nil after the last one.
    private(set) var block: BeliefBlock?

    init(_ database: Database, of sensor: SensorID, in range: EventRange) throws {
        self.range = range
        // Blocks do not overlap, so of those that start before the range only the last can reach into it.
        statement = try RawStatement(
            database,
            """
            SELECT \(BeliefBlock.columns) FROM belief_block WHERE sensor = ?1 AND start < ?3 AND start >= ifnull(
                (SELECT start FROM belief_block WHERE sensor = ?1 AND start <= ?2 ORDER BY start DESC LIMIT 1), ?2)
            ORDER BY start
            """)
        statement.bind(sensor, at: 1)
        statement.bind(range.from, at: 2)
        statement.bind(range.until, at: 3)
        try advance()
    }

    mutating func advance() throws {
        block = nil
        while block == nil, try statement.step() {
            let next = try BeliefBlock(statement)
            if next.last >= range.from { block = next }
        }
    }

    /// Calls `body` with the beliefs of blocks that start before a moment, and goes on to the next block after it.
    @inline(__always)
    mutating func scan(before start: Int64, _ body: (BeliefRow) throws -> Void) throws {
        while let block, block.start < start {
            try block.scan(block.places(in: range), of: statement, body)
            try advance()
        }
    }

    /// Ends the loop, early or not.
    func close() { statement.reset() }
}
