import EnergyCore
import Store

/// Why something could not be taken back.
package enum UndoError: Error, Hashable, Sendable {
    /// Its time is over, or it was taken back already.
    case gone
    /// The record was changed again since.
    case changedSince(title: String)
    /// Something else took its place, or what it hung on is gone.
    case placeTaken(title: String)

    /// What to tell people.
    package var message: String {
        switch self {
        case .gone: "This can no longer be taken back."
        case .changedSince(let title): "\(title): the record was changed again since."
        case .placeTaken(let title): "\(title): something else has that name now, or its parent is gone."
        }
    }
}

/// Takes back deletions and changes for ten minutes.
package struct UndoService: Sendable {
    let context: ServiceContext

    /// What the caller can take back, latest first: its own deeds; admins and the host also those of others.
    package func recent(as caller: Caller) throws -> [UndoRecord] {
        let records = try context.store.read { try $0.undoRecords(at: context.clock.now) }
        return records.filter { caller.isAdmin || $0.userID == caller.userID }
    }

    /// Takes one thing back and says what it was.
    @discardableResult
    package func undo(_ id: Int, as caller: Caller) throws -> String {
        guard let record = try recent(as: caller).first(where: { $0.id == id }) else { throw UndoError.gone }
        let scope = try context.records().scope(of: record.accountID)
        try AccessPolicy.require(.update, on: .asset(owner: scope), for: caller)
        do {
            try context.write { try restore(record, caller, $0) }
        } catch StoreError.constraint {
            throw UndoError.placeTaken(title: record.title)
        }
        return record.title
    }

    private func restore(_ record: UndoRecord, _ caller: Caller, _ transaction: WriteTransaction) throws {
        try checkUnchanged(record, transaction)
        var assets: [AssetID] = []
        for table in SnapshotTable.allCases {
            let rows = (record.payload["before"]?[table.rawValue]?.arrayValue ?? []).compactMap(\.objectValue)
            try transaction.restore(rows, to: table)
            if table == .asset { assets += rows.compactMap { $0["id"]?.intValue } }
            if table == .sensor {
                for id in rows.compactMap({ $0["id"]?.intValue }) {
                    try transaction.spareSensor(id)
                    if let sensor = try transaction.sensor(id) { try transaction.rebuildDerived(of: sensor) }
                }
                assets += rows.compactMap { $0["asset_id"]?.intValue }
            }
        }
        for (asset, ids) in record.payload["audit"]?.objectValue ?? JSONObject() {
            guard let asset = Int(asset) else { continue }
            try transaction.attachAudit((ids.arrayValue ?? []).compactMap(\.intValue), toAsset: asset)
        }
        try transaction.deleteUndo(record.id)
        let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
        try trail.note("Undone: \(record.title)", asset: assets.first)
    }

    private func checkUnchanged(_ record: UndoRecord, _ transaction: ReadTransaction) throws {
        guard let after = record.payload["after"]?.objectValue else { return }
        for (name, rows) in after {
            guard let table = SnapshotTable(rawValue: name) else { continue }
            let rows = (rows.arrayValue ?? []).compactMap(\.objectValue)
            let now = try transaction.snapshot(of: table, ids: rows.compactMap { $0["id"]?.intValue })
            if now != rows { throw UndoError.changedSince(title: record.title) }
        }
    }
}
