import EnergyCore
import GRDB

/// Goes through the stored beliefs of a sensor from an event backwards, in reverse key order.
struct BackwardScan {
    private let rows: RawStatement
    private let blocks: RawStatement
    /// The next row.
    private var row: BeliefRow?
    /// The block that ends before it or after it, and the place of its next belief.
    private var block: BeliefBlock?
    private var place = 0

    init(_ database: Database, of sensor: SensorID, from last: Int64) throws {
        rows = try RawStatement(
            database,
            """
            SELECT \(BeliefRow.columns) FROM belief WHERE sensor = ? AND start <= ?
            ORDER BY start DESC, source DESC, horizon DESC, probability DESC
            """)
        blocks = try RawStatement(
            database,
            "SELECT \(BeliefBlock.columns) FROM belief_block WHERE sensor = ? AND start <= ? ORDER BY start DESC")
        for statement in [rows, blocks] {
            statement.bind(sensor, at: 1)
            statement.bind(last, at: 2)
        }
        try stepRows()
        try stepBlocks()
        if let block { place = block.places(in: EventRange(from: block.start, until: last + 1)).upperBound - 1 }
    }

    /// The next belief; nil after the first event.
    mutating func next() throws -> BeliefRow? {
        if let block, row.map({ $0.start < block.start }) ?? true {
            var found: BeliefRow?
            block.scan(place..<place + 1, of: blocks) { found = $0 }
            place -= 1
            if place < 0 { try stepBlocks() }
            return found
        }
        let found = row
        if found != nil { try stepRows() }
        return found
    }

    /// Ends the loop, early or not.
    func close() {
        rows.reset()
        blocks.reset()
    }

    private mutating func stepRows() throws {
        row = try rows.step() ? BeliefRow(rows) : nil
    }

    private mutating func stepBlocks() throws {
        block = try blocks.step() ? BeliefBlock(blocks) : nil
        place = (block?.count ?? 0) - 1
    }
}
