import EnergyCore

/// The sensors that an asset's own flex-context refers to.
struct SensorRelations: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        let name: String
        let sensor: SensorID
    }

    let assetID: AssetID
    let inflexibleDevices: [SensorID]
    /// Fields that name a sensor, in their stored order.
    let fields: [Field]

    init(of asset: Asset) {
        assetID = asset.id
        inflexibleDevices = FlexContext.knownFlows(in: asset.flexContext)
        fields = asset.flexContext.compactMap { name, value in
            value.objectValue?["sensor"]?.intValue.map { Field(name: name, sensor: $0) }
        }
    }

    /// How a sensor is related to the asset, in the words clients know.
    func text(for sensor: Sensor) -> String {
        var parts: [String] = []
        if sensor.assetID == assetID { parts.append("sensor belongs to this asset") }
        if inflexibleDevices.contains(sensor.id) { parts.append("flex context (inflexible device)") }
        parts += fields.filter { $0.sensor == sensor.id }.map { "flex context (\($0.name))" }
        return parts.joined(separator: ";")
    }
}
