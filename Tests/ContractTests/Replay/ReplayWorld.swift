import EnergyCore

/// Logs users in and turns the symbolic names of the cases into the ids of this server.
final class ReplayWorld {
    let client: any ReplayClient
    private let users: [String: JSONObject]
    private let document: JSONObject
    private var tokens: [String: String] = [:]
    private var maps: [String: [String: JSONValue]] = [:]

    init(_ document: JSONObject, client: any ReplayClient) async throws {
        self.document = document
        self.client = client
        users = Dictionary(
            uniqueKeysWithValues: (document["users"]?.arrayValue ?? []).compactMap(\.objectValue).map {
                ($0["key"]?.stringValue ?? "", $0)
            })
        try await load()
    }

    func user(_ key: String, _ field: String) throws -> String {
        guard let text = users[key]?[field]?.stringValue else { throw ReplayError(text: "unknown user \(key)") }
        return text
    }

    func token(_ key: String) async throws -> String {
        if let token = tokens[key] { return token }
        let body: JSONObject = [
            "email": .string(try user(key, "email")), "password": .string(try user(key, "password")),
        ]
        let reply = try await client.send(
            Exchange(
                method: "POST", path: "/api/requestAuthToken", headers: [("Content-Type", "application/json")],
                body: JSONValue.object(body).bytes()))
        guard reply.status == 200, let token = reply.json?.objectValue?["auth_token"]?.stringValue else {
            throw ReplayError(text: "log-in of \(key) failed: \(reply.status) \(reply.text.prefix(200))")
        }
        tokens[key] = token
        return token
    }

    private func get(_ path: String) async throws -> JSONValue {
        let reply = try await client.send(
            Exchange(method: "GET", path: path, headers: [("Authorization", try await token("admin"))], body: []))
        guard reply.status == 200, let json = reply.json else {
            throw ReplayError(text: "GET \(path): \(reply.status) \(reply.text.prefix(200))")
        }
        return json
    }

    private func rows(_ path: String) async throws -> [JSONObject] {
        (try await get(path).arrayValue ?? []).compactMap(\.objectValue)
    }

    private func load() async throws {
        let accounts = try await rows("/api/v3_0/accounts")
        for account in accounts { note("account", account["name"], account["id"]) }
        for entry in listed("accounts") {
            let roles = accounts.first { $0["name"] == entry["name"] }?["account_roles"]?.arrayValue ?? []
            if let names = entry["roles"]?.arrayValue, names.count == 1, roles.count == 1 {
                note("account_role", names[0], roles[0].objectValue?["id"])
            }
        }
        let keys = Dictionary(uniqueKeysWithValues: users.map { ($1["email"], $0) })
        for user in try await rows("/api/v3_0/users?include_inactive=true") {
            if let key = keys[user["email"]] { note("user", .string(key), user["id"]) }
        }
        for entry in listed("users") {
            guard let names = entry["roles"]?.arrayValue, names.count == 1,
                maps["role"]?[names[0].stringValue ?? ""] == nil,
                let id = maps["user"]?[entry["key"]?.stringValue ?? ""]
            else { continue }
            let user = try await get("/api/v3_0/users/\(Comparison.short(id))")
            note("role", names[0], user.objectValue?["flexmeasures_roles"]?.arrayValue?.first)
        }
        for type in try await rows("/api/v3_0/assets/types") { note("asset_type", type["name"], type["id"]) }
        try await loadAssets()
    }

    private func loadAssets() async throws {
        let assets = try await rows("/api/v3_0/assets?all_accessible=true")
        let byID = Dictionary(uniqueKeysWithValues: assets.map { ($0["id"], $0) })
        func path(_ asset: JSONObject) -> String {
            let name = asset["name"]?.stringValue ?? ""
            return byID[asset["parent_asset_id"]].map { path($0) + "/" + name } ?? name
        }
        for asset in assets {
            let assetPath = path(asset)
            note("asset", .string(assetPath), asset["id"])
            for sensor in (asset["sensors"]?.arrayValue ?? []).compactMap(\.objectValue) {
                note("sensor", .string(assetPath + "/" + (sensor["name"]?.stringValue ?? "")), sensor["id"])
            }
        }
    }

    private func listed(_ key: String) -> [JSONObject] {
        (document[key]?.arrayValue ?? []).compactMap(\.objectValue)
    }

    private func note(_ kind: String, _ name: JSONValue?, _ id: JSONValue?) {
        if let name = name?.stringValue, let id { maps[kind, default: [:]][name] = id }
    }

    func lookUp(_ kind: String, _ name: String) async throws -> JSONValue {
        if kind == "source" && maps["source"]?[name] == nil { try await findSource(name) }
        guard let id = maps[kind]?[name] else { throw ReplayError(text: "no \(kind) named '\(name)'") }
        return id
    }

    /// The statistics of sensors carry the ids of sources.
    private func findSource(_ key: String) async throws {
        guard let source = listed("sources").first(where: { $0["key"]?.stringValue == key }) else { return }
        let name =
            source["name"]?.stringValue ?? users[source["user"]?.stringValue ?? ""]?["username"]?.stringValue ?? ""
        for block in listed("series") where block["source"]?.stringValue == key {
            let sensor = try await lookUp("sensor", block["sensor"]?.stringValue ?? "")
            let stats = try await get("/api/v3_0/sensors/\(Comparison.short(sensor))/stats").objectValue
            for label in stats?.keys ?? [] where label.hasPrefix(name) && label.hasSuffix(")") {
                guard let digits = label.dropLast().split(separator: " ").last, let id = Int64(digits) else { continue }
                note("source", .string(key), .int(id))
                return
            }
        }
    }
}
