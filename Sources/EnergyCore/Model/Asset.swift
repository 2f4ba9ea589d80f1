package typealias AssetID = Int
package typealias AssetTypeID = Int

/// What kind of thing an asset is (battery, solar, building ...).
package struct AssetType: Hashable, Sendable {
    package var id: AssetTypeID
    package var name: String
    package var description: String

    package init(id: AssetTypeID, name: String, description: String = "") {
        self.id = id
        self.name = name
        self.description = description
    }
}

/// A site, device or any other node of an asset tree.
package struct Asset: Hashable, Sendable {
    package var id: AssetID
    package var name: String
    /// nil: a public asset
    package var accountID: AccountID?
    package var type: AssetType
    package var parentID: AssetID?
    /// degrees north
    package var latitude: Double?
    /// degrees east
    package var longitude: Double?
    package var attributes = JSONObject()
    package var flexContext = JSONObject()
    /// nil: no flex-model was ever stored
    package var flexModel: JSONValue?
    package var sensorsToShow: JSONValue = .array([])
    package var sensorsToShowAsKPIs: JSONValue = .array([])
    package var externalID: String?

    package init(id: AssetID, name: String, accountID: AccountID?, type: AssetType) {
        self.id = id
        self.name = name
        self.accountID = accountID
        self.type = type
    }
}
