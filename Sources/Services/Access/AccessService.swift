import CSodium
import EnergyCore
import FoundationEssentials
import Store
import Synchronization

/// A freshly issued token and whose it is.
package struct IssuedToken: Hashable, Sendable {
    package var token: String
    package var userID: UserID
    package var expiresAt: Instant
}

/// Signing in: passwords, tokens, reset links.
package final class AccessService: Sendable {
    let context: ServiceContext
    package let activity: ActivityTracker
    let hasher: PasswordHasher
    private let throttle: SignInThrottle
    /// Tokens that were looked up lately, by hash.
    private let known = Mutex<[[UInt8]: StoredToken]>([:])

    private static let mostKnown = 10_000

    init(context: ServiceContext) {
        self.context = context
        activity = ActivityTracker(
            store: context.store, isReadOnly: context.settings.readOnly, logger: context.logger)
        hasher = PasswordHasher(cost: context.settings.access.passwordCost)
        throttle = SignInThrottle(context.settings.access)
    }

    /// A token for whoever knows the password of an address. Inactive users get one, too, but can do nothing with it.
    package func signIn(email: String, password: String) throws -> IssuedToken {
        let user = try verified(email: email, password: password)
        return try issue(.access, for: user, lifetime: context.settings.access.tokenLifetime)
    }

    /// The caller behind an e-mail address and a password: an interactive sign-in, as at a console.
    package func signInInteractively(email: String, password: String, origin: Caller.Origin) throws -> Caller {
        let user = try verified(email: email, password: password)
        guard user.isActive else { throw AccessError.unauthenticated }
        try context.write { try $0.noteLogin(of: user.id, at: context.clock.now) }
        return Caller(user: user, origin: origin)
    }

    /// The caller behind a token. Fails alike for unknown, expired and revoked tokens and inactive users.
    package func authenticate(token: String, origin: Caller.Origin) throws -> Caller {
        let now = context.clock.now
        guard let stored = try find(token), stored.purpose == .access, now < stored.expiresAt,
            let user = try context.records().users[stored.userID], user.isActive,
            Self.isSame(user.uniquifier, stored.stamp)
        else { throw AccessError.unauthenticated }
        activity.touch(user.id, at: now)
        return Caller(user: user, origin: origin)
    }

    /// Looks it up anew the next time.
    func forget(_ hash: [UInt8]) { known.withLock { _ = $0.removeValue(forKey: hash) } }

    /// Makes a token useless.
    package func revoke(token: String) throws {
        let hash = Fingerprint.of(token)
        forget(hash)
        try context.write { try $0.deleteToken(hash: hash) }
    }

    /// Whose password a reset link would set; nil if the link is void.
    package func userOfResetLink(_ token: String) throws -> User? {
        guard let stored = try context.store.read({ try $0.token(hash: Fingerprint.of(token)) }),
            stored.purpose == .passwordReset, context.clock.now < stored.expiresAt,
            let user = try context.records().users[stored.userID], Self.isSame(user.uniquifier, stored.stamp)
        else { return nil }
        return user
    }

    /// Sets a password by a reset link, which is void from then on, as are all tokens of the user.
    package func setPassword(_ password: String, byResetLink token: String) throws {
        guard var user = try userOfResetLink(token) else {
            _ = try hasher.isRight(password, for: nil)
            throw AccessError.unauthenticated
        }
        try checkPassword(password)
        let hash = try hasher.hash(password)
        user.uniquifier = RandomText.hexDigits(32)
        try context.write { [user] transaction in
            guard try transaction.token(hash: Fingerprint.of(token)) != nil else { throw AccessError.unauthenticated }
            try transaction.deleteTokens(of: user.id)
            try transaction.update(user)
            try transaction.setPasswordHash(hash, of: user.id)
        }
        throttle.noteSuccess(user.email)
    }

    /// Throws unless the password may be chosen.
    func checkPassword(_ password: String) throws(FieldErrors) {
        let least = context.settings.access.minimumPasswordLength
        if password.unicodeScalars.count < least {
            throw FieldErrors("password", "Password must be at least \(least) characters")
        }
    }

    /// Stores a new token of a user and returns it, for the only time.
    func issue(_ purpose: TokenPurpose, for user: User, lifetime: TimeSpan) throws -> IssuedToken {
        try context.write { try issue(purpose, for: user, lifetime: lifetime, in: $0) }
    }

    func issue(
        _ purpose: TokenPurpose, for user: User, lifetime: TimeSpan, in transaction: WriteTransaction
    ) throws -> IssuedToken {
        let text = RandomText.hexDigits(64)
        let now = context.clock.now
        let token = StoredToken(
            hash: Fingerprint.of(text), purpose: purpose, userID: user.id, stamp: user.uniquifier,
            expiresAt: now + lifetime)
        try transaction.insert(token)
        return IssuedToken(token: text, userID: user.id, expiresAt: token.expiresAt)
    }

    private func verified(email: String, password: String) throws -> User {
        let now = context.clock.now
        guard let user = try context.records().user(email: email) else {
            _ = try isRight(password, nil)
            throw SignInError.unknownEmail(email)
        }
        try throttle.check(email, now: now)
        let hash = try context.store.read { try $0.passwordHash(of: user.id) }
        guard try isRight(password, hash) else {
            throttle.noteFailure(email, now: now)
            throw SignInError.wrongPassword
        }
        throttle.noteSuccess(email)
        return user
    }

    private func isRight(_ password: String, _ hash: String?) throws -> Bool {
        do {
            return try hasher.isRight(password, for: hash)
        } catch is PasswordHasher.Overloaded {
            throw SignInError.throttled(retryAfterSeconds: 1)
        }
    }

    private func find(_ token: String) throws -> StoredToken? {
        guard token.utf8.count <= 512 else { return nil }
        let hash = Fingerprint.of(token)
        if let stored = known.withLock({ $0[hash] }) { return stored }
        guard let stored = try context.store.read({ try $0.token(hash: hash) }) else { return nil }
        known.withLock { known in
            if known.count >= Self.mostKnown { known.removeAll() }
            known[hash] = stored
        }
        return stored
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        return a.count == b.count && sodium_memcmp(a, b, a.count) == 0
    }
}
