import EnergyCore

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
