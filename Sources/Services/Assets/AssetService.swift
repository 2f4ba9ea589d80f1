import EnergyCore
import Store

/// Assets and asset types: finding, making, changing and deleting them.
package struct AssetService: Sendable {
    let context: ServiceContext

    /// All asset types, by id. For every user.
    package func types() throws -> [AssetType] {
        try context.records().assetTypes.values.sorted { $0.id < $1.id }
    }

    /// An asset that the caller may read.
    package func asset(_ id: AssetID, as caller: Caller) throws -> Asset {
        try context.asset(id, for: .read, caller)
    }

    /// An asset that the caller may read, with what hangs on it.
    package func details(_ id: AssetID, as caller: Caller) throws -> AssetDetails {
        details([try asset(id, as: caller)], try context.records())[0]
    }

    /// What hangs on assets that the caller has got from this service.
    package func details(of assets: [Asset]) throws -> [AssetDetails] {
        details(assets, try context.records())
    }

    /// All public assets. For every user.
    package func publicAssets() throws -> [Asset] {
        try context.records().assets(of: nil)
    }

    /// The assets that a query names, as far as the caller may read them.
    package func assets(_ query: AssetQuery, as caller: Caller) throws -> Listing<Asset> {
        let records = try context.records()
        if let page = try unfiltered(query, records, caller) { return page }
        let found = cut(try selected(query, records, caller), query, records)
        let matching = found.filter { asset in
            query.filter.allIn([asset.name, asset.accountID.flatMap { records.accounts[$0]?.name }])
        }
        return Listing(sorted(matching, query.order), total: found.count)
    }

    /// An asset and all its descendants, parents before children, as far as the caller may read them.
    package func tree(from root: AssetID, as caller: Caller) throws -> [Asset] {
        _ = try asset(root, as: caller)
        let records = try context.records()
        return records.tree(from: root).filter { AccessPolicy.allows(caller, to: .read, records.resource($0)) }
    }

    /// The flex-context that holds for an asset: its own fields, then those of its ancestors.
    package func inheritedFlexContext(of id: AssetID, as caller: Caller) throws -> JSONObject {
        _ = try asset(id, as: caller)
        return try context.records().inheritedFlexContext(of: id)
    }

    private func details(_ assets: [Asset], _ records: Directory) -> [AssetDetails] {
        assets.map { asset in
            AssetDetails(
                asset: asset, owner: asset.accountID.flatMap { records.accounts[$0] },
                children: records.children(of: asset.id), sensors: records.sensors(of: asset.id))
        }
    }

    /// A list by id in which nothing is searched for, without a look at the assets that are not shown.
    private func unfiltered(_ query: AssetQuery, _ records: Directory, _ caller: Caller) throws -> Listing<Asset>? {
        guard query.root == nil, query.depth == nil, query.filter.isEmpty, query.order.map({ $0.key == .id }) ?? true
        else { return nil }
        let owners = try owners(query, records, caller)
        return Listing(records.assetIDs(of: owners), descending: query.order?.descending ?? false) { records.asset($0) }
    }

    private func selected(_ query: AssetQuery, _ records: Directory, _ caller: Caller) throws -> [Asset] {
        guard let root = query.root else {
            let ids = records.assetIDs(of: try owners(query, records, caller))
            return ids[0..<ids.count].compactMap(records.asset)
        }
        guard records.asset(root) != nil else { throw NotFound(.asset, root) }
        return records.tree(from: root)
            .filter { AccessPolicy.allows(caller, to: .read, records.resource($0)) }
            .sorted { $0.id < $1.id }
    }

    /// The accounts whose assets a query is about; nil stands for the public ones.
    private func owners(_ query: AssetQuery, _ records: Directory, _ caller: Caller) throws -> [AccountID?] {
        if let id = query.accountID {
            _ = try context.account(id, for: .read, caller)
            return query.includesPublic ? [id, nil] : [id]
        }
        guard let own = caller.accountID, !query.allAccessible else {
            return records.readableAccounts(caller).map(\.id) + [nil]
        }
        return query.includesPublic ? [own, nil] : [own]
    }

    private func cut(_ assets: [Asset], _ query: AssetQuery, _ records: Directory) -> [Asset] {
        guard let depth = query.depth else { return assets }
        let base = query.root.map { records.depth(of: $0) } ?? 0
        return assets.filter { records.depth(of: $0.id) - base <= depth }
    }

    private func sorted(_ assets: [Asset], _ order: SortOrder<AssetSort>?) -> [Asset] {
        guard let order else { return assets }
        switch order.key {
        case .id: return assets.sorted(descending: order.descending) { $0.id }
        case .name: return assets.sorted(descending: order.descending) { $0.name }
        case .owner: return assets.sorted(descending: order.descending) { $0.accountID ?? .max }
        }
    }
}
