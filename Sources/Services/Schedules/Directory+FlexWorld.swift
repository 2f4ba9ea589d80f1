import EnergyCore
import Scheduling
import Store

/// The records in memory are what flex-models and flex-contexts refer to.
extension Directory: FlexWorld {
    package func children(of asset: AssetID) -> [Asset] { children(of: Optional(asset)) }
}

/// The store's data as of a moment, for snapshots. Lives as long as its transaction.
struct StoreReadings: SensorReadings {
    let transaction: ReadTransaction
    let records: Directory
    /// What probabilistic beliefs count as in place of their median.
    var quantile: Double?

    func readings(
        of sensor: Sensor, from start: Instant, to end: Instant, prior: Instant?, filter: SourceFilter
    ) throws -> [SensorReading] {
        var beliefs = BeliefFilter(prior.map { .asOf($0) } ?? .live)
        if !filter.isOpen { beliefs.sources = sources(filter) }
        // An event that begins earlier reaches into the window; local days are up to an hour longer.
        let reach = sensor.resolution == .zero ? TimeSpan.zero : sensor.resolution + .hours(1)
        let range = EventRange(from: start - reach, until: end)
        var chosen = try transaction.chosenBeliefs(of: sensor, in: range, filter: beliefs)
        if let quantile {
            let all = try transaction.latestBeliefs(of: sensor, in: range, filter: beliefs)
            QuantileReading(quantile).apply(all, to: &chosen)
        }
        return zip(chosen.starts, chosen.values).map { SensorReading(start: Instant(seconds: $0), value: $1) }
    }

    private func sources(_ filter: SourceFilter) -> Set<DataSourceID> {
        let passing = records.sources.values.filter { source in
            if !filter.types.isEmpty, !filter.types.contains(source.type) { return false }
            if filter.excludedTypes.contains(source.type) { return false }
            if !filter.sources.isEmpty, !filter.sources.contains(source.id) { return false }
            guard !filter.accounts.isEmpty else { return true }
            let account = source.userID.flatMap { records.users[$0]?.accountID }
            return account.map(filter.accounts.contains) ?? false
        }
        return Set(passing.map(\.id))
    }
}
