import EnergyCore
import Store

/// A token that somebody may use, without the token itself.
package struct TokenEntry: Hashable, Sendable {
    /// The beginning of its fingerprint: enough to tell tokens apart, of no use to sign in with.
    package var id: String
    package var user: User
    package var issuedAt: Instant
    package var expiresAt: Instant
}

extension AccessService {
    /// The valid tokens of all users whom the caller may see.
    package func tokens(as caller: Caller) throws -> [TokenEntry] {
        let records = try context.records()
        let now = context.clock.now
        return try context.store.read { try $0.tokens(for: .access) }.compactMap { token in
            guard token.expiresAt > now, let user = records.users[token.userID], user.uniquifier == token.stamp,
                AccessPolicy.allows(caller, to: .read, records.resource(user))
            else { return nil }
            return TokenEntry(
                id: Self.name(of: token), user: user, issuedAt: token.expiresAt - context.settings.access.tokenLifetime,
                expiresAt: token.expiresAt)
        }
    }

    /// Makes a listed token useless; for those who may change its user.
    package func revokeToken(_ id: String, as caller: Caller) throws {
        let tokens = try context.store.read { try $0.tokens(for: .access) }
        guard let token = tokens.first(where: { Self.name(of: $0) == id }) else { return }
        let user = try context.user(token.userID, for: .update, caller)
        forget(token.hash)
        try context.write { transaction in
            try transaction.deleteToken(hash: token.hash)
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
                .note("Token of user \(user.username) revoked", user: user.id, account: user.accountID)
        }
    }

    private static func name(of token: StoredToken) -> String {
        token.hash.prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
