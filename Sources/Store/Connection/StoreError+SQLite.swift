import GRDB

extension StoreError {
    /// The typed form of an error of the engine; nil for any other error.
    init?(_ error: any Error) {
        guard let error = error as? DatabaseError else { return nil }
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(detail: detail)
        case .SQLITE_CONSTRAINT: self = .constraint(StoreConstraint(error.extendedResultCode), detail: detail)
        default: self = .failed(detail: detail)
        }
    }

    /// Runs `body` and turns errors of the engine into `StoreError`; other errors pass unchanged.
    static func translating<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch {
            throw StoreError(error) ?? error
        }
    }
}

extension StoreConstraint {
    init(_ code: ResultCode) {
        switch code {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: self = .unique
        case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .reference
        default: self = .other
        }
    }
}
