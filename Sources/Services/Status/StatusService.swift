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
        let now: Instant
        if case .asOf(let moment) = horizon { now = moment } else { now = context.clock.now }
        let records = try context.records()
        let server = Zone.named(context.settings.timezone) ?? .utc
        let zone = Zone.fixed(offset: server.offset(at: now))
        return try context.store.read { transaction in
            try sensors.flatMap { sensor in
                let asset = records.asset(sensor.assetID)
                let relation = asset.map { SensorRelations(of: $0).text(for: sensor) } ?? ""
                return try verdicts(on: sensor, records.sources, now: now, transaction).map { type, verdict in
                    SensorStatus(
                        sensor: sensor, assetName: asset?.name ?? "", relation: relation, sourceType: type,
                        verdict: verdict, zone: zone)
                }
            }
        }
    }

    private func verdicts(
        on sensor: Sensor, _ sources: [DataSourceID: DataSource], now: Instant, _ transaction: ReadTransaction
    ) throws -> [(type: String?, verdict: Staleness)] {
        let specs = try StatusSpecs(of: sensor)
        let held = try transaction.sourcesWithData(of: sensor.id).map(\.source)
        let verdicts = try Self.types.compactMap { type -> (type: String?, verdict: Staleness)? in
            let ofType = Set(held.filter { sources[$0]?.type == type })
            if ofType.isEmpty { return nil }
            var filter = specs.filter(now: now)
            filter.sources = ofType
            // What will only be believed later is no data yet.
            guard let last = try transaction.latestBelief(of: sensor, filter: filter) else { return nil }
            if Self.typesOfFutureData.contains(type) {
                return (type, Staleness(ofForecastsUntil: last.eventStart, limits: specs, now: now))
            }
            let known = KnowledgeTimes(of: sensor).time(ofEventAt: last.eventStart)
            return (type, Staleness(ofMeasurementsKnownAt: known, limits: specs, now: now))
        }
        return verdicts.isEmpty ? [(nil, .noData)] : verdicts
    }
}
