import EnergyCore
import Store

/// Which part of a log is asked for.
package struct AuditQuery: Sendable {
    package var filter = FilterTerms.none
    /// nil: in the order in which the records were written.
    package var newestFirst: Bool?
    /// nil: all of it.
    package var page: Int?
    package var pageSize = 10

    package init() {}
}

/// A part of a log.
package struct AuditPage: Hashable, Sendable {
    package var records: [AuditRecord]
    /// Records of the log.
    package var total: Int
    /// Of these, records that match the filter.
    package var filtered: Int
}

/// The logs of who did what.
package struct AuditService: Sendable {
    let context: ServiceContext

    /// Throws unless the caller may see the log; for answers that must say so before anything else.
    package func requireRead(_ scope: AuditScope, as caller: Caller) throws {
        let records = try context.records()
        switch scope {
        case .asset(let id): _ = try context.asset(id, for: .read, caller)
        case .user(let id):
            guard let user = records.users[id] else { throw NotFound(.user, id) }
            let account = records.scope(of: user.accountID) ?? AccountScope(id: user.accountID)
            try AccessPolicy.require(.read, on: .auditLogOfUser(id, of: account), for: caller)
        case .account(let id):
            guard let account = records.accounts[id] else { throw NotFound(.account, id) }
            try AccessPolicy.require(.read, on: .auditLogOfAccount(AccountScope(account)), for: caller)
        case .everything:
            guard caller.readsEverything else { throw AccessError.forbidden }
        }
    }

    /// A part of a log that the caller may see.
    package func log(_ scope: AuditScope, _ query: AuditQuery, as caller: Caller) throws -> AuditPage {
        try requireRead(scope, as: caller)
        var selection = AuditSelection()
        selection.words = query.filter.firstSplit.terms
        selection.newestFirst = query.newestFirst ?? false
        if let page = query.page {
            selection.limit = query.pageSize
            let (offset, overflow) = (page - 1).multipliedReportingOverflow(by: query.pageSize)
            if overflow { throw RequestError.pageBeyondEnd }
            selection.offset = offset
        }
        return try context.store.read { transaction in
            let total = try transaction.auditCount(scope)
            let filtered =
                selection.words.isEmpty ? total : try transaction.auditCount(scope, words: selection.words)
            if selection.offset > 0, selection.offset >= filtered { throw RequestError.pageBeyondEnd }
            return AuditPage(
                records: try transaction.auditRecords(scope, selection), total: total, filtered: filtered)
        }
    }

    /// Writes a record about an asset for something that another service did, in the same transaction.
    func note(_ event: String, asset: AssetID?, by caller: Caller, in transaction: WriteTransaction) throws {
        try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction).note(event, asset: asset)
    }
}
