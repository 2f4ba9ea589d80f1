import EnergyCore

extension ReadTransaction {
    /// The belief about the most recent event among those that pass the filter, formed last if there are several.
    ///
    /// Reads backwards from the last event of the sources that count, so that the history is not looked at.
    package func latestBelief(of sensor: Sensor, filter: BeliefFilter) throws -> Belief? {
        let held = try sourcesWithData(of: sensor.id).filter { filter.sources?.contains($0.source) ?? true }
        guard let last = held.map(\.lastEventStart).max() else { return nil }
        var test = BeliefTest(filter, knowledge: KnowledgeTimes(of: sensor))
        if test.isVoid { return nil }
        var scan = try BackwardScan(database, of: sensor.id, from: last.seconds)
        defer { scan.close() }
        var found: Belief?
        while let row = try scan.next() {
            if let found, found.eventStart.seconds != row.start { return found }
            guard test.accepts(row) else { continue }
            if let found, found.horizon.microseconds <= row.horizon { continue }
            found = Belief(
                eventStart: Instant(seconds: row.start), horizon: TimeSpan(microseconds: row.horizon),
                sourceID: row.source, cumulativeProbability: ProbabilityCode.probability(row.probability),
                value: row.value)
        }
        return found
    }
}
