import Store

/// What is wrong when it is the store itself that fails, in the few words that a header has room for.
package enum StoreTrouble {
    /// nil for errors that have other reasons.
    package static func words(for error: any Error) -> String? {
        guard let error = error as? StoreError else { return nil }
        switch error {
        case .locked: return "store locked"
        case .readOnly: return "store read-only"
        case .diskFull: return "disk full"
        case .corrupt: return "store damaged"
        case .newerSchema, .olderSchema: return "store of another version"
        case .cannotOpen, .failed: return "store unreadable"
        case .constraint: return nil
        }
    }
}

extension StoreTrouble {
    /// What happened and what to do, in a line; nil for errors that have other reasons.
    package static func advice(for error: any Error) -> String? {
        guard let error = error as? StoreError else { return nil }
        switch error {
        case .locked: return "store locked by another program; nothing was changed, try again in a moment"
        case .diskFull: return "disk full; nothing was changed, free some space and try again"
        case .readOnly: return "the store cannot be written to; check the rights of its file and folder"
        default: return "\(error) \(error.advice)"
        }
    }
}

extension ServiceContext {
    /// A word when the store's file is no longer where it was opened.
    package var placeTrouble: String? {
        store.isInPlace ? nil : "store file gone"
    }
}
