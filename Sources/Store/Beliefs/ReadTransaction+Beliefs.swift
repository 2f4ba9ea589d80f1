import EnergyCore
import GRDB

extension ReadTransaction {
    /// All stored beliefs of a sensor about events in a range that pass the filter: every version of every source.
    package func beliefs(of sensor: Sensor, in range: EventRange, filter: BeliefFilter) throws -> BeliefColumns {
        var columns = BeliefColumns()
        try scanBeliefs(of: sensor, in: range, filter: filter) { row in
            columns.append(
                start: row.start, source: row.source, horizon: row.horizon, probability: row.probability,
                value: row.value)
        }
        return columns
    }

    /// The latest belief of each source about each event, among those that pass the filter. All rows of a
    /// probabilistic belief stay together.
    package func latestBeliefs(
        of sensor: Sensor, in range: EventRange, filter: BeliefFilter
    ) throws -> BeliefColumns {
        var columns = BeliefColumns()
        var last = (start: Int64.min, source: DataSourceID.min, horizon: Int64.min)
        try scanBeliefs(of: sensor, in: range, filter: filter) { row in
            if row.start == last.start, row.source == last.source, row.horizon != last.horizon { return }
            last = (row.start, row.source, row.horizon)
            columns.append(
                start: row.start, source: row.source, horizon: row.horizon, probability: row.probability,
                value: row.value)
        }
        return columns
    }

    /// One value per event, chosen among all beliefs that pass the filter.
    package func chosenBeliefs(of sensor: Sensor, in range: EventRange, filter: BeliefFilter) throws -> ChosenBeliefs {
        var chosen = ChosenBeliefs()
        try scanChosen(of: sensor, in: range, filter: filter) { start, belief in
            chosen.starts.append(start)
            chosen.sources.append(belief.source)
            chosen.horizons.append(belief.horizon)
            chosen.values.append(belief.value)
        }
        return chosen
    }

    /// Calls `body` with the chosen belief of each event, in time order, without holding them all.
    func scanChosen(
        of sensor: Sensor, in range: EventRange, filter: BeliefFilter, _ body: (Int64, EventBelief) throws -> Void
    ) throws {
        var chooser = EventChooser(ranks: ranks)
        var start = Int64.min
        try scanBeliefs(of: sensor, in: range, filter: filter) { row in
            if row.start != start {
                if let belief = try chooser.take() { try body(start, belief) }
                start = row.start
            }
            chooser.add(source: row.source, horizon: row.horizon, probability: row.probability, value: row.value)
        }
        if let belief = try chooser.take() { try body(start, belief) }
    }

    /// Calls `body` with each belief in key order.
    @inline(__always)
    func scanBeliefs(
        of sensor: Sensor, in range: EventRange, filter: BeliefFilter, _ body: (BeliefRow) throws -> Void
    ) throws {
        var test = BeliefTest(filter, knowledge: KnowledgeTimes(of: sensor))
        if range.isEmpty || test.isVoid { return }
        let acceptsAll = filter.isTrivial
        let statement = try RawStatement(
            database,
            """
            SELECT start, source, horizon, probability, value FROM belief
            WHERE sensor = ? AND start >= ? AND start < ?
            """)
        statement.bind(sensor.id, at: 1)
        statement.bind(range.from, at: 2)
        statement.bind(range.until, at: 3)
        defer { statement.reset() }
        while try statement.step() {
            let start = statement.int(0)
            let source = DataSourceID(statement.int(1))
            let horizon = statement.int(2)
            guard acceptsAll || test.accepts(start: start, source: source, horizon: horizon) else { continue }
            try body(
                BeliefRow(
                    start: start, source: source, horizon: horizon, probability: statement.int(3),
                    value: statement.double(4)))
        }
    }
}

/// One row of the belief table, without its sensor.
struct BeliefRow {
    let start: Int64
    let source: DataSourceID
    /// microseconds
    let horizon: Int64
    /// See `ProbabilityCode`.
    let probability: Int64
    let value: Double
}

/// One belief per event as columns, in time order.
package struct ChosenBeliefs: Hashable, Sendable {
    /// Event starts in seconds since 1970.
    package var starts: [Int64] = []
    package var sources: [DataSourceID] = []
    /// Belief horizons in microseconds.
    package var horizons: [Int64] = []
    /// In the sensor's unit.
    package var values: [Double] = []

    package init() {}

    package var count: Int { starts.count }
}
