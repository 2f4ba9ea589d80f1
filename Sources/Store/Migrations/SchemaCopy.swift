import FoundationEssentials
import GRDB

/// Keeps a store as it was before an upgrade of its schema, beside it.
struct SchemaCopy {
    let path: String
    let migrator: DatabaseMigrator

    /// `FILE.before-N`, N being the number of the schema it is upgraded to.
    var target: String { "\(path).before-\(migrator.migrations.count)" }

    /// Copies the store unless it is new, or has been copied by an upgrade that did not succeed.
    func make(of engine: any DatabaseWriter) throws {
        let files = FileManager.default
        guard path != ":memory:", !files.fileExists(atPath: target), try engine.read(hasHistory) else { return }
        let partial = target + ".partial"
        defer { for suffix in ["", "-journal"] { try? files.removeItem(atPath: partial + suffix) } }
        try? files.removeItem(atPath: partial)
        let copy = try DatabaseQueue(path: partial)
        try engine.backup(to: copy)
        // Another process may have upgraded the store meanwhile, and has made its own copy.
        let isOld = try copy.read { try !migrator.hasCompletedMigrations($0) }
        try copy.close()
        guard isOld else { return }
        do {
            try files.moveItem(atPath: partial, toPath: target)
        } catch  where files.fileExists(atPath: target) {
            return
        }
    }

    private func hasHistory(_ database: Database) throws -> Bool {
        try !migrator.appliedIdentifiers(database).isEmpty
    }
}
