import EnergyCore
import Store

extension DirectoryContents {
    /// Reads everything.
    init(_ transaction: ReadTransaction) throws {
        self.init(mark: try transaction.changeMark())
        try loadAccounts(transaction)
        try loadUsers(transaction)
        try loadSources(transaction)
        try loadAssets(transaction)
    }

    /// Reads what changed since `mark`, up to `now`.
    mutating func catchUp(_ transaction: ReadTransaction, to now: ChangeMark) throws {
        let changed = Dictionary(grouping: try transaction.changes(since: mark), by: \.subject)
            .mapValues { $0.map(\.id) }
        if changed[.accounts] != nil { try loadAccounts(transaction) }
        if changed[.users] != nil { try loadUsers(transaction) }
        if changed[.sources] != nil { try loadSources(transaction) }
        if let ids = changed[.assets] { try reloadAssets(ids, transaction) }
        if let ids = changed[.sensors] { try reloadSensors(ids, transaction) }
        mark = now
        let held: [ChangeSubject] = [.accounts, .users, .sources, .assets, .sensors]
        if held.contains(where: { changed[$0] != nil }) { recordsMark = now }
    }

    private mutating func loadAccounts(_ transaction: ReadTransaction) throws {
        accountRoles = try transaction.accountRoles()
        accounts = Dictionary(uniqueKeysWithValues: try transaction.accounts().map { ($0.id, $0) })
    }

    private mutating func loadUsers(_ transaction: ReadTransaction) throws {
        let all = try transaction.users()
        users = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
        userIDsByEmail = Dictionary(uniqueKeysWithValues: all.map { ($0.email, $0.id) })
        userCounts = Dictionary(grouping: all, by: \.accountID).mapValues(\.count)
    }

    private mutating func loadSources(_ transaction: ReadTransaction) throws {
        let all = try transaction.sources()
        sources = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
        userSourceIDs = Dictionary(
            all.filter { $0.type == "user" }.compactMap { source in source.userID.map { ($0, source.id) } },
            uniquingKeysWith: { first, _ in first })
    }

    private mutating func loadAssets(_ transaction: ReadTransaction) throws {
        assetTypes = Dictionary(uniqueKeysWithValues: try transaction.assetTypes().map { ($0.id, $0) })
        assetRecords = RecordTable()
        (childIDs, assetIDs) = ([:], [:])
        for asset in try transaction.assets() { put(asset) }
        try loadSensors(transaction)
    }

    private mutating func loadSensors(_ transaction: ReadTransaction) throws {
        sensorRecords = RecordTable()
        (sensorIDs, ownedSensorIDs) = ([:], [:])
        for sensor in try transaction.sensors() { put(sensor) }
    }

    /// Id 0 says that something changed that concerns all assets.
    private mutating func reloadAssets(_ ids: [AssetID], _ transaction: ReadTransaction) throws {
        if ids.contains(0) || ids.count > 200 { return try loadAssets(transaction) }
        for id in Set(ids) {
            let (old, new) = (assetRecords[id], try transaction.asset(id))
            if let old, let new, old.parentID == new.parentID, old.accountID == new.accountID {
                assetRecords[id] = new
                continue
            }
            if let old { remove(old) }
            if let new { put(new) }
        }
    }

    private mutating func reloadSensors(_ ids: [SensorID], _ transaction: ReadTransaction) throws {
        if ids.contains(0) || ids.count > 200 { return try loadSensors(transaction) }
        for id in Set(ids) {
            let (old, new) = (sensorRecords[id], try transaction.sensor(id))
            if let old, let new, old.assetID == new.assetID {
                sensorRecords[id] = new
                continue
            }
            if let old { remove(old) }
            if let new { put(new) }
        }
    }

    private mutating func put(_ asset: Asset) {
        assetRecords[asset.id] = asset
        childIDs[asset.parentID ?? 0, default: []].insertSorted(asset.id)
        assetIDs[asset.accountID ?? 0, default: []].insertSorted(asset.id)
        for sensor in sensorIDs[asset.id] ?? [] {
            ownedSensorIDs[asset.accountID ?? 0, default: []].insertSorted(sensor)
        }
    }

    /// Its sensors are no longer anybody's.
    private mutating func remove(_ asset: Asset) {
        assetRecords[asset.id] = nil
        childIDs[asset.parentID ?? 0]?.removeSorted(asset.id)
        assetIDs[asset.accountID ?? 0]?.removeSorted(asset.id)
        for sensor in sensorIDs[asset.id] ?? [] { ownedSensorIDs[asset.accountID ?? 0]?.removeSorted(sensor) }
    }

    private mutating func put(_ sensor: Sensor) {
        sensorRecords[sensor.id] = sensor
        sensorIDs[sensor.assetID, default: []].insertSorted(sensor.id)
        guard let asset = assetRecords[sensor.assetID] else { return }
        ownedSensorIDs[asset.accountID ?? 0, default: []].insertSorted(sensor.id)
    }

    private mutating func remove(_ sensor: Sensor) {
        sensorRecords[sensor.id] = nil
        sensorIDs[sensor.assetID]?.removeSorted(sensor.id)
        guard let asset = assetRecords[sensor.assetID] else { return }
        ownedSensorIDs[asset.accountID ?? 0]?.removeSorted(sensor.id)
    }
}
