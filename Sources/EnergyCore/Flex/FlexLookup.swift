/// What flex-model and flex-context may refer to. Behind it stands a store, or the world of a case file.
package protocol FlexLookup {
    /// The sensor with this id, if there is one.
    func sensor(_ id: SensorID) -> Sensor?
    /// The asset with this id, if there is one.
    func asset(_ id: AssetID) -> Asset?
}

extension FlexLookup {
    /// An attribute of a sensor, or else of its asset.
    package func attribute(_ name: String, of sensor: Sensor) -> JSONValue? {
        sensor.attributes[name] ?? asset(sensor.assetID)?.attributes[name]
    }

    /// True if stored values of this sensor count consumption as positive.
    package func countsConsumptionPositive(_ sensor: Sensor) -> Bool {
        attribute(Sensor.consumptionAttribute, of: sensor)?.boolValue ?? false
    }
}
