import EnergyCore
import Store

/// Charts of assets and sensors: their data and their descriptions for web clients.
package struct ChartService: Sendable {
    /// The most beliefs that one answer is made of.
    private static let mostRecords = 3_000_000

    let context: ServiceContext

    package init(context: ServiceContext) {
        self.context = context
    }

    /// The data of the charts that an asset shows.
    package func data(
        ofAsset id: AssetID, _ query: ChartQuery, as horizon: BeliefHorizon, caller: Caller
    ) throws -> ChartData {
        let asset = try context.asset(id, for: .read, caller)
        let rows = try context.chartRows(of: asset)
        var factors: [SensorID: Double] = [:]
        var sensors: [Sensor] = []
        for row in rows {
            for (sensor, factor) in zip(row.sensors, row.factors) where factors[sensor.id] == nil {
                factors[sensor.id] = factor
                sensors.append(sensor)
            }
        }
        return try data(of: sensors, factors: factors, query, as: horizon)
    }

    /// Refuses windows whose records would not fit into memory.
    func checkSize(of sensors: [Sensor], _ query: ChartQuery, _ transaction: ReadTransaction) throws {
        let most = try sensors.reduce(0) { sum, sensor in
            sum + (try transaction.mostBeliefs(of: sensor.id, in: query.range(of: sensor)))
        }
        if most <= Self.mostRecords { return }
        let count = try sensors.reduce(0) { sum, sensor in
            try transaction.statistics(of: sensor, in: query.range(of: sensor), as: .live)
                .reduce(sum) { $0 + $1.count }
        }
        if count > Self.mostRecords { throw FieldErrors("event_starts_after", DataText.tooMuch) }
    }

    private func data(
        of sensors: [Sensor], factors: [SensorID: Double], _ query: ChartQuery, as horizon: BeliefHorizon
    ) throws -> ChartData {
        let records = try context.records()
        let resolution = sensors.map(\.resolution).filter { $0 > .zero }.min() ?? .zero
        let filter = query.filter(as: horizon)
        let series = try context.store.read { transaction in
            try checkSize(of: sensors, query, transaction)
            return try sensors.map { sensor in
                let range = query.range(of: sensor)
                let beliefs =
                    query.mostRecentOnly
                    ? try transaction.latestBeliefs(of: sensor, in: range, filter: filter)
                    : try transaction.beliefs(of: sensor, in: range, filter: filter)
                var series = ChartData.Series(
                    sensor: sensor, description: records.chartDescription(of: sensor),
                    assetDescription: records.asset(sensor.assetID).map(records.chartDescription) ?? "",
                    factor: factors[sensor.id] ?? 1)
                var assembly = ChartAssembly(of: sensor, sources: records.sources, shownAt: resolution)
                assembly.add(beliefs, latestVersionOnly: query.latestVersionOnly)
                assembly.fill(&series)
                return series
            }
        }
        let used = series.reduce(into: Set()) { $0.formUnion($1.sources.withoutRepeats) }
        return ChartData(
            series: series, sources: records.sources.filter { used.contains($0.key) },
            showsBeliefTimes: !query.mostRecentOnly)
    }
}
