import EnergyCore
import GRDB

/// Beliefs of one source about events at equal steps, stored as one row: a fifth of the room of a row each, and a
/// fraction of the time to write and read.
///
/// While a block stands, nothing else is stored about events from its first to its last: whoever stores more takes it
/// apart first (`WriteTransaction.open`). So blocks and rows never overlap, and reading them in time order needs no comparison of
/// beliefs. Its probabilities are all one half.
struct BeliefBlock {
    /// Shorter ones are stored as rows: they are more likely to be added to, and save little.
    static let fewestEvents = 48
    /// What a page of the file holds.
    static let mostEvents = 500
    /// In seconds; keeps sums of steps far from the limits of the numbers.
    static let longestStep: Int64 = 1 << 40

    /// Of the row; 0 before it is stored.
    var id: Int64 = 0
    let sensor: SensorID
    let source: DataSourceID
    /// The first event, in seconds since 1970.
    let start: Int64
    /// Seconds from event to event.
    let step: Int64
    let count: Int
    /// Of the first event, in microseconds.
    let horizon: Int64
    /// What each further event adds to it: one step if all were believed at one moment, nothing if all were believed
    /// equally early.
    let horizonStep: Int64

    /// The last event, in seconds since 1970.
    var last: Int64 { start + Int64(count - 1) * step }

    /// Places of the events that start in a range.
    func places(in range: EventRange) -> Range<Int> {
        let first = place(atOrAfter: range.from)
        return first..<max(first, place(atOrAfter: range.until))
    }

    private func place(atOrAfter start: Int64) -> Int {
        if start <= self.start { return 0 }
        if start > last { return count }
        return Int((start - self.start + step - 1) / step)
    }

    /// The belief at a place.
    @inline(__always)
    func row(at place: Int, value: Double) -> BeliefRow {
        BeliefRow(
            start: start + Int64(place) * step, source: source, horizon: horizon &+ Int64(place) &* horizonStep,
            probability: ProbabilityCode.half, value: value)
    }
}

extension BeliefBlock {
    /// The columns that `init(_:)` reads, in its order.
    static let columns = "id, sensor, source, start, step, horizon, horizon_step, last, content"

    /// The block of a statement's present row.
    ///
    /// - Throws: `DatabaseError` for a row that no version of this program wrote
    init(_ statement: RawStatement) throws {
        id = statement.int(0)
        sensor = SensorID(statement.int(1))
        source = DataSourceID(statement.int(2))
        start = statement.int(3)
        step = statement.int(4)
        horizon = statement.int(5)
        horizonStep = statement.int(6)
        let size = statement.bytes(BeliefBlock.contentColumn).count
        count = size / MemoryLayout<Double>.size
        guard size % MemoryLayout<Double>.size == 0, (1...BeliefBlock.mostEvents).contains(count),
            (1...BeliefBlock.longestStep).contains(step),
            (EventRange.all.from..<EventRange.all.until).contains(start), statement.int(7) == last
        else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: "a block of beliefs of sensor \(sensor) is damaged")
        }
    }

    private static let contentColumn: Int32 = 8

    /// Calls `body` with the beliefs at some places of the block that is a statement's present row.
    @inline(__always)
    func scan(_ places: Range<Int>, of statement: RawStatement, _ body: (BeliefRow) throws -> Void) rethrows {
        let content = statement.bytes(BeliefBlock.contentColumn)
        for place in places {
            let value = content.loadUnaligned(fromByteOffset: place * MemoryLayout<Double>.size, as: Double.self)
            try body(row(at: place, value: value))
        }
    }
}
