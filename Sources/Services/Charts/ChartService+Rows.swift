import EnergyCore

extension ChartService {
    /// The rows that the charts of an asset show.
    package func rows(ofAsset id: AssetID, as caller: Caller) throws -> [ChartRow] {
        try context.chartRows(of: try context.asset(id, for: .read, caller))
    }

    /// What a chart calls a sensor.
    package func description(of sensor: Sensor) throws -> String {
        try context.records().chartDescription(of: sensor)
    }
}
