import EnergyCore

/// How fresh the data are that one type of source records for a sensor.
package struct SensorStatus: Hashable, Sendable {
    package let sensor: Sensor
    package let assetName: String
    let relations: SensorRelations?
    /// nil: nothing is recorded at all.
    package let sourceType: String?
    package let verdict: Staleness
    /// Where `staleSince` is printed: the server's offset as it is now.
    let zone: Zone

    /// How the sensor belongs to its asset, in the words clients know.
    package var relation: String { relations?.text(for: sensor) ?? "" }

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
///
/// Words are made when somebody reads them: thousands of sensors are judged whenever one of them has news.
package struct Staleness: Hashable, Sendable {
    /// What the verdict rests on.
    package enum Grounds: Hashable, Sendable {
        case noData
        /// Data about the future should be there and have ended.
        case ended
        /// Data about the future, which should reach so far ahead.
        case outlook(needed: TimeSpan)
        /// Measurements, which may be so old.
        case measured(allowed: TimeSpan)
    }

    package let isStale: Bool
    /// Present time minus reference time: negative for data about the future; nil where there is no relevant data.
    package let staleness: TimeSpan?
    /// The reference time: when the most recent event could be known, or its start for sources of future data.
    package let since: Instant?
    package let grounds: Grounds

    /// Nothing is recorded.
    static let noData = Staleness(isStale: true, staleness: nil, since: nil, grounds: .noData)

    /// Judges sources of which data about the future are expected by the start of their last event.
    init(ofForecastsUntil eventStart: Instant, limits: StatusSpecs, now: Instant) {
        guard eventStart > now else {
            self.init(isStale: true, staleness: nil, since: eventStart, grounds: .ended)
            return
        }
        let staleness = now - eventStart
        self.init(
            isStale: staleness > limits.maximumFutureStaleness, staleness: staleness, since: eventStart,
            grounds: .outlook(needed: limits.maximumFutureStaleness))
    }

    /// Judges measurements by the time at which their last event could be known. Data about the future are never stale.
    init(ofMeasurementsKnownAt knowledgeTime: Instant, limits: StatusSpecs, now: Instant) {
        let staleness = now - knowledgeTime
        let isAhead = staleness < .zero && staleness <= limits.maximumFutureStaleness
        self.init(
            isStale: staleness > .zero && staleness > limits.maximumStaleness, staleness: staleness,
            since: knowledgeTime,
            grounds: isAhead
                ? .outlook(needed: limits.maximumFutureStaleness) : .measured(allowed: limits.maximumStaleness))
    }

    private init(isStale: Bool, staleness: TimeSpan?, since: Instant?, grounds: Grounds) {
        self.isStale = isStale
        self.staleness = staleness
        self.since = since
        self.grounds = grounds
    }

    /// The grounds in the words clients know.
    package var reason: String {
        let age = staleness ?? .zero
        switch grounds {
        case .noData: return "no data recorded"
        case .ended: return "Found no future data which this source should have"
        case .outlook(let needed):
            let verdict = isStale ? "but should be more than" : "which is not less than"
            return "most recent data is \(age.longWords) in the future, \(verdict) \(needed.longWords) in the future"
        case .measured(let allowed):
            let place = age < .zero ? "in the future" : "old"
            let verdict = isStale ? "but should not be more than" : "which is not more than"
            return "most recent data is \(age.longWords) \(place), \(verdict) \(allowed.longWords) old"
        }
    }
}
