import EnergyCore
import GRDB

extension ReadTransaction {
    /// The belief about the most recent event among those that pass the filter, formed last if there are several.
    ///
    /// Reads backwards from the last event of the sources that count, so that the history is not looked at.
    package func latestBelief(of sensor: Sensor, filter: BeliefFilter) throws -> Belief? {
        let held = try sourcesWithData(of: sensor.id).filter { filter.sources?.contains($0.source) ?? true }
        guard let last = held.map(\.lastEventStart).max() else { return nil }
        var test = BeliefTest(filter, knowledge: KnowledgeTimes(of: sensor))
        if test.isVoid { return nil }
        let statement = try RawStatement(
            database,
            """
            SELECT start, source, horizon, probability, value FROM belief WHERE sensor = ? AND start <= ?
            ORDER BY start DESC, source DESC, horizon DESC, probability DESC
            """)
        statement.bind(sensor.id, at: 1)
        statement.bind(last.seconds, at: 2)
        defer { statement.reset() }
        var found: Belief?
        while try statement.step() {
            let start = Instant(seconds: statement.int(0))
            if let found, found.eventStart != start { return found }
            let source = DataSourceID(statement.int(1))
            let horizon = statement.int(2)
            guard test.accepts(start: start.seconds, source: source, horizon: horizon) else { continue }
            if let found, found.horizon.microseconds <= horizon { continue }
            found = Belief(
                eventStart: start, horizon: TimeSpan(microseconds: horizon), sourceID: source,
                cumulativeProbability: ProbabilityCode.probability(statement.int(3)), value: statement.double(4))
        }
        return found
    }
}
