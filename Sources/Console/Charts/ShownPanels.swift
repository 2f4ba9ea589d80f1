import EnergyCore
import Services

/// The charts that an asset shows: its `sensors_to_show`, or a sensible choice where it has none.
package struct ShownPanel: Hashable, Sendable {
    package var title: String
    package var sensors: [Sensor]
}

package enum ShownPanels {
    /// The ids in a list, whatever its shape: numbers, lists of numbers, objects with `sensor`, `sensors` or `plots`.
    package static func sensorIDs(in stored: JSONValue) -> [SensorID] {
        switch stored {
        case .int, .double: return stored.intValue.map { [$0] } ?? []
        case .array(let items): return items.flatMap(sensorIDs)
        case .object(let fields):
            return ["sensor", "sensors", "plots"].flatMap { key in fields[key].map(sensorIDs) ?? [] }
        default: return []
        }
    }

    /// The panels of an asset. Sensors of different dimensions never share one.
    package static func panels(of asset: Asset, _ data: ConsoleData, _ records: Directory) -> [ShownPanel] {
        let rows = (asset.sensorsToShow.arrayValue ?? []).map { item in
            (title: item["title"]?.stringValue, sensors: sensorIDs(in: item).compactMap { records.sensor($0) })
        }
        var panels: [ShownPanel] = []
        for row in rows where !row.sensors.isEmpty {
            var groups: [[Sensor]] = []
            for sensor in row.sensors where data.canRead(sensor, records) {
                if let index = groups.firstIndex(where: {
                    UnitRules.areConvertible($0[0].unit, sensor.unit) || $0[0].unit == sensor.unit
                }) {
                    groups[index].append(sensor)
                } else {
                    groups.append([sensor])
                }
            }
            panels += groups.map { ShownPanel(title: row.title ?? title(of: $0, under: asset, records), sensors: $0) }
        }
        return panels.isEmpty ? fallback(asset, records) : panels
    }

    private static func fallback(_ asset: Asset, _ records: Directory) -> [ShownPanel] {
        let own = records.sensors(of: asset.id)
        if !own.isEmpty {
            return own.prefix(4).map { ShownPanel(title: title(of: [$0], under: asset, records), sensors: [$0]) }
        }
        let below = records.tree(from: asset.id).flatMap { records.sensors(of: $0.id) }.filter { Unit.isPower($0.unit) }
        return below.prefix(4).map { ShownPanel(title: title(of: [$0], under: asset, records), sensors: [$0]) }
    }

    private static func title(of sensors: [Sensor], under asset: Asset, _ records: Directory) -> String {
        guard let first = sensors.first else { return "" }
        if sensors.count > 1 { return Unit.dimensionWord(first.unit) ?? "values" }
        let owner = records.asset(first.assetID)
        return first.assetID == asset.id ? first.name : "\(owner?.name ?? "") \(first.name)"
    }
}
