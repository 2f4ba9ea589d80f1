import FoundationEssentials
import GRDB

extension Store {
    /// Puts a backup in the place of a store that no process uses. What was there is kept beside it, under the same
    /// name with `.before-restore`.
    ///
    /// - Throws: `StoreError.corrupt` for a backup that is not sound, `StoreError.locked` while a process has the store open.
    package static func restore(_ backup: String, to path: String) throws {
        let copy = path + ".restoring"
        try removeFiles(copy)
        do {
            let source = try Store(path: backup, settings: readOnly)
            let found = try source.check()
            guard found.isSound else { throw StoreError.corrupt(detail: found.problems.joined(separator: " ")) }
            try source.backUp(to: copy)
            try source.close()
            if FileManager.default.fileExists(atPath: path) {
                try requireUnused(path)
                try removeFiles(path + ".before-restore")
                try FileManager.default.moveItem(atPath: path, toPath: path + ".before-restore")
            }
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try FileManager.default.moveItem(atPath: copy, toPath: path)
        } catch {
            try removeFiles(copy)
            throw error
        }
    }

    private static var readOnly: StoreSettings {
        var settings = StoreSettings()
        settings.isReadOnly = true
        return settings
    }

    /// Only the sole user of a file gets it in exclusive mode; its log is emptied by that, too.
    private static func requireUnused(_ path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA wal_checkpoint(TRUNCATE)")
                try database.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
        {
            throw StoreError.locked
        }
    }

    private static func removeFiles(_ path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }
}
