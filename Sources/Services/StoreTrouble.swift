import Store

/// What is wrong when it is the store itself that fails.
package enum StoreTrouble {
    /// The few words that a header has room for; nil for errors that have other reasons.
    package static func words(for error: any Error) -> String? {
        guard let error = storeError(behind: error) else { return nil }
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

    /// What happened, and then what to do about it, as everybody is told; nil for errors that have other reasons.
    package static func message(for error: any Error) -> String? {
        storeError(behind: error).map(sentences)
    }

    static func sentences(for error: StoreError) -> String { "\(error.description) \(error.advice)" }

    private static func storeError(behind error: any Error) -> StoreError? {
        switch error {
        case let error as StoreError: error
        case RequestError.busy(let error), RequestError.unavailable(let error): error
        default: nil
        }
    }
}

extension ServiceContext {
    /// A word when the store's file is no longer where it was opened.
    package var placeTrouble: String? {
        store.isInPlace ? nil : "store file gone"
    }

    /// A word while the store takes no changes, found out without waiting and without changing anything.
    package var writeTrouble: String? {
        do {
            guard try store.writeIfFree({ _ in true }) != nil else { return StoreTrouble.words(for: StoreError.locked) }
        } catch {
            return StoreTrouble.words(for: error)
        }
        // A change of nothing fits on a full disk.
        return store.isDiskFull ? StoreTrouble.words(for: StoreError.diskFull) : nil
    }
}
