import Store

/// How large a store is.
package struct StoreFigures: Hashable, Sendable {
    package let path: String
    /// Bytes; nil for a store in memory.
    package let fileSize: Int?
    package let logSize: Int?
    package let beliefs: Int
}

extension Housekeeping {
    /// How large the store is. Reads summaries and no data.
    package func figures() throws -> StoreFigures {
        let size = context.store.fileSize
        return StoreFigures(
            path: context.store.path, fileSize: size?.file, logSize: size?.log,
            beliefs: try context.store.read { try $0.beliefCount() })
    }
}
