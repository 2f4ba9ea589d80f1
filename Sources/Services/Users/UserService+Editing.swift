import EnergyCore
import Store

extension UserService {
    /// Makes a user from fields named as in the API. Nobody knows its password: it gets a mail with a link to set one.
    package func create(_ fields: JSONObject, as caller: Caller) throws -> User {
        var form = FieldForm(fields)
        let email = form.text("email", required: true).value ?? ""
        if form.isSound("email"), !EmailAddress.isValid(email) { form.refuse("email", FieldText.email) }
        let name = form.text("username", required: true, longest: 255).value ?? ""
        if form.isSound("username"), name.isEmpty { form.refuse("username", FieldText.tooShort(1)) }
        let accountID = form.integer("account_id", required: true).value ?? 0
        form.refuseUnknown()
        try form.errors.throwIfAny()
        let account = try context.account(accountID, for: .createChildren, caller)
        var user = User(id: 0, username: name, email: email, accountID: account.id)
        user.timezone = context.settings.timezone
        let created = try context.write { transaction in
            let stored = try insert(user, passwordHash: nil, transaction)
            let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
            try trail.note("User \(name) created", user: stored.id, account: account.id)
            try noteReset(of: stored, trail, transaction)
            return stored
        }
        mails.deliverSoon()
        return created
    }

    /// Makes a user whose password is known. For the host, and for nobody else as it may hand out every role.
    package func create(_ draft: User, password: String?, as caller: Caller) throws -> User {
        guard caller.isHost else { throw AccessError.forbidden }
        var faults = FieldErrors()
        if !EmailAddress.isValid(draft.email) { faults.add("email", FieldText.email) }
        if draft.username.isEmpty { faults.add("username", FieldText.tooShort(1)) }
        if !TimezoneName.isKnown(draft.timezone) {
            faults.add("timezone", "Timezone \(draft.timezone) doesn't exist.")
        }
        try faults.throwIfAny()
        let account = try context.account(draft.accountID, for: .createChildren, caller)
        if let password { try access.checkPassword(password) }
        let hash = try password.map(access.hasher.hash)
        return try context.write { transaction in
            let stored = try insert(draft, passwordHash: hash, transaction)
            let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
            try trail.note("User \(stored.username) created", user: stored.id, account: account.id)
            return stored
        }
    }

    /// Changes the fields that are given; none is fine. The fields are checked before the id, the id before the right.
    package func update(_ id: UserID, _ fields: JSONObject, as caller: Caller) throws -> User {
        var form = UserForm(fields)
        _ = try form.user(User(id: id, username: "", email: "", accountID: 0))
        _ = try context.user(id, for: .update, caller)
        let (sendsActive, sendsRoles) = (form.sendsActive, form.sendsRoles)
        if caller.userID == id, sendsActive || sendsRoles { throw AccessError.forbidden }
        let records = try context.records()
        return try context.write { transaction in
            guard let original = try transaction.user(id) else { throw NotFound(.user, id) }
            var form = UserForm(fields)
            var user = try form.user(original)
            let scope = records.scope(of: user.accountID) ?? AccountScope(id: user.accountID)
            let changed = user.roles.symmetricDifference(original.roles)
            guard changed.allSatisfy({ AccessPolicy.allows(caller, toChange: $0, ofUserIn: scope) }) else {
                throw AccessError.forbidden
            }
            try checkUnique(user, in: transaction)
            if sendsActive, !user.isActive { user.uniquifier = RandomText.hexDigits(32) }
            try transaction.update(user)
            let event = auditEvent(original, user, sendsActive: sendsActive)
            if !event.isEmpty {
                try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
                    .note(event, user: id, account: user.accountID)
            }
            return user
        }
    }

    /// Makes the password unknown to anybody, revokes all tokens, and mails a link to set a new one.
    package func resetPassword(of id: UserID, as caller: Caller) throws {
        _ = try context.user(id, for: .update, caller)
        try context.write { transaction in
            guard var user = try transaction.user(id) else { throw NotFound(.user, id) }
            user.uniquifier = RandomText.hexDigits(32)
            try transaction.update(user)
            try transaction.clearPassword(of: id)
            try transaction.deleteTokens(of: id)
            let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
            try noteReset(of: user, trail, transaction)
        }
        mails.deliverSoon()
    }

    /// Sets a known password and revokes all tokens. For the host.
    package func setPassword(_ password: String, of id: UserID, as caller: Caller) throws {
        guard caller.isHost else { throw AccessError.forbidden }
        _ = try context.user(id, for: .update, caller)
        try access.checkPassword(password)
        let hash = try access.hasher.hash(password)
        try context.write { transaction in
            guard var user = try transaction.user(id) else { throw NotFound(.user, id) }
            user.uniquifier = RandomText.hexDigits(32)
            try transaction.update(user)
            try transaction.setPasswordHash(hash, of: id)
            try transaction.deleteTokens(of: id)
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
                .note("Password reset for user \(user.username)", user: id, account: nil)
        }
    }

    /// Deletes a user; its data and audit records stay. For the host and admins.
    package func delete(_ id: UserID, as caller: Caller) throws {
        guard caller.isAdmin, caller.userID != id else { throw AccessError.forbidden }
        let user = try context.user(id, for: .update, caller)
        try context.write { transaction in
            try transaction.deleteUser(id)
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
                .note("User \(user.username) deleted", user: nil, account: user.accountID)
        }
    }

    /// Stores a user with its data source, whatever the caller may do.
    func insert(_ draft: User, passwordHash: String?, _ transaction: WriteTransaction) throws -> User {
        var faults = FieldErrors()
        if try transaction.user(email: draft.email) != nil {
            faults.add("email", "User with email \(draft.email) already exists.")
        }
        if try transaction.user(named: draft.username) != nil {
            faults.add("username", "User with username \(draft.username) already exists.")
        }
        try faults.throwIfAny()
        var user = draft
        user.uniquifier = RandomText.hexDigits(32)
        user.id = try transaction.insert(user, passwordHash: passwordHash)
        _ = try transaction.ensureSource(of: user)
        return user
    }

    private func checkUnique(_ user: User, in transaction: ReadTransaction) throws {
        if let other = try transaction.user(email: user.email), other.id != user.id {
            throw RequestError.duplicateUser(detail: "The email address '\(user.email)' is in use already.")
        }
        if let other = try transaction.user(named: user.username), other.id != user.id {
            throw RequestError.duplicateUser(detail: "The username '\(user.username)' is in use already.")
        }
    }

    private func noteReset(of user: User, _ trail: AuditTrail, _ transaction: WriteTransaction) throws {
        let lifetime = context.settings.access.resetLinkLifetime
        let link = try access.issue(.passwordReset, for: user, lifetime: lifetime, in: transaction)
        try mails.postReset(of: user, link: link.token, in: transaction)
        try trail.note("Password reset for user \(user.username)", user: user.id, account: nil)
    }

    private func auditEvent(_ old: User, _ new: User, sendsActive: Bool) -> String {
        func names(_ roles: Set<UserRole>) -> String { roles.map(\.rawValue).sorted().joined(separator: ",") }
        var event = sendsActive ? "Active status set to '\(new.isActive ? "True" : "False")'." : ""
        let (removed, added) = (old.roles.subtracting(new.roles), new.roles.subtracting(old.roles))
        if !removed.isEmpty { event += "Removed role(s): [\(names(removed))]." }
        if !added.isEmpty { event += "Added role(s): [\(names(added))]." }
        return event
    }
}
