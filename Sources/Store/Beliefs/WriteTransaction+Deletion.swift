import EnergyCore
import GRDB

extension WriteTransaction {
    /// Deletes the beliefs of a sensor about events that start in a range, of some or (nil) all sources. Returns how
    /// many there were.
    @discardableResult
    package func deleteBeliefs(
        of sensor: Sensor, in range: EventRange = .all, sources: Set<DataSourceID>? = nil
    ) throws -> Int {
        guard let held = try heldRange(of: sensor.id) else { return 0 }
        let range = EventRange(from: max(range.from, held.from), until: min(range.until, held.until))
        if range.isEmpty { return 0 }
        let isWhole = range == held && sources == nil
        let count =
            try deleteBlocks(of: sensor.id, in: range, sources: sources)
            + deleteRows(of: sensor.id, in: range, sources: sources)
        if count == 0 { return 0 }
        if isWhole {
            try deleteDerived(of: sensor.id)
        } else {
            try rebuildDerived(of: sensor, in: range)
        }
        note(.beliefs, sensor.id)
        return count
    }

    /// Works roll-ups and summaries of a sensor out again from its beliefs; needed when its zone, resolution or
    /// knowledge times change, or a source changes its version.
    package func rebuildDerived(of sensor: Sensor) throws {
        try deleteDerived(of: sensor.id)
        guard let held = try heldRange(of: sensor.id) else { return }
        try rebuildDerived(of: sensor, in: held)
    }

    private func rebuildDerived(of sensor: Sensor, in range: EventRange) throws {
        var days = LocalDays(of: sensor)
        var rollUps = RollUpWriter(self, sensor: sensor)
        try rollUps.rebuild(days.wholeDays(around: range))
        let summaries = SummaryWriter(self, sensor: sensor)
        for number in Month(containing: range.from).number...Month(containing: range.until - 1).number {
            try summaries.rebuild(Month(number: number))
        }
    }

    private func deleteDerived(of sensor: SensorID) throws {
        for table in ["roll_up", "belief_summary"] {
            let statement = try RawStatement(database, "DELETE FROM \(table) WHERE sensor = ?")
            statement.bind(sensor, at: 1)
            try statement.run()
        }
    }

    /// Blocks that reach beyond the range become rows, for `deleteRows` to delete some of.
    private func deleteBlocks(of sensor: SensorID, in range: EventRange, sources: Set<DataSourceID>?) throws -> Int {
        var count = 0
        for block in try blocks(of: sensor, in: range) where sources?.contains(block.source) ?? true {
            if block.start >= range.from, block.last < range.until {
                try remove(block)
                count += block.count
            } else {
                try open(block)
            }
        }
        return count
    }

    private func deleteRows(of sensor: SensorID, in range: EventRange, sources: Set<DataSourceID>?) throws -> Int {
        let condition = sources == nil ? "" : " AND source = ?"
        let statement = try RawStatement(
            database, "DELETE FROM belief WHERE sensor = ? AND start >= ? AND start < ?" + condition)
        statement.bind(sensor, at: 1)
        statement.bind(range.from, at: 2)
        statement.bind(range.until, at: 3)
        var count = 0
        for source in sources.map({ $0.sorted() }) ?? [0] {
            if sources != nil { statement.bind(source, at: 4) }
            try statement.run()
            count += database.changesCount
        }
        return count
    }

    /// From the first to the last event of which a sensor has a belief.
    private func heldRange(of sensor: SensorID) throws -> EventRange? {
        // Looks at the ends of the keys; min and max in one query would read all between.
        let statement = try RawStatement(
            database,
            """
            SELECT (SELECT start FROM belief WHERE sensor = ?1 ORDER BY start LIMIT 1),
                (SELECT start FROM belief WHERE sensor = ?1 ORDER BY start DESC LIMIT 1),
                (SELECT start FROM belief_block WHERE sensor = ?1 ORDER BY start LIMIT 1),
                (SELECT last FROM belief_block WHERE sensor = ?1 ORDER BY start DESC LIMIT 1)
            """)
        statement.bind(sensor, at: 1)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        let ends = (0..<4).filter { !statement.isNull($0) }.map { statement.int($0) }
        guard let first = ends.min(), let last = ends.max() else { return nil }
        return EventRange(from: first, until: last + 1)
    }
}
