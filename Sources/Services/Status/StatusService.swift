import EnergyCore
import Store

/// Tells whether the data of sensors are fresh.
package struct StatusService: Sendable {
    /// The types of sources that are looked at, in the order of the answer.
    private static let types = ["user", "scheduler", "forecaster", "reporter", "demo script", "gateway", "market"]
    private static let typesOfFutureData: Set<String> = ["scheduler", "forecaster"]

    let context: ServiceContext

    package init(context: ServiceContext) {
        self.context = context
    }

    /// The status of one sensor: an entry per type of source that has recorded anything for it, or one that says that
    /// there is nothing.
    package func status(of id: SensorID, as horizon: BeliefHorizon, caller: Caller) throws -> [SensorStatus] {
        let sensor = try context.sensor(id, for: .read, caller)
        return try statuses(of: [sensor], as: horizon)
    }

    /// The status of each of several sensors that the caller may read; others are left out.
    package func statuses(of ids: [SensorID], as horizon: BeliefHorizon, caller: Caller) throws -> [SensorStatus] {
        let records = try context.records()
        let sensors = ids.compactMap(records.sensor).filter {
            AccessPolicy.allows(caller, to: .read, records.resource($0))
        }
        return try statuses(of: sensors, as: horizon)
    }

    /// The sensors that an asset's status page lists: those its flex-context names, then those it shows.
    package func sensors(ofStatusOf id: AssetID, caller: Caller) throws -> [SensorID] {
        let asset = try context.asset(id, for: .read, caller)
        let relations = SensorRelations(of: asset)
        var listed: [SensorID] = []
        let shown = ShownRow.rows(asset.sensorsToShow).flatMap(\.sensors)
        for sensor in relations.inflexibleDevices + relations.fields.map(\.sensor) + shown
        where !listed.contains(sensor) { listed.append(sensor) }
        let records = try context.records()
        return listed.filter { records.sensor($0) != nil }
    }

    private func statuses(of sensors: [Sensor], as horizon: BeliefHorizon) throws -> [SensorStatus] {
        let now = horizon.moment(now: context.clock.now)
        let records = try context.records()
        let server = Zone.named(context.settings.timezone) ?? .utc
        let zone = Zone.fixed(offset: server.offset(at: now))
        return try context.store.read { transaction in
            let isLive = horizon == .live
            let known =
                isLive
                ? try context.statusFacts.remembered(sensors, at: now, transaction)
                : Array(repeating: nil, count: sensors.count)
            // Of many sensors, all are asked about at once.
            let all = known.count(where: { $0 == nil }) > 50 ? try transaction.reaches() : nil
            var found: [SensorID: StatusFacts.Fact] = [:]
            var relations: (asset: AssetID, relations: SensorRelations)?
            let statuses = try zip(sensors, known).flatMap { sensor, known in
                let asset = records.asset(sensor.assetID)
                if let asset, relations?.asset != asset.id { relations = (asset.id, SensorRelations(of: asset)) }
                let ofAsset = asset == nil ? nil : relations?.relations
                let specs = try StatusSpecs(of: sensor)
                let lasts =
                    try known
                    ?? look(
                        at: sensor, specs,
                        all.map { $0[sensor.id] ?? [] } ?? transaction.sourcesWithData(of: sensor.id),
                        records.sources, now: now, &found, transaction, isLive: isLive)
                return Self.verdicts(on: sensor, specs, lasts, now: now).map { type, verdict in
                    SensorStatus(
                        sensor: sensor, assetName: asset?.name ?? "", relations: ofAsset, sourceType: type,
                        verdict: verdict, zone: zone)
                }
            }
            if isLive, !found.isEmpty { try context.statusFacts.remember(found, transaction) }
            return statuses
        }
    }

    /// The last event of each type of source, as known at a moment. If that is the present, notes it in `found`, with how
    /// long it holds.
    private func look(
        at sensor: Sensor, _ specs: StatusSpecs, _ reaches: [DataReach], _ sources: [DataSourceID: DataSource],
        now: Instant, _ found: inout [SensorID: StatusFacts.Fact], _ transaction: ReadTransaction, isLive: Bool
    ) throws -> StatusFacts.Lasts {
        var until: Instant?
        let lasts = try Self.types.compactMap { type -> (type: String, eventStart: Instant)? in
            let ofType = reaches.filter { sources[$0.source]?.type == type }
            guard let furthest = ofType.map(\.lastEventStart).max() else { return nil }
            // Where all is known by now, and all of it counts, no belief has to be looked at.
            if specs.search.isEmpty, ofType.allSatisfy({ $0.lastBelief <= now }) { return (type, furthest) }
            // What will only be believed later is no data yet.
            func filter(asOf moment: Instant) -> BeliefFilter {
                var filter = specs.filter(now: moment)
                filter.sources = Set(ofType.map(\.source))
                return filter
            }
            let present = try transaction.latestBelief(of: sensor, filter: filter(asOf: now))?.eventStart
            if isLive,
                let next = try nextBelief(
                    about: sensor, after: present, filter(asOf: now + .days(36_500)), transaction)
            {
                until = min(until ?? next, next)
            }
            return present.map { (type, $0) }
        }
        if isLive { found[sensor.id] = StatusFacts.Fact(lasts: lasts, foundAt: now, until: until) }
        return lasts
    }

    /// When the first of the events after one comes to be known.
    private func nextBelief(
        about sensor: Sensor, after eventStart: Instant?, _ filter: BeliefFilter, _ transaction: ReadTransaction
    ) throws -> Instant? {
        let range = EventRange(
            from: eventStart.map { $0.seconds + 1 } ?? EventRange.all.from, until: EventRange.all.until)
        let beliefs = try transaction.beliefs(of: sensor, in: range, filter: filter)
        let knowledge = KnowledgeTimes(of: sensor)
        return (0..<beliefs.count).map { index in
            knowledge.beliefTime(
                ofEventAt: Instant(seconds: beliefs.starts[index]),
                horizon: TimeSpan(microseconds: beliefs.horizons[index]))
        }.min()
    }

    private static func verdicts(
        on sensor: Sensor, _ specs: StatusSpecs, _ lasts: StatusFacts.Lasts, now: Instant
    ) -> [(type: String?, verdict: Staleness)] {
        let verdicts = lasts.map { type, eventStart -> (type: String?, verdict: Staleness) in
            if typesOfFutureData.contains(type) {
                return (type, Staleness(ofForecastsUntil: eventStart, limits: specs, now: now))
            }
            let known = KnowledgeTimes(of: sensor).time(ofEventAt: eventStart)
            return (type, Staleness(ofMeasurementsKnownAt: known, limits: specs, now: now))
        }
        return verdicts.isEmpty ? [(nil, .noData)] : verdicts
    }
}
