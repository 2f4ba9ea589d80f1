import EnergyCore

/// How fresh the data are that one type of source records for a sensor.
package struct SensorStatus: Hashable, Sendable {
    package let sensor: Sensor
    package let assetName: String
    /// How the sensor belongs to its asset, in the words clients know.
    package let relation: String
    /// nil: nothing is recorded at all.
    package let sourceType: String?
    package let verdict: Staleness
    /// Where `staleSince` is printed: the server's offset as it is now.
    let zone: Zone

    /// The status as clients get it.
    package var json: JSONObject {
        [
            "id": .int(Int64(sensor.id)),
            "name": .string(sensor.name),
            "asset_name": .string(assetName),
            "resolution": .string(sensor.resolution.shortWords),
            "relation": .string(relation),
            "source_type": .text(sourceType),
            "stale": .bool(verdict.isStale),
            "staleness": .text(verdict.staleness?.shortWords),
            "staleness_since": .text(verdict.since?.spacedText(in: zone)),
            "reason": .string(verdict.reason),
        ]
    }
}

/// Whether data are stale, and why. A pure function of the most recent belief, the limits and the present.
package struct Staleness: Hashable, Sendable {
    package let isStale: Bool
    /// Present time minus reference time: negative for data about the future; nil where there is no relevant data.
    package let staleness: TimeSpan?
    /// The reference time: when the most recent event could be known, or its start for sources of future data.
    package let since: Instant?
    package let reason: String

    /// Nothing is recorded.
    static let noData = Staleness(isStale: true, staleness: nil, since: nil, reason: "no data recorded")

    /// Judges sources of which data about the future are expected by the start of their last event.
    init(ofForecastsUntil eventStart: Instant, limits: StatusSpecs, now: Instant) {
        guard eventStart > now else {
            self.init(
                isStale: true, staleness: nil, since: eventStart,
                reason: "Found no future data which this source should have")
            return
        }
        let staleness = now - eventStart
        let isStale = staleness > limits.maximumFutureStaleness
        self.init(
            isStale: isStale, staleness: staleness, since: eventStart,
            reason: Staleness.ahead(staleness)
                + (isStale ? "but should be more than " : "which is not less than ")
                + "\(limits.maximumFutureStaleness.longWords) in the future")
    }

    /// Judges measurements by the time at which their last event could be known. Data about the future are never stale.
    init(ofMeasurementsKnownAt knowledgeTime: Instant, limits: StatusSpecs, now: Instant) {
        let staleness = now - knowledgeTime
        let limit = "\(limits.maximumStaleness.longWords) old"
        if staleness >= .zero {
            let isStale = staleness > .zero && staleness > limits.maximumStaleness
            self.init(
                isStale: isStale, staleness: staleness, since: knowledgeTime,
                reason: "most recent data is \(staleness.longWords) old, "
                    + (isStale ? "but should not be more than " : "which is not more than ") + limit)
        } else if staleness <= limits.maximumFutureStaleness {
            self.init(
                isStale: false, staleness: staleness, since: knowledgeTime,
                reason: Staleness.ahead(staleness)
                    + "which is not less than \(limits.maximumFutureStaleness.longWords) in the future")
        } else {
            self.init(
                isStale: false, staleness: staleness, since: knowledgeTime,
                reason: Staleness.ahead(staleness) + "which is not more than " + limit)
        }
    }

    private init(isStale: Bool, staleness: TimeSpan?, since: Instant?, reason: String) {
        self.isStale = isStale
        self.staleness = staleness
        self.since = since
        self.reason = reason
    }

    private static func ahead(_ staleness: TimeSpan) -> String {
        "most recent data is \(staleness.longWords) in the future, "
    }
}
