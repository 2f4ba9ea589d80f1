import EnergyCore
import Store

extension AssetService {
    /// Copies an asset with all below it, their sensors and settings, but no data. References among the copied things
    /// point to the copies; external ids are left out.
    ///
    /// - Parameters:
    ///   - account: whose the copy is; nil: the original's.
    ///   - parent: where the copy hangs; nil: beside the original, if the account is the same, else at top level.
    package func copy(
        _ id: AssetID, toAccount account: AccountID?, under parent: AssetID?, as caller: Caller
    ) throws -> Asset {
        let original = try context.asset(id, for: .read, caller)
        let owner = account ?? original.accountID
        let parentID = parent ?? (owner == original.accountID ? original.parentID : nil)
        try requirePlace(owner: owner, parent: parentID, caller)
        return try context.write { transaction in
            var copier = AssetCopier(transaction: transaction, owner: owner)
            let copy = try copier.copy(treeOf: id, under: parentID)
            let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
            for asset in copier.copies { try trail.note("Created asset '\(asset.name)': \(asset.id)", asset: asset.id) }
            return copy
        }
    }

    private func requirePlace(owner: AccountID?, parent: AssetID?, _ caller: Caller) throws {
        if let owner {
            _ = try context.account(owner, for: .createChildren, caller)
        } else if !caller.isAdmin {
            throw AccessError.forbidden
        }
        guard let parent else { return }
        let asset = try context.asset(parent, for: .createChildren, caller)
        if asset.accountID != owner {
            throw FieldErrors("parent", "Parent asset must belong to the same account as the child asset.")
        }
    }
}

/// Copies a tree of assets inside one transaction.
private struct AssetCopier {
    let transaction: WriteTransaction
    let owner: AccountID?
    private(set) var copies: [Asset] = []
    private var assetIDs: [AssetID: AssetID] = [:]
    private var sensorIDs: [SensorID: SensorID] = [:]

    init(transaction: WriteTransaction, owner: AccountID?) {
        self.transaction = transaction
        self.owner = owner
    }

    mutating func copy(treeOf root: AssetID, under parent: AssetID?) throws -> Asset {
        let originals = try transaction.assetTree(from: root)
        guard !originals.isEmpty else { throw NotFound(.asset, root) }
        for original in originals {
            var copy = original
            copy.id = 0
            copy.accountID = owner
            copy.externalID = nil
            copy.parentID = original.id == root ? parent : original.parentID.flatMap { assetIDs[$0] }
            if original.id == root { copy.name = try freeName(original.name, under: parent) }
            copy.id = try transaction.insert(copy)
            assetIDs[original.id] = copy.id
            copies.append(copy)
            for sensor in try transaction.sensors(of: original.id) { try self.copy(sensor, to: copy.id) }
        }
        for index in copies.indices { try redirect(&copies[index]) }
        return copies[0]
    }

    private mutating func copy(_ sensor: Sensor, to asset: AssetID) throws {
        var copy = sensor
        copy.id = 0
        copy.assetID = asset
        sensorIDs[sensor.id] = try transaction.insert(copy)
    }

    private func freeName(_ name: String, under parent: AssetID?) throws -> String {
        var candidate = name
        var number = 1
        while try transaction.asset(named: candidate, under: parent) != nil {
            candidate = number == 1 ? "\(name) (copy)" : "\(name) (copy \(number))"
            number += 1
        }
        return candidate
    }

    private func redirect(_ copy: inout Asset) throws {
        copy.flexContext = redirected(.object(copy.flexContext)).objectValue ?? copy.flexContext
        copy.flexModel = copy.flexModel.map { redirected($0) }
        copy.sensorsToShow = redirected(copy.sensorsToShow, inList: true)
        copy.sensorsToShowAsKPIs = redirected(copy.sensorsToShowAsKPIs)
        try transaction.update(copy)
    }

    /// Numbers count as ids where ids are due: under `sensor`, `sensors`, `asset` and in lists of sensors.
    private func redirected(_ value: JSONValue, inList: Bool = false) -> JSONValue {
        switch value {
        case .int(let id) where inList: return .int(sensorIDs[Int(id)] ?? Int(id))
        case .array(let items): return .array(items.map { redirected($0, inList: inList) })
        case .object(let members):
            var result = JSONObject()
            for (key, member) in members {
                switch (key, member.intValue) {
                case ("sensor", let id?): result[key] = .int(sensorIDs[id] ?? id)
                case ("asset", let id?): result[key] = .int(assetIDs[id] ?? id)
                default:
                    result[key] = redirected(
                        member, inList: key == "sensors" || FlexContext.knownFlowFields.contains(key))
                }
            }
            return .object(result)
        default: return value
        }
    }
}
