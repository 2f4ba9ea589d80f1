import EnergyCore
import Store

/// Everything about accounts, users, assets, sensors and sources as it was at one moment, in memory.
///
/// Reads of these records never touch the store: they are few, they change rarely, and every request needs several of
/// them. `DirectoryCache` makes a new directory after a change, in which all untouched parts are shared with the old one.
/// A reference, as a request takes it several times: a copy of what it holds would count twenty references each time.
package final class Directory: Sendable {
    let contents: DirectoryContents

    init(_ contents: DirectoryContents) {
        self.contents = contents
    }

    package var accounts: [AccountID: Account] { contents.accounts }
    package var accountRoles: [AccountRole] { contents.accountRoles }
    package var users: [UserID: User] { contents.users }
    package var assetTypes: [AssetTypeID: AssetType] { contents.assetTypes }
    package var sources: [DataSourceID: DataSource] { contents.sources }
    /// Users by account, active or not.
    var userCounts: [AccountID: Int] { contents.userCounts }
    /// All assets, in no order.
    var allAssets: some Sequence<Asset> { contents.assetRecords.values }
}

extension Directory {
    /// Whether no record changed between two directories: what was made from one alone holds for the other.
    package func hasSameRecords(as other: Directory) -> Bool { contents.recordsMark == other.contents.recordsMark }

    /// An asset by its id.
    package func asset(_ id: AssetID) -> Asset? { contents.assetRecords[id] }

    /// A sensor by its id.
    package func sensor(_ id: SensorID) -> Sensor? { contents.sensorRecords[id] }

    /// A user by its e-mail address, exactly as written.
    package func user(email: String) -> User? { contents.userIDsByEmail[email].flatMap { users[$0] } }

    /// The source that stands for a user, once it has recorded something.
    package func sourceID(ofUser id: UserID) -> DataSourceID? { contents.userSourceIDs[id] }

    /// All accounts, by id.
    package var accountsByID: [Account] { accounts.values.sorted { $0.id < $1.id } }

    /// The children of an asset, or the top-level assets (nil), by id.
    package func children(of asset: AssetID?) -> [Asset] {
        (contents.childIDs[asset ?? 0] ?? []).compactMap(self.asset)
    }

    /// The sensors of an asset itself, by id.
    package func sensors(of asset: AssetID) -> [Sensor] { sensorIDs(ofAsset: asset).compactMap(sensor) }

    /// The ids of the sensors of an asset itself, in order.
    package func sensorIDs(ofAsset asset: AssetID) -> [SensorID] { contents.sensorIDs[asset] ?? [] }

    /// The assets of an account, or the public ones (nil), by id.
    package func assets(of account: AccountID?) -> [Asset] { (contents.assetIDs[account ?? 0] ?? []).compactMap(asset) }

    /// The assets of several accounts; nil stands for the public ones.
    func assetIDs(of owners: [AccountID?]) -> MergedIDs {
        MergedIDs(owners.compactMap { contents.assetIDs[$0 ?? 0] })
    }

    /// The sensors of several accounts' assets; nil stands for the public ones.
    func sensorIDs(of owners: [AccountID?]) -> MergedIDs {
        MergedIDs(owners.compactMap { contents.ownedSensorIDs[$0 ?? 0] })
    }

    /// The users of an account, by id, active or not.
    package func users(of account: AccountID) -> [User] {
        users.values.filter { $0.accountID == account }.sorted { $0.id < $1.id }
    }

    /// An asset and all its descendants, parents before children.
    package func tree(from root: AssetID) -> [Asset] {
        var tree: [Asset] = []
        var level = [root]
        while !level.isEmpty {
            tree += level.compactMap(asset)
            level = level.flatMap { contents.childIDs[$0] ?? [] }
        }
        return tree
    }

    /// The ancestors of an asset, nearest first.
    package func ancestors(of id: AssetID) -> [Asset] {
        var line: [Asset] = []
        var next = asset(id)?.parentID
        while let id = next, let parent = asset(id) {
            line.append(parent)
            next = parent.parentID
        }
        return line
    }

    /// Levels between an asset and its top-level ancestor.
    package func depth(of id: AssetID) -> Int { ancestors(of: id).count }

    /// The flex-context that holds for an asset: its own fields, and from its ancestors those it lacks, nearest first.
    package func inheritedFlexContext(of id: AssetID) -> JSONObject {
        guard let asset = asset(id) else { return JSONObject() }
        var context = asset.flexContext
        for ancestor in ancestors(of: id) {
            for (key, value) in ancestor.flexContext where context[key] == nil { context[key] = value }
        }
        return context
    }

    /// Names from the top-level asset down to the asset, joined by slashes.
    package func path(of id: AssetID) -> String {
        guard let asset = asset(id) else { return "" }
        return (ancestors(of: id).reversed() + [asset]).map(\.name).joined(separator: "/")
    }

    /// What the access policy must know about an account; nil for none.
    package func scope(of account: AccountID?) -> AccountScope? {
        account.flatMap { accounts[$0] }.map { AccountScope($0) }
    }

    /// An asset as the access policy sees it.
    package func resource(_ asset: Asset) -> Resource { .asset(owner: scope(of: asset.accountID)) }

    /// A sensor as the access policy sees it.
    package func resource(_ sensor: Sensor) -> Resource {
        .sensor(owner: scope(of: asset(sensor.assetID)?.accountID))
    }

    /// A user as the access policy sees it.
    package func resource(_ user: User) -> Resource {
        .user(user.id, of: scope(of: user.accountID) ?? AccountScope(id: user.accountID))
    }

    /// Whether the caller may read the account's things.
    package func canRead(_ account: Account, _ caller: Caller) -> Bool {
        AccessPolicy.allows(caller, to: .read, .account(AccountScope(account)))
    }

    /// The accounts that the caller may read, by id.
    package func readableAccounts(_ caller: Caller) -> [Account] {
        accountsByID.filter { canRead($0, caller) }
    }
}
