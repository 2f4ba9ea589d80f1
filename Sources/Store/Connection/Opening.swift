import CSQLite
import FoundationEssentials
import GRDB

/// Opens a store: connection settings, write-ahead log, migrations.
struct Opening {
    let path: String
    let settings: StoreSettings

    func open() throws -> any DatabaseWriter {
        _ = Self.isEngineSetUp
        do {
            return try openMigrated()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            throw StoreError.cannotOpen(path: path, detail: error.message ?? "unable to open the file")
        }
    }

    private static let isEngineSetUp = csqlite_count_no_memory() == SQLITE_OK

    private func openMigrated() throws -> any DatabaseWriter {
        let engine = try retrying(while: Self.isBusy, makeEngine)
        let migrator = Migrations.migrator
        if try engine.read(migrator.hasBeenSuperseded) { throw StoreError.newerSchema }
        let isComplete = { try engine.read(migrator.hasCompletedMigrations) }
        if try isComplete() { return engine }
        if settings.isReadOnly { throw StoreError.olderSchema }
        // Of two processes that open an old store at once, the slower one finds tables that it is about to make.
        try retrying(while: { _ in true }, tries: 5) {
            if try isComplete() { return }
            try SchemaCopy(path: path, migrator: migrator).make(of: engine)
            try migrator.migrate(engine)
        }
        return engine
    }

    /// Switching a file to the write-ahead log does not honour the engine's own patience.
    private func retrying<T>(
        while isWorthIt: (any Error) -> Bool, tries: Int = 200, _ body: () throws -> T
    ) throws -> T {
        for _ in 1..<tries {
            do { return try body() } catch  where isWorthIt(error) { sqlite3_sleep(20) }
        }
        return try body()
    }

    private static func isBusy(_ error: any Error) -> Bool {
        (error as? DatabaseError)?.resultCode == .SQLITE_BUSY
    }

    /// One connection that only reads, to a store that is open.
    func openReader() throws -> DatabaseQueue {
        var configuration = configuration
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// One connection that moves the write-ahead log into the file and gives way to everybody else.
    func openCheckpointing() throws -> DatabaseQueue {
        var configuration = configuration
        configuration.busyMode = .timeout(0.05)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private func makeEngine() throws -> any DatabaseWriter {
        if path == ":memory:" { return try DatabaseQueue(configuration: configuration) }
        if settings.isReadOnly, !FileManager.default.fileExists(atPath: path) {
            throw StoreError.cannotOpen(path: path, detail: "no such file")
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.readonly = settings.isReadOnly
        configuration.maximumReaderCount = settings.readers
        configuration.busyMode = .timeout(settings.patience)
        configuration.prepareDatabase { [settings] database in
            let isReader = database.configuration.readonly
            // A log that one large change has blown up shrinks again at the next checkpoint.
            try database.execute(
                sql: """
                    PRAGMA synchronous = \(settings.syncsEveryCommit ? "FULL" : "NORMAL");
                    PRAGMA cache_size = -\(isReader ? settings.readerCacheKilobytes : settings.cacheKilobytes);
                    PRAGMA mmap_size = \(settings.mappedMegabytes * 1_048_576);
                    PRAGMA journal_size_limit = 67108864;
                    """)
        }
        return configuration
    }
}
