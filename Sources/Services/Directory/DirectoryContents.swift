import EnergyCore
import Store

/// What a directory holds.
struct DirectoryContents: Sendable {
    /// Position in the store's history of changes up to which this is complete.
    var mark: ChangeMark
    /// Position of the last change that touched anything of what is held here.
    var recordsMark: ChangeMark
    var accounts: [AccountID: Account] = [:]
    var accountRoles: [AccountRole] = []
    var users: [UserID: User] = [:]
    var assetTypes: [AssetTypeID: AssetType] = [:]
    var sources: [DataSourceID: DataSource] = [:]
    var userSourceIDs: [UserID: DataSourceID] = [:]
    var assetRecords = RecordTable<Asset>()
    var sensorRecords = RecordTable<Sensor>()
    /// Children by parent, by id; key 0: top-level assets.
    var childIDs: [AssetID: [AssetID]] = [:]
    /// Sensors by asset, by id.
    var sensorIDs: [AssetID: [SensorID]] = [:]
    /// Assets by account, by id; key 0: public assets.
    var assetIDs: [AccountID: [AssetID]] = [:]
    /// Sensors of an account's assets, by id; key 0: those of public assets.
    var ownedSensorIDs: [AccountID: [SensorID]] = [:]
    var userIDsByEmail: [String: UserID] = [:]
    /// Numbers of users by account, active or not.
    var userCounts: [AccountID: Int] = [:]

    init(mark: ChangeMark) {
        self.mark = mark
        recordsMark = mark
    }
}
