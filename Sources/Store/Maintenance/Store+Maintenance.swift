import GRDB

extension Store {
    /// Moves what the write-ahead log holds into the file itself. Happens by itself all the time; explicit after large
    /// imports and before the file is copied.
    package func checkpoint() throws {
        if path == ":memory:" || settings.isReadOnly { return }
        try StoreError.translating {
            try engine.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        }
    }
}
