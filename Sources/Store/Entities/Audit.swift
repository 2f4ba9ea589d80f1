import EnergyCore
import GRDB

/// One thing that somebody did.
package struct AuditRecord: Hashable, Sendable {
    package var id: Int
    package var at: Instant
    package var event: String
    /// Who did it; nil for the operator on the machine, or when the user is gone.
    package var activeUserID: UserID?
    package var activeUserName: String?
    package var assetID: AssetID?
    /// The user it was done to.
    package var userID: UserID?
    /// The account it was done to.
    package var accountID: AccountID?

    package init(at: Instant, event: String) {
        id = 0
        self.at = at
        self.event = event
    }
}

/// Whose records are asked for.
package enum AuditScope: Hashable, Sendable {
    case asset(AssetID)
    case user(UserID)
    case account(AccountID)
    case everything
}

/// Which part of a log is asked for.
package struct AuditSelection: Hashable, Sendable {
    /// Records whose event or active user's name contains one of these, whatever the case; empty: all.
    package var words: [String] = []
    package var newestFirst = false
    package var limit: Int?
    package var offset = 0

    package init() {}
}

extension ReadTransaction {
    /// The records of a log in the order in which they were written, or the other way round.
    package func auditRecords(_ scope: AuditScope, _ selection: AuditSelection) throws -> [AuditRecord] {
        var arguments = StatementArguments()
        let condition = condition(scope, words: selection.words, &arguments)
        let order = selection.newestFirst ? "DESC" : "ASC"
        arguments += [selection.limit ?? -1, selection.offset]
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, at, event, active_user_id, active_user_name, asset_id, user_id, account_id
                FROM audit_record \(condition) ORDER BY id \(order) LIMIT ? OFFSET ?
                """, arguments: arguments)
        return rows.map { row in
            var record = AuditRecord(at: Instant(microseconds: row[1]), event: row[2])
            record.id = row[0]
            record.activeUserID = row[3]
            record.activeUserName = row[4]
            record.assetID = row[5]
            record.userID = row[6]
            record.accountID = row[7]
            return record
        }
    }

    /// The number of records that contain one of the words; without words all of the log.
    package func auditCount(_ scope: AuditScope, words: [String] = []) throws -> Int {
        var arguments = StatementArguments()
        let condition = condition(scope, words: words, &arguments)
        let sql = "SELECT count(*) FROM audit_record \(condition)"
        return try Int.fetchOne(database, sql: sql, arguments: arguments) ?? 0
    }

    private func condition(_ scope: AuditScope, words: [String], _ arguments: inout StatementArguments) -> String {
        var parts: [String] = []
        switch scope {
        case .asset(let id): (parts, arguments) = (["asset_id = ?"], [id])
        case .user(let id): (parts, arguments) = (["user_id = ?"], [id])
        case .account(let id): (parts, arguments) = (["account_id = ?"], [id])
        case .everything: break
        }
        if !words.isEmpty {
            let one = "instr(lower(event), ?) > 0 OR instr(lower(ifnull(active_user_name, '')), ?) > 0"
            parts.append("(" + words.map { _ in one }.joined(separator: " OR ") + ")")
            for word in words { arguments += [word.lowercased(), word.lowercased()] }
        }
        return parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND ")
    }
}

extension WriteTransaction {
    /// Writes one record.
    package func append(_ record: AuditRecord) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO audit_record (at, event, active_user_id, active_user_name, asset_id, user_id, account_id)
                VALUES (?, ?, (SELECT id FROM user WHERE id = ?), ?, ?, ?, ?)
                """
        ).execute(arguments: [
            record.at.microseconds, record.event, record.activeUserID, record.activeUserName, record.assetID,
            record.userID, record.accountID,
        ])
        note(.audit)
    }

    /// The ids of the records about an asset, to attach them again when the asset comes back.
    package func auditIDs(ofAsset asset: AssetID) throws -> [Int] {
        try Int.fetchAll(database, sql: "SELECT id FROM audit_record WHERE asset_id = ?", arguments: [asset])
    }

    /// Attaches records to an asset.
    package func attachAudit(_ ids: [Int], toAsset asset: AssetID) throws {
        for id in ids {
            try database.execute(sql: "UPDATE audit_record SET asset_id = ? WHERE id = ?", arguments: [asset, id])
        }
    }
}
