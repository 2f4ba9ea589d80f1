import EnergyCore
import FoundationEssentials
import GRDB

/// What a token is good for. Raw values are stored; never reuse one.
package enum TokenPurpose: Int, Hashable, Sendable {
    /// Signing requests.
    case access = 1
    /// Setting a new password, once.
    case passwordReset = 2
}

/// A token as the store knows it: never the token itself.
package struct StoredToken: Hashable, Sendable {
    package var hash: [UInt8]
    package var purpose: TokenPurpose
    package var userID: UserID
    /// The user's uniquifier when the token was issued; the token is void once that has changed.
    package var stamp: String
    package var expiresAt: Instant

    package init(hash: [UInt8], purpose: TokenPurpose, userID: UserID, stamp: String, expiresAt: Instant) {
        self.hash = hash
        self.purpose = purpose
        self.userID = userID
        self.stamp = stamp
        self.expiresAt = expiresAt
    }
}

extension ReadTransaction {
    /// The token with that hash, expired or not.
    package func token(hash: [UInt8]) throws -> StoredToken? {
        let statement = try database.cachedStatement(
            sql: "SELECT purpose, user_id, stamp, expires_at FROM token WHERE hash = ?")
        guard let row = try Row.fetchOne(statement, arguments: [Data(hash)]),
            let purpose = TokenPurpose(rawValue: row[0])
        else { return nil }
        return StoredToken(
            hash: hash, purpose: purpose, userID: row[1], stamp: row[2], expiresAt: Instant(microseconds: row[3]))
    }
}

extension ReadTransaction {
    /// All tokens of a purpose, the one that lasts longest first.
    package func tokens(for purpose: TokenPurpose) throws -> [StoredToken] {
        let sql = "SELECT hash, user_id, stamp, expires_at FROM token WHERE purpose = ? ORDER BY expires_at DESC, hash"
        return try Row.fetchAll(database, sql: sql, arguments: [purpose.rawValue]).map { row in
            let hash: Data = row[0]
            return StoredToken(
                hash: Array(hash), purpose: purpose, userID: row[1], stamp: row[2],
                expiresAt: Instant(microseconds: row[3]))
        }
    }
}

extension WriteTransaction {
    /// Stores a new token.
    package func insert(_ token: StoredToken) throws {
        try database.cachedStatement(
            sql: "INSERT INTO token (hash, purpose, user_id, stamp, expires_at) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [
            Data(token.hash), token.purpose.rawValue, token.userID, token.stamp, token.expiresAt.microseconds,
        ])
    }

    /// Forgets one token.
    package func deleteToken(hash: [UInt8]) throws {
        try database.execute(sql: "DELETE FROM token WHERE hash = ?", arguments: [Data(hash)])
    }

    /// Forgets all tokens of a user.
    package func deleteTokens(of user: UserID) throws {
        try database.execute(sql: "DELETE FROM token WHERE user_id = ?", arguments: [user])
    }

    /// Forgets all tokens that expired before a moment.
    package func deleteTokens(expiredBefore moment: Instant) throws {
        try database.execute(sql: "DELETE FROM token WHERE expires_at < ?", arguments: [moment.microseconds])
    }
}
