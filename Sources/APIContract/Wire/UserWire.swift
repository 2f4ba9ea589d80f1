import EnergyCore

/// A user as answers show it.
package enum UserWire {
    /// Roles as ids, times in UTC without saying so.
    package static func json(_ user: User) -> JSONObject {
        [
            "id": .int(user.id), "username": .string(user.username), "email": .string(user.email),
            "account_id": .int(user.accountID), "active": .bool(user.isActive), "timezone": .string(user.timezone),
            "flexmeasures_roles": .array(user.roles.map(UserRoleID.id).sorted().map { .int($0) }),
            "last_login_at": .text(user.lastLogin?.naiveText), "last_seen_at": .text(user.lastSeen?.naiveText),
        ]
    }

    /// As lists show it: with the account, roles as names and times as words in the reader's zone.
    package static func listed(_ user: User, account: Account?, now: Instant, zone: Zone) -> JSONObject {
        var json = json(user)
        json["account"] = account.map { .object(AccountWire.json($0)) } ?? .null
        json["flexmeasures_roles"] = .array(
            user.roles.sorted { UserRoleID.id($0) < UserRoleID.id($1) }.map { .string($0.rawValue) })
        json["last_login_at"] = .string(user.lastLogin?.wordsAgo(now: now, in: zone) ?? "never")
        json["last_seen_at"] = .string(user.lastSeen?.wordsAgo(now: now, in: zone) ?? "never")
        return json
    }

    package static let schema = Schema.object([
        "id": .id, "username": .string, "email": .string, "account_id": .id, "active": .boolean, "timezone": .string,
        "flexmeasures_roles": .list(of: .integer), "last_login_at": .string.orNull, "last_seen_at": .string.orNull,
        "status?": .integer,
    ])

    package static let listedSchema = Schema.object([
        "id": .id, "username": .string, "email": .string, "account_id": .id, "active": .boolean, "timezone": .string,
        "flexmeasures_roles": .list(of: .string), "last_login_at": .string, "last_seen_at": .string,
        "account": Schema.reference("Account").orNull,
    ])
}

/// The numbers by which requests and answers name the roles of users.
package enum UserRoleID {
    private static let order: [UserRole] = [.admin, .adminReader, .accountAdmin, .consultant]

    package static func id(_ role: UserRole) -> Int { (order.firstIndex(of: role) ?? 0) + 1 }

    package static func role(_ id: Int) -> UserRole? {
        order.indices.contains(id - 1) ? order[id - 1] : nil
    }
}
