import FoundationEssentials

extension Store {
    /// Bytes of the file, and of the log beside it; nil for a store in memory.
    package var fileSize: (file: Int, log: Int)? {
        guard path != ":memory:" else { return nil }
        func size(_ path: String) -> Int {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.size] as? Int) ?? Int((attributes?[.size] as? UInt64) ?? 0)
        }
        return (size(path), size(path + "-wal"))
    }
}

extension ReadTransaction {
    /// How many beliefs are stored, from the summaries that are kept of them.
    package func beliefCount() throws -> Int {
        let statement = try RawStatement(database, "SELECT ifnull(sum(count), 0) FROM belief_summary")
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }
}
