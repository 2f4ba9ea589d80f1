import EnergyCore
import Store

/// Loads a world file within one transaction. What is there already under the same name is brought up to date, so that
/// loading a file twice changes nothing the second time.
struct WorldImport {
    let transaction: WriteTransaction
    let root: WorldEntry
    /// Hashes by the place of the user in the file; made beforehand, since each takes time.
    let passwordHashes: [String: String]
    let now: Instant
    let progress: (_ series: Int, _ total: Int) throws -> Void

    var accountRoles: [String: AccountRole] = [:]
    var accounts: [String: Account] = [:]
    var usersByKey: [String: User] = [:]
    var types: [String: AssetType] = [:]
    var assets: [String: AssetID] = [:]
    var sensors: [String: Sensor] = [:]
    var sources: [String: DataSourceID] = [:]
    var summary = WorldSummary()

    init(
        _ transaction: WriteTransaction, _ root: WorldEntry, passwordHashes: [String: String], now: Instant,
        progress: @escaping (_ series: Int, _ total: Int) throws -> Void
    ) {
        self.transaction = transaction
        self.root = root
        self.passwordHashes = passwordHashes
        self.now = now
        self.progress = progress
    }

    mutating func run() throws {
        try readServer()
        for entry in try root.entries("account_roles") { try readAccountRole(entry) }
        for entry in try root.entries("user_roles") { try checkUserRole(entry) }
        for entry in try root.entries("accounts") { try readAccount(entry) }
        for entry in try root.entries("users") { try readUser(entry) }
        for entry in try root.entries("asset_types") { try readAssetType(entry) }
        let assetEntries = try root.entries("assets")
        for entry in assetEntries { try readAsset(entry) }
        for entry in assetEntries { try resolveReferences(entry) }
        for entry in try root.entries("sources") { try readSource(entry) }
        let series = try root.entries("series")
        for (index, entry) in series.enumerated() {
            try readSeries(entry)
            try progress(index + 1, series.count)
        }
    }

    private func readServer() throws {
        guard root.members["server"] != nil else { return }
        let server = try WorldEntry(.object(try root.object("server")), at: "server")
        if let zone = try server.optionalText("timezone") {
            guard Zone.named(zone) != nil else { throw WorldError("server.timezone", "'\(zone)' is no IANA time zone") }
            try transaction.setServerValue("timezone", to: .string(zone))
        }
        let hosts = try server.object("hosts_and_auth_start")
        if !hosts.isEmpty { try transaction.setServerValue("hosts", to: .object(hosts)) }
    }
}
