import EnergyCore

/// What another server with the same API tells about itself, data apart; becomes a world.
package struct PeerContent: Sendable {
    /// The lists that the API answers.
    package var accounts: [JSONValue] = []
    package var users: [JSONValue] = []
    package var assetTypes: [JSONValue] = []
    package var assets: [JSONValue] = []
    package var sensors: [JSONValue] = []

    package init() {}

    /// Everything by name, as world files have it: ids are given anew.
    package var world: JSONValue {
        let paths = PeerPaths(self)
        let references = WorldReferences(paths: paths.sensors)
        let places = assets.compactMap { asset in asset["id"]?.intValue.map { (id: $0, json: asset) } }
            .sorted { (paths.depth(of: $0.id), $0.id) < (paths.depth(of: $1.id), $1.id) }
        return [
            "format": "contract-world/1",
            "account_roles": .array(roleNames.map { ["name": .string($0)] }),
            "accounts": .array(accountsAdvisersFirst.map(account)),
            "users": .array(users.compactMap(user)),
            "asset_types": .array(assetTypes.map(type)),
            "assets": .array(places.map { asset($0.json, path: paths.assets[$0.id] ?? "", paths, references) }),
        ]
    }

    /// Names of assets and of the sensor at the end, by the other server's ids.
    package var sensorPaths: [SensorID: String] { PeerPaths(self).sensors }

    // MARK: Entries

    private var names: [AccountID: String] {
        Dictionary(
            accounts.compactMap { account in account["id"]?.intValue.map { ($0, account["name"]?.stringValue ?? "") } },
            uniquingKeysWith: { first, _ in first })
    }

    private var roleNames: [String] {
        Set(accounts.flatMap(Self.roles)).sorted()
    }

    private static func roles(_ account: JSONValue) -> [String] {
        (account["account_roles"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }

    private var accountsAdvisersFirst: [JSONValue] {
        var open = accounts
        var done: [JSONValue] = []
        while let next = open.firstIndex(where: { account in
            guard let adviser = account["consultancy_account_id"]?.intValue else { return true }
            return !open.contains { $0["id"]?.intValue == adviser && $0 != account }
        }) ?? open.indices.first {
            done.append(open.remove(at: next))
        }
        return done
    }

    private func account(_ account: JSONValue) -> JSONValue {
        [
            "name": account["name"] ?? "", "roles": .array(Self.roles(account).map { .string($0) }),
            "consultancy": .text(account["consultancy_account_id"]?.intValue.flatMap { names[$0] }),
            "primary_color": account["primary_color"] ?? .null, "secondary_color": account["secondary_color"] ?? .null,
            "logo_url": account["logo_url"] ?? .null,
        ]
    }

    /// Roles that this program does not know, and ones that are only told by number, stay behind.
    private func user(_ user: JSONValue) -> JSONValue? {
        guard let name = user["username"]?.stringValue, let email = user["email"]?.stringValue,
            let account = user["account_id"]?.intValue.flatMap({ names[$0] }) ?? user["account"]?["name"]?.stringValue
        else { return nil }
        let roles = (user["flexmeasures_roles"]?.arrayValue ?? []).compactMap(\.stringValue)
            .filter { UserRole(rawValue: $0) != nil }
        return [
            "username": .string(name), "email": .string(email), "account": .string(account),
            "roles": .array(roles.map { .string($0) }), "active": user["active"] ?? true,
            "timezone": user["timezone"] ?? .null,
        ]
    }

    private func type(_ type: JSONValue) -> JSONValue {
        ["name": type["name"] ?? "", "description": .string(type["description"]?.stringValue ?? "")]
    }

    private func asset(
        _ asset: JSONValue, path: String, _ paths: PeerPaths, _ references: WorldReferences
    ) -> JSONValue {
        let typeID = asset["generic_asset_type_id"]?.intValue
        let named = asset["generic_asset_type"]?["name"] ?? assetTypes.first { $0["id"]?.intValue == typeID }?["name"]
        var entry: JSONObject = [
            "path": .string(path), "type": named ?? "",
            "account": .text(asset["account_id"]?.intValue.flatMap { names[$0] }),
        ]
        for field in ["latitude", "longitude", "external_id"] where asset[field]?.isNull == false {
            entry[field] = asset[field]
        }
        for (field, refer) in [
            ("attributes", { $0 }), ("flex_context", references.flex), ("flex_model", references.flex),
            ("sensors_to_show", references.shown), ("sensors_to_show_as_kpis", references.shown),
        ] as [(String, (JSONValue) -> JSONValue)] {
            let value = Self.parsed(asset[field])
            if !value.isNull, value != [:], value != [] { entry[field] = refer(value) }
        }
        let own = sensors.filter { $0["generic_asset_id"]?.intValue == asset["id"]?.intValue }
        if !own.isEmpty { entry["sensors"] = .array(own.map(sensor)) }
        return .object(entry)
    }

    private func sensor(_ sensor: JSONValue) -> JSONValue {
        var entry: JSONObject = [
            "name": sensor["name"] ?? "", "unit": sensor["unit"] ?? "", "resolution": sensor["event_resolution"] ?? "",
            "timezone": sensor["timezone"] ?? "",
        ]
        let attributes = Self.parsed(sensor["attributes"])
        if !attributes.isNull, attributes != [:] { entry["attributes"] = attributes }
        return .object(entry)
    }

    /// Some versions send objects, others their JSON text.
    private static func parsed(_ value: JSONValue?) -> JSONValue {
        guard let text = value?.stringValue else { return value ?? .null }
        return (try? JSONValue(parsing: text)) ?? .null
    }
}
