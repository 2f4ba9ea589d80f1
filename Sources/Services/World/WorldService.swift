import EnergyCore
import Store

/// Loads and writes whole worlds: accounts, users, assets, sensors, sources and data in one file.
package struct WorldService: Sendable {
    private let context: ServiceContext

    package init(context: ServiceContext) {
        self.context = context
    }

    /// Loads a world in one transaction; a fault leaves the store as it was.
    /// - Parameter progress: told how many of the series are done; throwing from it cancels the import.
    /// - Throws: `WorldError` with the place in the file; `AccessError` for anybody but admins.
    package func importWorld(
        _ world: JSONValue, as caller: Caller, progress: (_ series: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws -> WorldSummary {
        guard caller.isAdmin else { throw AccessError.forbidden }
        let root = try WorldEntry(world, at: "")
        let format = try root.text("format")
        guard format == "contract-world/1" else {
            throw WorldError("format", "'\(format)' is not known; this program reads contract-world/1")
        }
        try root.allow([
            "format", "server", "account_roles", "user_roles", "accounts", "users", "asset_types", "assets", "sources",
            "series",
        ])
        let hashes = try passwordHashes(root)
        return try withoutActuallyEscaping(progress) { progress in
            try context.write { transaction in
                var run = WorldImport(
                    transaction, root, passwordHashes: hashes, now: context.clock.now, progress: progress)
                try run.run()
                return run.summary
            }
        }
    }

    /// Writes everything the store holds as a world file; `write` gets it piece by piece.
    package func exportWorld(
        as caller: Caller, includingData: Bool, to write: (String) throws -> Void,
        progress: (_ sensors: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        guard caller.readsEverything else { throw AccessError.forbidden }
        let records = try context.records()
        try withoutActuallyEscaping(write) { write in
            try context.store.read { transaction in
                var export = WorldExport(transaction, records, includesData: includingData, write: write)
                try export.run(progress: progress)
            }
        }
    }

    /// New hashes by place in the file; none for a user whose stored password is the one in the file.
    private func passwordHashes(_ root: WorldEntry) throws -> [String: String] {
        var hashes: [String: String] = [:]
        for entry in try root.entries("users") {
            guard let password = try entry.optionalText("password") else { continue }
            let email = try entry.text("email")
            let stored = try context.store.read { transaction in
                try transaction.user(email: email).flatMap { try transaction.passwordHash(of: $0.id) }
            }
            if let stored, PasswordHash.matches(password, stored) { continue }
            hashes[entry.path] = try PasswordHash.make(password, cost: context.settings.access.passwordCost)
        }
        return hashes
    }
}
