package typealias SensorID = Int

/// A series of events of one quantity that belongs to an asset.
package struct Sensor: Hashable, Sendable {
    package var id: SensorID
    package var name: String
    package var assetID: AssetID
    /// Unit text as stored and printed; empty for "no unit".
    package var unit: String
    /// Length of an event; zero for instantaneous sensors.
    package var resolution: TimeSpan
    /// IANA name
    package var timezone: String
    package var knowledgeHorizon = KnowledgeHorizon.exPost(.zero)
    package var attributes = JSONObject()

    /// The attribute that says which way stored values count.
    package static let consumptionAttribute = "consumption_is_positive"

    /// Whether its own attributes say that stored values count consumption as positive; see also
    /// `FlexLookup.countsConsumptionPositive`, which asks the asset as well.
    package var consumptionIsPositive: Bool { attributes[Self.consumptionAttribute]?.boolValue == true }

    package init(id: SensorID, name: String, assetID: AssetID, unit: String, resolution: TimeSpan, timezone: String) {
        self.id = id
        self.name = name
        self.assetID = assetID
        self.unit = unit
        self.resolution = resolution
        self.timezone = timezone
    }
}
