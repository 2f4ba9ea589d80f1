import EnergyCore
import Store

/// Sets aside, in the transaction that deletes or changes records, what is needed to take that back.
struct UndoJournal {
    /// How long something can be taken back.
    static let lifetime = TimeSpan.minutes(10)

    let caller: Caller
    let now: Instant
    let transaction: WriteTransaction

    /// An asset with all below it, before it is deleted.
    func rememberDeletion(ofTree root: Asset) throws {
        let assets = try transaction.assetTree(from: root.id)
        let sensors = try assets.flatMap { try transaction.sensors(of: $0.id) }
        try rememberDeletion(
            title: "Delete asset '\(root.name)'", assets: assets, sensors: sensors, account: root.accountID)
    }

    /// A sensor, before it is deleted.
    func rememberDeletion(of sensor: Sensor) throws {
        let owner = try transaction.asset(sensor.assetID)?.accountID
        try rememberDeletion(
            title: "Delete sensor '\(sensor.name)'", assets: [], sensors: [sensor], account: owner)
    }

    private func rememberDeletion(
        title: String, assets: [Asset], sensors: [Sensor], account: AccountID?
    ) throws {
        let sensorIDs = sensors.map(\.id)
        let annotations = try transaction.annotationIDs(assets: assets.map(\.id), sensors: sensorIDs)
        var before = JSONObject()
        before["asset"] = .array(try transaction.snapshot(of: .asset, ids: assets.map(\.id)).map { .object($0) })
        before["sensor"] = .array(try transaction.snapshot(of: .sensor, ids: sensorIDs).map { .object($0) })
        before["annotation"] = .array(
            try transaction.snapshot(of: .annotation, ids: annotations).map { .object($0) })
        var audit = JSONObject()
        for asset in assets {
            audit["\(asset.id)"] = .array(try transaction.auditIDs(ofAsset: asset.id).map { .int($0) })
        }
        let payload: JSONObject = ["before": .object(before), "audit": .object(audit)]
        try store(title, payload, account: account, doomed: sensorIDs)
    }

    /// A row before it is changed. Returns what must be called after the change.
    func rememberChange(of table: SnapshotTable, _ id: Int, title: String, account: AccountID?) throws -> () throws ->
        Void
    {
        let before = try transaction.snapshot(of: table, ids: [id])
        return {
            let after = try transaction.snapshot(of: table, ids: [id])
            guard before != after else { return }
            let payload: JSONObject = [
                "before": .object([table.rawValue: .array(before.map { .object($0) })]),
                "after": .object([table.rawValue: .array(after.map { .object($0) })]),
            ]
            try store(title, payload, account: account, doomed: [])
        }
    }

    private func store(_ title: String, _ payload: JSONObject, account: AccountID?, doomed: [SensorID]) throws {
        var record = UndoRecord(at: now, expiresAt: now + Self.lifetime, title: title, payload: payload)
        record.userID = caller.userID
        record.accountID = account
        try transaction.insert(record, doomedSensors: doomed)
    }
}
