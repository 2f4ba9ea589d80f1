import EnergyCore
import Store

/// One question for what another server has recorded about a sensor.
package struct PeerBeliefWindow: Hashable, Sendable {
    package let start: Instant
    /// Events that start before are wanted.
    package let end: Instant
    /// Only what was recorded then or later; nil means everything.
    package let recordedSince: Instant?

    /// What an answer holds, about.
    static let usualCount = 50_000

    /// The path and parameters to ask under: what the other server draws the charts of a sensor from. It is the only
    /// place where it tells when a value was recorded.
    package func request(for sensor: Sensor, peerID: SensorID) -> (path: String, query: [(String, String)]) {
        // Only whole events are told: the last one may end after the window.
        let reach = end + sensor.resolution + (sensor.resolution >= .days(1) ? .hours(2) : .zero)
        var query = [("event_starts_after", start.text(in: .utc)), ("event_ends_before", reach.text(in: .utc))]
        if let recordedSince { query.append(("beliefs_after", recordedSince.text(in: .utc))) }
        query += [
            ("most_recent_beliefs_only", "false"), ("use_latest_version_per_event", "false"), ("compress_json", "true"),
        ]
        return ("/api/dev/sensor/\(peerID)/chart_data", query)
    }
}

/// What another server answers to such a question.
package struct PeerBeliefs {
    /// Beliefs by the ids of their sources there.
    package private(set) var batches: [Int: BeliefBatch] = [:]
    /// What it says about the sources.
    package private(set) var sources: [Int: JSONValue] = [:]

    /// Nil if the answer has another form.
    package init?(_ answer: JSONValue, of sensor: Sensor) {
        guard let records = answer["data"]?.arrayValue else { return nil }
        for (id, entry) in answer["sources"]?.objectValue.map(Array.init) ?? [] {
            guard let id = Int(id) else { continue }
            sources[id] = entry
        }
        let empty = BeliefBatch(sensor: sensor, source: 0)
        for record in records {
            guard let start = record["ts"]?.intValue, let value = record["val"]?.doubleValue,
                let source = record["src"]?.intValue, let recorded = record["bt"]?.intValue
            else { continue }
            let event = Int64(start / 1000)
            let moment = Instant(microseconds: Int64(recorded) * 1000)
            batches[source, default: empty].append(
                start: event, horizon: empty.horizon(ofEventAt: event, believedAt: moment),
                probability: record["cp"]?.doubleValue ?? 0.5, value: value)
        }
    }
}
