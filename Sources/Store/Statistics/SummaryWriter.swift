import EnergyCore
import GRDB

/// Keeps the monthly summaries of one sensor in step with its beliefs, within the transaction that changes them.
struct SummaryWriter {
    private let transaction: WriteTransaction
    private let sensor: Sensor
    private let knowledge: KnowledgeTimes
    private var open: (month: Month, range: EventRange, statistics: SourceStatistics)?
    /// Months in which beliefs were replaced or removed.
    private var dirty = Set<Month>()

    init(_ transaction: WriteTransaction, sensor: Sensor) {
        self.transaction = transaction
        self.sensor = sensor
        knowledge = KnowledgeTimes(of: sensor)
    }

    /// Counts a new belief. Cheapest when events come in time order and from one source.
    mutating func add(start: Int64, source: DataSourceID, horizon: Int64, value: Double) throws {
        let believed = knowledge.microseconds(ofEventAt: start) - horizon
        if let range = open?.range, start >= range.from, start < range.until, open?.statistics.source == source {
            open?.statistics.add(start: start, value: value, believed: believed)
            return
        }
        try flush()
        let month = Month(containing: start)
        var statistics = SourceStatistics(source: source)
        statistics.add(start: start, value: value, believed: believed)
        open = (month, month.range, statistics)
    }

    /// Notes that a belief about an event was replaced or removed.
    mutating func invalidate(start: Int64) {
        dirty.insert(Month(containing: start))
    }

    /// Writes everything; must be called when the beliefs are in place.
    mutating func finish() throws {
        try flush()
        for month in dirty.sorted() { try rebuild(month) }
        dirty.removeAll()
    }

    /// Works a month out again.
    func rebuild(_ month: Month) throws {
        let statement = try RawStatement(
            transaction.database, "DELETE FROM belief_summary WHERE sensor = ? AND month = ?")
        statement.bind(sensor.id, at: 1)
        statement.bind(month.number, at: 2)
        try statement.run()
        for statistics in try transaction.countedStatistics(of: sensor, in: month.range) {
            try write(statistics, month: month)
        }
    }

    private mutating func flush() throws {
        if let open { try write(open.statistics, month: open.month) }
        open = nil
    }

    private func write(_ statistics: SourceStatistics, month: Month) throws {
        let statement = try RawStatement(
            transaction.database,
            """
            INSERT INTO belief_summary (sensor, source, month, count, numbers, sum, min, max, first_start, last_start,
                last_belief)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sensor, source, month) DO UPDATE SET
                count = count + excluded.count, numbers = numbers + excluded.numbers,
                sum = ifnull(sum + excluded.sum, 0),
                min = min(ifnull(min, excluded.min), ifnull(excluded.min, min)),
                max = max(ifnull(max, excluded.max), ifnull(excluded.max, max)),
                first_start = min(first_start, excluded.first_start), last_start = max(last_start, excluded.last_start),
                last_belief = max(last_belief, excluded.last_belief)
            """)
        statement.bind(sensor.id, at: 1)
        statement.bind(statistics.source, at: 2)
        statement.bind(month.number, at: 3)
        statement.bind(statistics.count, at: 4)
        statement.bind(statistics.numbers, at: 5)
        // Values at the limits of doubles can leave no number behind, which the table does not take.
        statement.bind(statistics.sum.isNaN ? 0 : statistics.sum, at: 6)
        if statistics.numbers > 0 {
            statement.bind(statistics.minimum, at: 7)
            statement.bind(statistics.maximum, at: 8)
        }
        statement.bind(statistics.firstEventStart.seconds, at: 9)
        statement.bind(statistics.lastEventStart.seconds, at: 10)
        statement.bind(statistics.lastBelief.microseconds, at: 11)
        try statement.run()
    }
}
