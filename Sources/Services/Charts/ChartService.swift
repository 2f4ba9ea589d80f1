import EnergyCore
import Store

/// Charts of assets and sensors: their data and their descriptions for web clients.
package struct ChartService: Sendable {
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

    private func data(
        of sensors: [Sensor], factors: [SensorID: Double], _ query: ChartQuery, as horizon: BeliefHorizon
    ) throws -> ChartData {
        let records = try context.records()
        let resolution = sensors.map(\.resolution).filter { $0 > .zero }.min() ?? .zero
        let filter = query.filter(as: horizon)
        let series = try context.store.read { transaction in
            try sensors.map { sensor in
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
        let used = Set(series.flatMap(\.sources))
        return ChartData(
            series: series, sources: records.sources.filter { used.contains($0.key) },
            showsBeliefTimes: !query.mostRecentOnly)
    }
}
