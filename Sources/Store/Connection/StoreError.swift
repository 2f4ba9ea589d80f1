/// Why the store could not do what it was asked. `advice` says what the user can do about it.
package enum StoreError: Error, Hashable, Sendable {
    /// Others kept the store locked for longer than `StoreSettings.patience`.
    case locked
    /// The store was opened for reading only, or the file or its folder does not allow writing.
    case readOnly
    case diskFull
    /// The file is damaged or is no store.
    case corrupt(detail: String)
    /// The file was written by a newer version of the program.
    case newerSchema
    /// The file must be upgraded, which a read-only opening may not do.
    case olderSchema
    case cannotOpen(path: String, detail: String)
    /// A uniqueness, reference or check rule of the schema refused a change.
    case constraint(StoreConstraint, detail: String)
    /// Anything else, with the engine's words.
    case failed(detail: String)
}

/// The kind of rule that refused a change.
package enum StoreConstraint: Hashable, Sendable {
    case unique
    case reference
    case other
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .locked: "The store is locked by another change; nothing was stored."
        case .readOnly: "The store cannot be written to; nothing was stored."
        case .diskFull: "The disk is full; nothing was stored."
        case .corrupt(let detail): "The store is damaged or is not a FlexDeck store: \(detail)."
        case .newerSchema: "The store was written by a newer version of the program."
        case .olderSchema: "The store was written by an older version of the program and needs an upgrade."
        case .cannotOpen(let path, let detail): "Cannot open \(path): \(detail)."
        case .constraint(_, let detail): "The change contradicts what is stored: \(detail)."
        case .failed(let detail): "The store failed: \(detail)."
        }
    }

    /// What the user can do about it.
    package var advice: String {
        switch self {
        case .locked: "Try again when it is done, or stop the process that makes it."
        case .readOnly: "Open it without --read-only, and check the permissions of the file and its folder."
        case .diskFull: "Free some space and try again."
        case .corrupt: "Restore a backup. The command `check` says what is still readable."
        case .newerSchema: "Use the newer version of the program, or another file."
        case .olderSchema: "Open it once without --read-only; the upgrade is automatic."
        case .cannotOpen: "Check the path, and the permissions of the file and its folder."
        case .constraint: "Change the conflicting value and try again."
        case .failed: "Try again; if it happens again, run the command `check`."
        }
    }
}
