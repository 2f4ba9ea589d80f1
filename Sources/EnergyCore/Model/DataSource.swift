package typealias DataSourceID = Int

/// Who or what recorded a belief.
package struct DataSource: Hashable, Sendable {
    package var id: DataSourceID
    package var name: String
    /// user, scheduler, forecaster, reporter, gateway, market, demo script, or any other text
    package var type: String
    package var model: String?
    package var version: String?
    package var userID: UserID?
    package var attributes = JSONObject()

    package init(
        id: DataSourceID, name: String, type: String, model: String? = nil, version: String? = nil,
        userID: UserID? = nil
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.model = model
        self.version = version
        self.userID = userID
    }
}
