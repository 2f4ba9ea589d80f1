import EnergyCore
import GRDB

/// How far the data of one source about a sensor go.
package struct DataReach: Hashable, Sendable {
    package var source: DataSourceID
    package var lastEventStart: Instant
    /// The moment at which the latest belief was formed; may lie ahead.
    package var lastBelief: Instant
}

extension ReadTransaction {
    /// Sources with any belief about a sensor, and how far their data go; no belief is looked at.
    package func sourcesWithData(of sensor: SensorID) throws -> [DataReach] {
        try reaches(of: sensor)[sensor] ?? []
    }

    /// How far the data of each source go, of one sensor or of all, by sensor. Looks at no belief.
    package func reaches(of sensor: SensorID? = nil) throws -> [SensorID: [DataReach]] {
        let condition = sensor == nil ? "" : "WHERE sensor = ?"
        let statement = try RawStatement(
            database,
            """
            SELECT sensor, source, max(last_start), max(last_belief) FROM belief_summary \(condition) GROUP BY sensor, source
            """)
        if let sensor { statement.bind(sensor, at: 1) }
        defer { statement.reset() }
        var found: [SensorID: [DataReach]] = [:]
        while try statement.step() {
            found[SensorID(statement.int(0)), default: []].append(
                DataReach(
                    source: DataSourceID(statement.int(1)), lastEventStart: Instant(seconds: statement.int(2)),
                    lastBelief: Instant(microseconds: statement.int(3))))
        }
        return found
    }
}
