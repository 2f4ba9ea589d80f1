import EnergyCore
import Store

extension AssetService {
    /// Makes an asset from fields named as in the API. Whether the caller may make any is checked before the fields.
    package func create(_ fields: JSONObject, as caller: Caller) throws -> Asset {
        let records = try context.records()
        guard mayCreateAny(caller, records) else { throw AccessError.forbidden }
        return try context.write { transaction in
            var form = AssetForm(fields, original: nil, records: records, caller: caller)
            var asset = try form.asset(in: transaction)
            asset.id = try transaction.insert(asset)
            let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
            let suffix = caller.origin == .cli ? " (\(asset.id)) via CLI." : ": \(asset.id)"
            try trail.note("Created asset '\(asset.name)'\(suffix)", asset: asset.id)
            return asset
        }
    }

    /// Changes the fields that are given. Whether the caller may is checked before the fields.
    package func update(_ id: AssetID, _ fields: JSONObject, as caller: Caller) throws -> Asset {
        _ = try context.asset(id, for: .update, caller)
        if fields.isEmpty { throw RequestError.noFields }
        let records = try context.records()
        return try context.write { transaction in
            guard let original = try transaction.asset(id) else { throw NotFound(.asset, id) }
            var form = AssetForm(fields, original: original, records: records, caller: caller)
            let asset = try form.asset(in: transaction)
            let now = context.clock.now
            let journal = UndoJournal(caller: caller, now: now, transaction: transaction)
            let remember = try journal.rememberChange(
                of: .asset, id, title: "Change asset '\(original.name)'", account: original.accountID)
            try transaction.update(asset)
            if asset.accountID != original.accountID { try moveOffspring(of: asset, transaction) }
            try AuditTrail(caller: caller, now: now, transaction: transaction).noteChanges(from: original, to: asset)
            try remember()
            return asset
        }
    }

    /// Sets one attribute of an asset, or removes it (nil), and leaves the others alone.
    package func setAttribute(_ key: String, of id: AssetID, to value: JSONValue?, as caller: Caller) throws {
        _ = try context.asset(id, for: .update, caller)
        try context.write { transaction in
            guard var asset = try transaction.asset(id) else { throw NotFound(.asset, id) }
            let old = asset.attributes[key]?.recordText ?? "None"
            asset.attributes[key] = value
            try transaction.update(asset)
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction).note(
                "Updated asset '\(asset.name)': \(id); Attr '\(key)' To \(value?.recordText ?? "None") From \(old)",
                asset: id)
        }
    }

    /// Deletes an asset, its descendants, their sensors and all their data. Can be taken back for ten minutes.
    package func delete(_ id: AssetID, as caller: Caller) throws {
        _ = try context.asset(id, for: .delete, caller)
        try context.write { transaction in
            guard let asset = try transaction.asset(id) else { throw NotFound(.asset, id) }
            let now = context.clock.now
            try UndoJournal(caller: caller, now: now, transaction: transaction).rememberDeletion(ofTree: asset)
            let trail = AuditTrail(caller: caller, now: now, transaction: transaction)
            try trail.note("Deleted asset '\(asset.name)': \(asset.id)", asset: nil)
            _ = try transaction.deleteAssetTree(id)
        }
    }

    /// Makes an asset type. For the host and admins.
    package func createType(name: String, description: String, as caller: Caller) throws -> AssetType {
        guard caller.isAdmin else { throw AccessError.forbidden }
        guard !name.isEmpty, name.count <= 80 else { throw FieldErrors("name", FieldText.tooShort(1)) }
        return try context.write { transaction in
            if try transaction.assetTypes().contains(where: { $0.name == name }) {
                throw FieldErrors("name", "An asset type with the name '\(name)' already exists.")
            }
            var type = AssetType(id: 0, name: name, description: description)
            type.id = try transaction.insert(type)
            return type
        }
    }

    private func mayCreateAny(_ caller: Caller, _ records: Directory) -> Bool {
        caller.isAdmin
            || records.accounts.values.contains {
                AccessPolicy.allows(caller, to: .createChildren, .account(AccountScope($0)))
            }
    }

    /// The whole tree belongs to one account.
    private func moveOffspring(of asset: Asset, _ transaction: WriteTransaction) throws {
        for var descendant in try transaction.assetTree(from: asset.id).dropFirst() {
            descendant.accountID = asset.accountID
            try transaction.update(descendant)
        }
    }
}
