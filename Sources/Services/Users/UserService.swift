import EnergyCore
import Store

/// Users: finding, making, changing and deleting them, and their preferences.
package struct UserService: Sendable {
    let context: ServiceContext
    let access: AccessService
    let mails: MailService

    /// A user that the caller may read.
    package func user(_ id: UserID, as caller: Caller) throws -> User {
        withActivity(try context.user(id, for: .read, caller))
    }

    /// The users that a query names.
    package func users(_ query: UserQuery, as caller: Caller) throws -> Listing<User> {
        let records = try context.records()
        let accounts: Set<AccountID>
        if let id = query.accountID {
            accounts = [try context.account(id, for: .read, caller).id]
        } else {
            accounts = Set(records.readableAccounts(caller).map(\.id))
        }
        let found = records.users.values
            .filter { accounts.contains($0.accountID) && ($0.isActive || query.includesInactive) }
            .sorted { $0.id < $1.id }
        let matching = found.filter { user in
            query.filter.allIn([user.email, user.username, records.accounts[user.accountID]?.name])
        }
        return Listing(sorted(matching.map(withActivity), query.order), total: found.count)
    }

    /// A user by its e-mail address or name, for the host; nil if there is none.
    package func find(_ nameOrEmail: String) throws -> User? {
        let records = try context.records()
        return records.user(email: nameOrEmail) ?? records.users.values.first { $0.username == nameOrEmail }
    }

    /// What the caller prefers, by name of the preference; empty for the host.
    package func preferences(of caller: Caller) throws -> JSONObject {
        guard let id = caller.userID else { return JSONObject() }
        return try context.store.read { try $0.preferences(of: id) }
    }

    /// Stores one preference of the caller; nil removes it. The host has none.
    package func setPreference(_ name: String, to value: JSONValue?, as caller: Caller) throws {
        guard let id = caller.userID else { return }
        try context.write { try $0.setPreference(name, of: id, to: value) }
    }

    /// What was noted since the last write is newer than what is stored.
    private func withActivity(_ user: User) -> User {
        guard let seen = access.activity.lastSeen(user.id), seen > user.lastSeen ?? seen - .seconds(1) else {
            return user
        }
        var user = user
        user.lastSeen = seen
        return user
    }

    private func sorted(_ users: [User], _ order: SortOrder<UserSort>?) -> [User] {
        guard let order else { return users }
        let never = Instant(microseconds: .min)
        switch order.key {
        case .username: return users.sorted(descending: order.descending) { $0.username }
        case .email: return users.sorted(descending: order.descending) { $0.email }
        case .lastLogin: return users.sorted(descending: order.descending) { $0.lastLogin ?? never }
        case .lastSeen: return users.sorted(descending: order.descending) { $0.lastSeen ?? never }
        }
    }
}
