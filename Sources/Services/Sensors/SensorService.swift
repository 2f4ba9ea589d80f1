import EnergyCore
import Store

/// Sensors: finding, making, changing and deleting them.
package struct SensorService: Sendable {
    let context: ServiceContext

    /// A sensor that the caller may read.
    package func sensor(_ id: SensorID, as caller: Caller) throws -> Sensor {
        try context.sensor(id, for: .read, caller)
    }

    /// The sensors that a query names. Both numbers of the listing count after the filter, as clients know it.
    package func sensors(_ query: SensorQuery, as caller: Caller) throws -> Listing<Sensor> {
        if let unit = query.unit, !Unit.isValid(unit) { throw FieldErrors("unit", "Invalid unit: \(unit)") }
        let records = try context.records()
        if let root = query.assetID { return try sensors(below: root, query, records, caller) }
        let ids = records.sensorIDs(of: try owners(query, records, caller))
        if query.unit == nil, query.filter.isEmpty { return Listing(ids) { records.sensor($0) } }
        let found = ids[0..<ids.count].compactMap(records.sensor).filter { matches($0, query, records) }
        return Listing(found, total: found.count)
    }

    private func sensors(
        below root: AssetID, _ query: SensorQuery, _ records: Directory, _ caller: Caller
    ) throws -> Listing<Sensor> {
        var assets = try assets(below: root, query, records, caller)
        if query.includesPublic {
            let known = Set(assets.map(\.id))
            assets += records.assets(of: nil).filter { !known.contains($0.id) }
        }
        let found = assets.flatMap { records.sensors(of: $0.id) }.filter { matches($0, query, records) }
            .sorted { $0.id < $1.id }
        return Listing(found, total: found.count)
    }

    private func matches(_ sensor: Sensor, _ query: SensorQuery, _ records: Directory) -> Bool {
        guard query.unit == nil || query.unit == sensor.unit else { return false }
        guard !query.filter.isEmpty else { return true }
        let asset = records.asset(sensor.assetID)
        let account = asset?.accountID.flatMap { records.accounts[$0]?.name }
        return query.filter.anyIn([sensor.name, account, asset?.name])
    }

    /// The sensors of an asset itself.
    package func sensors(
        ofAsset id: AssetID, filter: FilterTerms, order: SortOrder<SensorSort>?, as caller: Caller
    ) throws -> Listing<Sensor> {
        _ = try context.asset(id, for: .read, caller)
        let all = try context.records().sensors(of: id)
        let matching = all.filter { filter.firstSplit.anyIn([$0.name]) }
        return Listing(sorted(matching, order), total: all.count)
    }

    private func assets(
        below root: AssetID, _ query: SensorQuery, _ records: Directory, _ caller: Caller
    ) throws -> [Asset] {
        let account = try query.accountID.map { try context.account($0, for: .read, caller) }
        let asset = try context.asset(root, for: .read, caller)
        if let account, asset.accountID != account.id { throw RequestError.accountOrAsset }
        return records.tree(from: root).filter { AccessPolicy.allows(caller, to: .read, records.resource($0)) }
    }

    /// The accounts whose sensors a query is about; nil stands for the public ones.
    private func owners(_ query: SensorQuery, _ records: Directory, _ caller: Caller) throws -> [AccountID?] {
        let account = try query.accountID.map { try context.account($0, for: .read, caller) }
        guard let selected = account?.id ?? caller.accountID else {
            return records.readableAccounts(caller).map(\.id) + [nil]
        }
        var owners: [AccountID?] = [selected]
        if query.includesClients, caller.roles.contains(.consultant) {
            owners += records.accountsByID
                .filter { $0.consultancyID == selected && records.canRead($0, caller) }.map(\.id)
        }
        return query.includesPublic ? owners + [nil] : owners
    }

    private func sorted(_ sensors: [Sensor], _ order: SortOrder<SensorSort>?) -> [Sensor] {
        guard let order else { return sensors }
        switch order.key {
        case .id: return sensors.sorted(descending: order.descending) { $0.id }
        case .name: return sensors.sorted(descending: order.descending) { $0.name }
        case .resolution: return sensors.sorted(descending: order.descending) { $0.resolution }
        }
    }
}
