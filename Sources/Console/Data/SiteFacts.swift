import EnergyCore
import Services

/// Which sensors of a site tell its story, found from flex-configuration, units and names.
package struct SiteFacts: Hashable, Sendable {
    package var site: Asset
    /// The power at the grid connection; a sensor of the site itself.
    package var grid: Sensor?
    package var price: Sensor?
    /// State of charge of each storage below the site, with the capacity in the sensor's unit.
    package var storages: [Storage] = []
    package var solar: [Sensor] = []
    package var loads: [Sensor] = []
    /// Power sensors of devices that can be scheduled.
    package var devices: [Sensor] = []
    /// All of them.
    var sensors: [Sensor] { [grid, price].compactMap { $0 } + storages.map(\.sensor) + solar + loads + devices }
    /// Those whose whole day is told; of loads and panels only the present is, and a site may have hundreds.
    var sensorsOfTheDay: Set<SensorID> {
        Set(([grid, price].compactMap { $0 } + storages.map(\.sensor) + devices).map(\.id))
    }
    var sensorIDs: Set<SensorID> { Set(sensors.map(\.id)) }
    /// All sensors of the site and what belongs to it.
    private(set) var sensorCount = 0
    /// `350 kW`, if the flex-context has it as a fixed quantity.
    package var capacity: Quantity?

    package struct Storage: Hashable, Sendable {
        package var asset: Asset
        package var sensor: Sensor
        package var capacity: Double?
    }

    /// A number with its unit.
    package struct Quantity: Hashable, Sendable {
        package var value: Double
        package var unit: String

        package init(value: Double, unit: String) {
            self.value = value
            self.unit = unit
        }

        /// Reads `350 kW`.
        package init?(_ text: String?) {
            guard let text else { return nil }
            let parts = text.split(separator: " ", maxSplits: 1)
            guard let first = parts.first, let value = Double(first) else { return nil }
            self.value = value
            unit = parts.count > 1 ? String(parts[1]) : ""
        }
    }

    package init(_ site: Asset, _ records: Directory) {
        self.site = site
        let context = records.inheritedFlexContext(of: site.id)
        capacity = Quantity(context["site-power-capacity"]?.stringValue)
        price = Self.sensor(in: context["consumption-price"], records)
        let own = records.sensors(of: site.id).filter { Unit.isPower($0.unit) && $0.resolution <= .hours(1) }
        let shown = Set(ShownPanels.sensorIDs(in: site.sensorsToShow))
        grid = own.first { $0.name.lowercased().contains("grid") } ?? own.first { shown.contains($0.id) } ?? own.first
        for asset in records.tree(from: site.id) {
            sensorCount += records.sensorIDs(ofAsset: asset.id).count
            if asset.id != site.id { take(asset, records) }
        }
    }

    private mutating func take(_ asset: Asset, _ records: Directory) {
        let sensors = records.sensors(of: asset.id)
        let power = sensors.first { Unit.isPower($0.unit) }
        let type = asset.type.name.lowercased()
        let model = asset.flexModel?.objectValue
        if type.contains("solar") || type.contains("wind") {
            if let power { solar.append(power) }
        } else if model != nil, let power {
            devices.append(power)
        } else if let power {
            loads.append(power)
        }
        guard let model else { return }
        let named = Self.sensor(in: model["state-of-charge"], records)
        guard let level = named ?? sensors.first(where: { Unit.isEnergy($0.unit) && $0.resolution == .zero }) else {
            return
        }
        let most = Quantity(model["soc-max"]?.stringValue).flatMap { quantity in
            Self.converted(quantity, to: level.unit)
        }
        storages.append(Storage(asset: asset, sensor: level, capacity: most))
    }

    private static func sensor(in value: JSONValue?, _ records: Directory) -> Sensor? {
        (value?["sensor"]?.intValue ?? value?.intValue).flatMap { records.sensor($0) }
    }

    /// The number in another unit; nil when they do not fit.
    package static func converted(_ quantity: Quantity, to unit: String) -> Double? {
        if quantity.unit == unit { return quantity.value }
        guard let conversion = try? Unit.conversion(from: quantity.unit, to: unit, duration: .hours(1)) else {
            return nil
        }
        return conversion(quantity.value)
    }
}
