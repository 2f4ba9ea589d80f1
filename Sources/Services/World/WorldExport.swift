import EnergyCore
import Store

/// Writes a store as a world file, piece by piece, so that the size of the data does not matter.
/// Passwords stay behind: they are known to nobody.
struct WorldExport {
    private let transaction: ReadTransaction
    private let records: Directory
    private let includesData: Bool
    private let write: (String) throws -> Void

    private var paths: [AssetID: String] = [:]

    init(
        _ transaction: ReadTransaction, _ records: Directory, includesData: Bool,
        write: @escaping (String) throws -> Void
    ) {
        self.transaction = transaction
        self.records = records
        self.includesData = includesData
        self.write = write
    }

    mutating func run(progress: (_ sensors: Int, _ total: Int) throws -> Void) throws {
        let assets = records.children(of: nil).flatMap { records.tree(from: $0.id) }
        for asset in assets {
            paths[asset.id] = (asset.parentID.flatMap { paths[$0] }.map { $0 + "/" } ?? "") + WorldPath.part(asset.name)
        }
        let references = WorldReferences(sensors: assets.flatMap { records.sensors(of: $0.id) }) { [paths] in
            paths[$0] ?? ""
        }
        try write("{\n\"format\": \"contract-world/1\",\n\"server\": \(try server().text()),\n")
        try section("account_roles", records.accountRoles.map(Self.role))
        try section("user_roles", UserRole.allCases.map { ["name": .string($0.rawValue)] })
        try section("accounts", accountsAdvisersFirst.map(account))
        try section("users", records.users.values.sorted { $0.id < $1.id }.map(user))
        try section("asset_types", records.assetTypes.values.sorted { $0.id < $1.id }.map(Self.type))
        try section("assets", assets.map { asset($0, references) })
        try section("sources", records.sources.values.sorted { $0.id < $1.id }.map(source))
        try write("\"series\": [")
        try series(of: includesData ? assets : [], progress: progress)
        try write("\n]\n}\n")
    }

    private func section(_ name: String, _ entries: [JSONValue]) throws {
        try write("\"\(name)\": [" + entries.map { "\n  " + $0.text() }.joined(separator: ",") + "\n],\n")
    }

    private func series(of assets: [Asset], progress: (Int, Int) throws -> Void) throws {
        let sensors = assets.flatMap { records.sensors(of: $0.id) }
        var isFirst = true
        for (index, sensor) in sensors.enumerated() {
            let path = "\(paths[sensor.assetID] ?? "")/\(WorldPath.part(sensor.name))"
            for entry in try WorldSeriesWriter(sensor: sensor, path: path).entries(in: transaction) {
                try write((isFirst ? "\n  " : ",\n  ") + entry.text())
                isFirst = false
            }
            try progress(index + 1, sensors.count)
        }
    }

    // MARK: Entries

    private func server() throws -> JSONObject {
        var server = JSONObject()
        server["timezone"] = try transaction.serverValue("timezone")
        server["hosts_and_auth_start"] = try transaction.serverValue("hosts")
        return server
    }

    private static func role(_ role: AccountRole) -> JSONValue {
        ["name": .string(role.name), "description": .string(role.description)]
    }

    private static func type(_ type: AssetType) -> JSONValue {
        ["name": .string(type.name), "description": .string(type.description)]
    }

    /// An account comes after the one that advises it; accounts that advise each other keep their order.
    private var accountsAdvisersFirst: [Account] {
        var open = records.accountsByID
        var done: [Account] = []
        while let next = open.firstIndex(where: { account in
            account.consultancyID.map { adviser in !open.contains { $0.id == adviser } } ?? true
        }) ?? open.indices.first {
            done.append(open.remove(at: next))
        }
        return done
    }

    private func account(_ account: Account) -> JSONValue {
        [
            "name": .string(account.name), "roles": .array(account.roles.map { .string($0.name) }),
            "consultancy": .text(account.consultancyID.flatMap { records.accounts[$0]?.name }),
            "primary_color": .text(account.primaryColor), "secondary_color": .text(account.secondaryColor),
            "logo_url": .text(account.logoURL),
        ]
    }

    private func user(_ user: User) -> JSONValue {
        [
            "key": .string(user.username), "username": .string(user.username), "email": .string(user.email),
            "account": .text(records.accounts[user.accountID]?.name),
            "roles": .array(UserRole.allCases.filter(user.roles.contains).map { .string($0.rawValue) }),
            "active": .bool(user.isActive), "timezone": .string(user.timezone),
        ]
    }

    private func source(_ source: DataSource) -> JSONValue {
        let key = JSONValue.string(WorldSeriesWriter.key(of: source.id))
        if let user = source.userID.flatMap({ records.users[$0] }) {
            return ["key": key, "user": .string(user.username)]
        }
        var entry: JSONObject = ["key": key, "name": .string(source.name), "type": .string(source.type)]
        entry["model"] = source.model.map { .string($0) }
        entry["version"] = source.version.map { .string($0) }
        if !source.attributes.isEmpty { entry["attributes"] = .object(source.attributes) }
        return .object(entry)
    }

    private func asset(_ asset: Asset, _ references: WorldReferences) -> JSONValue {
        var entry: JSONObject = [
            "path": .text(paths[asset.id]), "type": .string(asset.type.name),
            "account": .text(asset.accountID.flatMap { records.accounts[$0]?.name }),
        ]
        entry["latitude"] = asset.latitude.map { .double($0) }
        entry["longitude"] = asset.longitude.map { .double($0) }
        entry["external_id"] = asset.externalID.map { .string($0) }
        if !asset.attributes.isEmpty { entry["attributes"] = .object(asset.attributes) }
        if !asset.flexContext.isEmpty { entry["flex_context"] = references.flex(.object(asset.flexContext)) }
        entry["flex_model"] = asset.flexModel.map { references.flex($0) }
        if asset.sensorsToShow != [] { entry["sensors_to_show"] = references.shown(asset.sensorsToShow) }
        if asset.sensorsToShowAsKPIs != [] {
            entry["sensors_to_show_as_kpis"] = references.shown(asset.sensorsToShowAsKPIs)
        }
        let sensors = records.sensors(of: asset.id)
        if !sensors.isEmpty { entry["sensors"] = .array(sensors.map(Self.sensor)) }
        return .object(entry)
    }

    private static func sensor(_ sensor: Sensor) -> JSONValue {
        var entry: JSONObject = [
            "name": .string(sensor.name), "unit": .string(sensor.unit),
            "resolution": .string(sensor.resolution.isoText(.days)), "timezone": .string(sensor.timezone),
        ]
        if !sensor.attributes.isEmpty { entry["attributes"] = .object(sensor.attributes) }
        entry["knowledge_horizon"] = sensor.knowledgeHorizon.world
        return .object(entry)
    }
}
