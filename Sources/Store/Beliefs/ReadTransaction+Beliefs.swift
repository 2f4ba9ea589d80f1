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
        try scanChosen(of: sensor, in: range, filter: filter) { chosen.append($0, $1) }
        return chosen
    }

    /// Calls `body` with the chosen belief of each event, in time order, without holding them all.
    func scanChosen(
        of sensor: Sensor, in range: EventRange, filter: BeliefFilter, _ body: (Int64, EventBelief) throws -> Void
    ) throws {
        var events = EventScan(ranks: ranks)
        try scanBeliefs(of: sensor, in: range, filter: filter) { try events.add($0, body) }
        try events.finish(body)
    }
}

extension Store {
    /// One value per event, chosen among all beliefs that pass the filter: from memory if they were read lately and nobody
    /// has stored anything since.
    package func chosenBeliefs(of sensor: Sensor, in range: EventRange, filter: BeliefFilter) throws -> ChosenBeliefs {
        if let chosen = remembered(of: sensor, in: range, filter: filter) { return chosen }
        return try read { try $0.chosenBeliefs(of: sensor, in: range, filter: filter) }
    }

    /// nil also where sources disagree: what decides between them has to be read.
    private func remembered(of sensor: Sensor, in range: EventRange, filter: BeliefFilter) -> ChosenBeliefs? {
        guard let log, let stretch = cache.stretch(of: sensor.id, covering: range), let position = stretch.position,
            log.position == position
        else { return nil }
        let test = BeliefTest(filter, knowledge: KnowledgeTimes(of: sensor))
        if range.isEmpty || test.isVoid { return ChosenBeliefs() }
        return try? stretch.rows.chosen(at: stretch.rows.places(in: range), test)
    }
}

extension BeliefColumns {
    /// One value per event among the rows at some places that pass the test.
    ///
    /// - Throws: `SourceRanks.Unknown` where sources disagree.
    fileprivate func chosen(at places: Range<Int>, _ test: BeliefTest) throws -> ChosenBeliefs {
        var test = test
        var chosen = ChosenBeliefs()
        chosen.reserveCapacity(places.count)
        var events = EventScan(ranks: SourceRanks(database: nil))
        for place in places {
            let row = row(at: place)
            if test.accepts(row) { try events.add(row) { chosen.append($0, $1) } }
        }
        try events.finish { chosen.append($0, $1) }
        return chosen
    }
}

/// Splits beliefs in key order into events, and chooses for each.
private struct EventScan {
    private var chooser: EventChooser
    private var start = Int64.min

    init(ranks: SourceRanks) {
        chooser = EventChooser(ranks: ranks)
    }

    @inline(__always)
    mutating func add(_ row: BeliefRow, _ body: (Int64, EventBelief) throws -> Void) throws {
        if row.start != start {
            try finish(body)
            start = row.start
        }
        chooser.add(source: row.source, horizon: row.horizon, probability: row.probability, value: row.value)
    }

    @inline(__always)
    mutating func finish(_ body: (Int64, EventBelief) throws -> Void) throws {
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

    fileprivate mutating func reserveCapacity(_ count: Int) {
        starts.reserveCapacity(count)
        sources.reserveCapacity(count)
        horizons.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    @inline(__always)
    fileprivate mutating func append(_ start: Int64, _ belief: EventBelief) {
        starts.append(start)
        sources.append(belief.source)
        horizons.append(belief.horizon)
        values.append(belief.value)
    }

    package var count: Int { starts.count }
}
