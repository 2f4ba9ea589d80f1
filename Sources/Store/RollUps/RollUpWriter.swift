import EnergyCore
import GRDB

/// Keeps the roll-ups of one sensor in step with its beliefs, within the transaction that changes them.
///
/// Events that had no belief before are added to their bins; days in which a belief joined or left others are worked
/// out again from the beliefs.
struct RollUpWriter {
    private let transaction: WriteTransaction
    private let sensor: Sensor
    private let levels: [RollUpLevel]
    private var days: LocalDays
    /// One open bin per level.
    private var bins: [RollUpBin?]
    /// The finest level's open bin ends here; nothing else need be looked at before.
    private var openUntil = Int64.min
    private var openFrom = Int64.max
    /// Whole days that must be worked out again, in order, not touching.
    private var dirty: [EventRange] = []

    init(_ transaction: WriteTransaction, sensor: Sensor) {
        self.transaction = transaction
        self.sensor = sensor
        levels = RollUpLevel.levels(for: sensor.resolution)
        days = LocalDays(of: sensor)
        bins = Array(repeating: nil, count: levels.count)
    }

    /// Adds the value of an event that had none. Cheapest when events come in time order.
    mutating func add(start: Int64, value: Double) throws {
        if levels.isEmpty || value.isNaN { return }
        if start < openFrom || start >= openUntil { try openBins(at: start) }
        for index in levels.indices { bins[index]?.add(value) }
    }

    /// Notes that the choice among beliefs about an event may have changed. Events must come in time order.
    mutating func invalidate(start: Int64) {
        if levels.isEmpty { return }
        if let last = dirty.last, start < last.until, start >= last.from { return }
        let day = days.day(containing: start)
        if let last = dirty.last, last.until == day.from {
            dirty[dirty.count - 1].until = day.until
        } else {
            dirty.append(day)
        }
    }

    /// Writes everything; must be called when the beliefs are in place.
    mutating func finish() throws {
        try flush()
        for range in dirty { try rebuild(range) }
        dirty.removeAll()
    }

    /// Works the bins of whole days out again.
    mutating func rebuild(_ range: EventRange) throws {
        for level in levels {
            let statement = try RawStatement(
                transaction.database, "DELETE FROM roll_up WHERE sensor = ? AND level = ? AND start >= ? AND start < ?")
            statement.bind(sensor.id, at: 1)
            statement.bind(level.rawValue, at: 2)
            statement.bind(range.from, at: 3)
            statement.bind(range.until, at: 4)
            try statement.run()
        }
        try transaction.scanChosen(of: sensor, in: range, filter: BeliefFilter(.live)) { start, belief in
            try add(start: start, value: belief.value)
        }
        try flush()
    }

    private mutating func openBins(at start: Int64) throws {
        for (index, level) in levels.enumerated() {
            let binStart = days.binStart(level, containing: start)
            if bins[index]?.start == binStart { continue }
            if let bin = bins[index] { try write(bin, level: level) }
            bins[index] = RollUpBin(start: binStart)
        }
        let day = days.day(containing: start)
        openFrom = bins.first??.start ?? start
        openUntil = levels[0] == .day ? day.until : min(openFrom + levels[0].seconds, day.until)
    }

    private mutating func flush() throws {
        for (index, level) in levels.enumerated() {
            if let bin = bins[index] { try write(bin, level: level) }
            bins[index] = nil
        }
        openUntil = .min
        openFrom = .max
    }

    private func write(_ bin: RollUpBin, level: RollUpLevel) throws {
        if bin.count == 0 { return }
        let statement = try RawStatement(
            transaction.database,
            """
            INSERT INTO roll_up (sensor, level, start, count, sum, min, max) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sensor, level, start) DO UPDATE SET count = count + excluded.count,
                sum = ifnull(sum + excluded.sum, 0), min = min(min, excluded.min), max = max(max, excluded.max)
            """)
        statement.bind(sensor.id, at: 1)
        statement.bind(level.rawValue, at: 2)
        statement.bind(bin.start, at: 3)
        statement.bind(Int(bin.count), at: 4)
        // Values at the limits of doubles can leave no number behind, which the table does not take.
        statement.bind(bin.sum.isNaN ? 0 : bin.sum, at: 5)
        statement.bind(bin.minimum, at: 6)
        statement.bind(bin.maximum, at: 7)
        try statement.run()
    }
}
