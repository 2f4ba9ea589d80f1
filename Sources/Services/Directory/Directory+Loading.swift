import EnergyCore
import Store

extension Directory {
    /// Reads everything.
    init(_ transaction: ReadTransaction) throws {
        self.init(mark: try transaction.changeMark())
        try loadAccounts(transaction)
        try loadUsers(transaction)
        try loadSources(transaction)
        try loadAssets(transaction)
        try loadSensors(transaction)
    }

    /// Reads what changed since `mark`.
    mutating func catchUp(_ transaction: ReadTransaction) throws {
        let now = try transaction.changeMark()
        guard now != mark else { return }
        let changed = Dictionary(grouping: try transaction.changes(since: mark), by: \.subject)
            .mapValues { $0.map(\.id) }
        if changed[.accounts] != nil { try loadAccounts(transaction) }
        if changed[.users] != nil { try loadUsers(transaction) }
        if changed[.sources] != nil { try loadSources(transaction) }
        if let ids = changed[.assets] { try reloadAssets(ids, transaction) }
        if let ids = changed[.sensors] { try reloadSensors(ids, transaction) }
        mark = now
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
        assetRecords = [:]
        (childIDs, assetIDs) = ([:], [:])
        for asset in try transaction.assets() { put(asset) }
    }

    private mutating func loadSensors(_ transaction: ReadTransaction) throws {
        sensorRecords = [:]
        sensorIDs = [:]
        for sensor in try transaction.sensors() { put(sensor) }
    }

    /// Id 0 says that something changed that concerns all assets.
    private mutating func reloadAssets(_ ids: [AssetID], _ transaction: ReadTransaction) throws {
        if ids.contains(0) || ids.count > 200 { return try loadAssets(transaction) }
        for id in ids {
            remove(asset: id)
            if let asset = try transaction.asset(id) { put(asset) }
        }
    }

    private mutating func reloadSensors(_ ids: [SensorID], _ transaction: ReadTransaction) throws {
        if ids.contains(0) || ids.count > 200 { return try loadSensors(transaction) }
        for id in ids {
            remove(sensor: id)
            if let sensor = try transaction.sensor(id) { put(sensor) }
        }
    }

    private mutating func put(_ asset: Asset) {
        assetRecords[asset.id] = AssetRecord(asset)
        childIDs[asset.parentID ?? 0, default: []].insertSorted(asset.id)
        assetIDs[asset.accountID ?? 0, default: []].insertSorted(asset.id)
    }

    private mutating func remove(asset id: AssetID) {
        guard let asset = assetRecords.removeValue(forKey: id)?.asset else { return }
        childIDs[asset.parentID ?? 0]?.removeSorted(id)
        assetIDs[asset.accountID ?? 0]?.removeSorted(id)
    }

    private mutating func put(_ sensor: Sensor) {
        sensorRecords[sensor.id] = SensorRecord(sensor)
        sensorIDs[sensor.assetID, default: []].insertSorted(sensor.id)
    }

    private mutating func remove(sensor id: SensorID) {
        guard let sensor = sensorRecords.removeValue(forKey: id)?.sensor else { return }
        sensorIDs[sensor.assetID]?.removeSorted(id)
    }
}

extension [Int] {
    /// New ids are nearly always the highest, so this is an append.
    fileprivate mutating func insertSorted(_ id: Int) {
        guard let last, last >= id else { return append(id) }
        let position = firstIndex { $0 >= id } ?? endIndex
        if position == endIndex || self[position] != id { insert(id, at: position) }
    }

    fileprivate mutating func removeSorted(_ id: Int) {
        if let position = firstIndex(of: id) { remove(at: position) }
    }
}
