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
        var assets = try selectedAssets(query, records, caller)
        if query.includesPublic {
            let known = Set(assets.map(\.id))
            assets += records.assets(of: nil).filter { !known.contains($0.id) }
        }
        let matching = assets.flatMap { asset -> [Sensor] in
            let account = asset.accountID.flatMap { records.accounts[$0]?.name }
            let sensors = records.sensors(of: asset.id)
            if query.unit == nil, query.filter.isEmpty { return sensors }
            return sensors.filter { sensor in
                (query.unit == nil || query.unit == sensor.unit)
                    && query.filter.anyIn([sensor.name, account, asset.name])
            }
        }
        let sorted = matching.sorted { $0.id < $1.id }
        return Listing(sorted, total: sorted.count)
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

    private func selectedAssets(_ query: SensorQuery, _ records: Directory, _ caller: Caller) throws -> [Asset] {
        let account = try query.accountID.map { try context.account($0, for: .read, caller) }
        if let id = query.assetID {
            let asset = try context.asset(id, for: .read, caller)
            if let account, asset.accountID != account.id { throw RequestError.accountOrAsset }
            return records.tree(from: id).filter { AccessPolicy.allows(caller, to: .read, records.resource($0)) }
        }
        guard let selected = account?.id ?? caller.accountID else {
            return records.readableAccounts(caller).flatMap { records.assets(of: $0.id) } + records.assets(of: nil)
        }
        var accounts = [selected]
        if query.includesClients, caller.roles.contains(.consultant) {
            accounts += records.accountsByID
                .filter { $0.consultancyID == selected && records.canRead($0, caller) }.map(\.id)
        }
        return accounts.flatMap { records.assets(of: $0) }
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
