import EnergyCore

/// The rows that an asset's charts show to a reader, with their sensors and factors to a common unit.
package struct ChartRow: Hashable, Sendable {
    /// As stored.
    package let title: String?
    package let sensors: [Sensor]
    /// The smallest unit that the row's sensors share, or `a.u.`.
    package let unit: String
    /// For each sensor, what its values are multiplied with to be in that unit.
    package let factors: [Double]

    init(title: String?, sensors: [Sensor]) {
        self.title = title
        self.sensors = sensors
        (unit, factors) = Unit.smallestCommon(sensors.map(\.unit))
    }
}

extension ServiceContext {
    /// The rows of an asset: those it names, or its first two sensors if it names none.
    ///
    /// Sensors of other accounts are left out, for whoever may see the asset need not be allowed to see them, except
    /// where the installation shows everything.
    func chartRows(of asset: Asset) throws -> [ChartRow] {
        let records = try records()
        let named = ShownRow.rows(asset.sensorsToShow)
        let rows = named.isEmpty ? defaultRows(of: asset, records) : named
        let showsAll = settings.mode == "play"
        return rows.compactMap { row in
            let sensors = row.sensors.compactMap(records.sensor).filter { sensor in
                guard !showsAll, let owner = records.asset(sensor.assetID)?.accountID else { return true }
                return owner == asset.accountID
            }
            return sensors.isEmpty ? nil : ChartRow(title: row.title, sensors: sensors)
        }
    }

    private func defaultRows(of asset: Asset, _ records: Directory) -> [ShownRow] {
        let first = records.sensors(of: asset.id).prefix(2)
        if Set(first.map(\.unit)).count == 1 { return [ShownRow(sensors: first.map(\.id))] }
        return first.map { ShownRow(sensors: [$0.id]) }
    }
}

extension Directory {
    /// `power (Battery A)`
    func chartDescription(of sensor: Sensor) -> String {
        "\(sensor.name) (\(asset(sensor.assetID)?.name ?? ""))"
    }

    /// `Battery A (Site)`, or just the name for a top-level asset.
    func chartDescription(of asset: Asset) -> String {
        guard let parent = asset.parentID.flatMap(self.asset) else { return asset.name }
        return "\(asset.name) (\(parent.name))"
    }
}
