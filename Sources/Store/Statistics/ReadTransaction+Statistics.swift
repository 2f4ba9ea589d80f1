import EnergyCore
import GRDB

extension ReadTransaction {
    /// Statistics of each source of a sensor, by source id, over the events that start in a range.
    ///
    /// Whole months come from their summaries, so the cost does not grow with the length of the history. As of an
    /// earlier time the beliefs are counted.
    package func statistics(
        of sensor: Sensor, in range: EventRange, as horizon: BeliefHorizon
    ) throws -> [SourceStatistics] {
        if case .asOf = horizon { return try countedStatistics(of: sensor, in: range, filter: BeliefFilter(horizon)) }
        let (before, months, after) = try split(range, of: sensor)
        var found: [DataSourceID: SourceStatistics] = [:]
        func merge(_ statistics: SourceStatistics) {
            found[statistics.source, default: SourceStatistics(source: statistics.source)].merge(statistics)
        }
        for part in [before, after] where !part.isEmpty {
            try countedStatistics(of: sensor, in: part).forEach(merge)
        }
        if let months { try summarisedStatistics(of: sensor, months: months).forEach(merge) }
        return found.values.sorted { $0.source < $1.source }
    }

    /// At most so many beliefs are stored about events in a range: those of all months it touches. Looks at no belief.
    package func mostBeliefs(of sensor: SensorID, in range: EventRange) throws -> Int {
        if range.isEmpty { return 0 }
        let statement = try RawStatement(
            database, "SELECT ifnull(sum(count), 0) FROM belief_summary WHERE sensor = ? AND month BETWEEN ? AND ?")
        statement.bind(sensor, at: 1)
        statement.bind(Month(containing: range.from).number, at: 2)
        statement.bind(Month(containing: range.until - 1).number, at: 3)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }

    /// Statistics by counting the beliefs themselves.
    func countedStatistics(
        of sensor: Sensor, in range: EventRange, filter: BeliefFilter = BeliefFilter(.live)
    ) throws -> [SourceStatistics] {
        let knowledge = KnowledgeTimes(of: sensor)
        var found: [DataSourceID: SourceStatistics] = [:]
        try scanBeliefs(of: sensor, in: range, filter: filter) { row in
            found[row.source, default: SourceStatistics(source: row.source)].add(
                start: row.start, value: row.value, believed: knowledge.microseconds(ofEventAt: row.start) - row.horizon
            )
        }
        return found.values.sorted { $0.source < $1.source }
    }

    private func summarisedStatistics(of sensor: Sensor, months: ClosedRange<Int>) throws -> [SourceStatistics] {
        let statement = try RawStatement(
            database,
            """
            SELECT source, sum(count), sum(numbers), sum(sum), min(min), max(max), min(first_start), max(last_start),
                max(last_belief)
            FROM belief_summary WHERE sensor = ? AND month BETWEEN ? AND ? GROUP BY source
            """)
        statement.bind(sensor.id, at: 1)
        statement.bind(months.lowerBound, at: 2)
        statement.bind(months.upperBound, at: 3)
        defer { statement.reset() }
        var found: [SourceStatistics] = []
        while try statement.step() {
            var statistics = SourceStatistics(source: DataSourceID(statement.int(0)))
            statistics.count = Int(statement.int(1))
            statistics.numbers = Int(statement.int(2))
            statistics.sum = statement.double(3)
            if statistics.numbers > 0 {
                statistics.minimum = statement.double(4)
                statistics.maximum = statement.double(5)
            }
            statistics.firstEventStart = Instant(seconds: statement.int(6))
            statistics.lastEventStart = Instant(seconds: statement.int(7))
            statistics.lastBelief = Instant(microseconds: statement.int(8))
            found.append(statistics)
        }
        return found
    }

    /// A range as a part of a month, whole months, and another part of a month. Parts without data are left out.
    private func split(
        _ range: EventRange, of sensor: Sensor
    ) throws -> (before: EventRange, months: ClosedRange<Int>?, after: EventRange) {
        let none = EventRange(from: 0, until: 0)
        guard let known = try knownMonths(of: sensor.id) else { return (none, nil, none) }
        let clipped = EventRange(
            from: max(range.from, Month(number: known.lowerBound).range.from),
            until: min(range.until, Month(number: known.upperBound).range.until))
        if clipped.isEmpty { return (none, nil, none) }
        var first = Month(containing: clipped.from)
        var end = Month(containing: clipped.until)
        if first.range.from < clipped.from { first.number += 1 }
        if first >= end { return (clipped, nil, none) }
        let before = EventRange(from: clipped.from, until: first.range.from)
        let after = EventRange(from: end.range.from, until: clipped.until)
        end.number -= 1
        return (before, first.number...end.number, after)
    }

    private func knownMonths(of sensor: SensorID) throws -> ClosedRange<Int>? {
        let statement = try RawStatement(
            database, "SELECT min(month), max(month) FROM belief_summary WHERE sensor = ?")
        statement.bind(sensor, at: 1)
        defer { statement.reset() }
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return Int(statement.int(0))...Int(statement.int(1))
    }
}
