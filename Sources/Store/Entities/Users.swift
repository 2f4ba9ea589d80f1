import EnergyCore
import GRDB

extension ReadTransaction {
    /// All users with their roles, by id, active or not.
    package func users() throws -> [User] {
        try users(where: "", [])
    }

    /// A user by its id.
    package func user(_ id: UserID) throws -> User? {
        try users(where: "WHERE user.id = ?", [id]).first
    }

    /// A user by its e-mail address, exactly as written.
    package func user(email: String) throws -> User? {
        try users(where: "WHERE email = ?", [email]).first
    }

    /// A user by its name, exactly as written.
    package func user(named name: String) throws -> User? {
        try users(where: "WHERE username = ?", [name]).first
    }

    /// The hash of a user's password; nil if none was ever set.
    package func passwordHash(of user: UserID) throws -> String? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT password_hash FROM user WHERE id = ?"), arguments: [user])
    }

    /// What a user prefers, by name of the preference.
    package func preferences(of user: UserID) throws -> JSONObject {
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, value FROM preference_of_user WHERE user_id = ? ORDER BY name",
            arguments: [user])
        return JSONObject(rows.map { ($0[0], StoredJSON.value($0[1])) })
    }

    private func users(where condition: String, _ arguments: StatementArguments) throws -> [User] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT user.id, username, email, account_id, is_active, timezone, uniquifier,
                       last_seen, last_login, ifnull(login_count, 0),
                       (SELECT group_concat(role) FROM role_of_user WHERE role_of_user.user_id = user.id)
                FROM user LEFT JOIN activity_of_user ON activity_of_user.user_id = user.id
                \(condition) ORDER BY user.id
                """, arguments: arguments)
        return rows.map(User.init(row:))
    }
}

extension User {
    fileprivate init(row: Row) {
        self.init(id: row[0], username: row[1], email: row[2], accountID: row[3])
        isActive = row[4]
        timezone = row[5]
        uniquifier = row[6]
        lastSeen = Instant(column: row[7])
        lastLogin = Instant(column: row[8])
        loginCount = row[9]
        let names = (row[10] as String?) ?? ""
        roles = Set(names.split(separator: ",").compactMap { UserRole(rawValue: String($0)) })
    }
}

extension WriteTransaction {
    /// Stores a new user with its roles; id 0 takes the next id. Returns the id.
    @discardableResult
    package func insert(_ user: User, passwordHash: String?) throws -> UserID {
        try database.execute(
            sql: """
                INSERT INTO user (id, username, email, account_id, password_hash, is_active, timezone, uniquifier)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                user.id == 0 ? nil : user.id, user.username, user.email, user.accountID, passwordHash, user.isActive,
                user.timezone, user.uniquifier,
            ])
        let id = Int(database.lastInsertedRowID)
        try setRoles(user.roles, of: id)
        note(.users, id)
        return id
    }

    /// Stores the present state of a user, its roles included, but neither its password nor its activity.
    package func update(_ user: User) throws {
        try database.execute(
            sql: """
                UPDATE user SET username = ?, email = ?, account_id = ?, is_active = ?, timezone = ?, uniquifier = ?
                WHERE id = ?
                """,
            arguments: [
                user.username, user.email, user.accountID, user.isActive, user.timezone, user.uniquifier, user.id,
            ])
        try setRoles(user.roles, of: user.id)
        note(.users, user.id)
    }

    /// Stores a new password hash.
    package func setPasswordHash(_ hash: String, of user: UserID) throws {
        try database.execute(sql: "UPDATE user SET password_hash = ? WHERE id = ?", arguments: [hash, user])
        note(.users, user)
    }

    /// Makes every password wrong for a user.
    package func clearPassword(of user: UserID) throws {
        try database.execute(sql: "UPDATE user SET password_hash = NULL WHERE id = ?", arguments: [user])
        note(.users, user)
    }

    /// Removes a user; its data source stays, detached.
    package func deleteUser(_ id: UserID) throws {
        try database.execute(sql: "DELETE FROM user WHERE id = ?", arguments: [id])
        note(.users, id)
        note(.sources)
    }

    /// Notes when users were last seen; an earlier moment than the stored one is ignored.
    package func noteSeen(_ moments: [UserID: Instant]) throws {
        for (user, moment) in moments {
            try database.execute(
                sql: """
                    INSERT INTO activity_of_user (user_id, last_seen)
                    SELECT id, ? FROM user WHERE id = ?
                    ON CONFLICT (user_id) DO UPDATE SET last_seen = max(ifnull(last_seen, 0), excluded.last_seen)
                    """, arguments: [moment.microseconds, user])
        }
    }

    /// Notes an interactive sign-in.
    package func noteLogin(of user: UserID, at moment: Instant) throws {
        try database.execute(
            sql: """
                INSERT INTO activity_of_user (user_id, last_seen, last_login, login_count)
                SELECT id, ?1, ?1, 1 FROM user WHERE id = ?2
                ON CONFLICT (user_id) DO UPDATE SET
                    last_seen = ?1, last_login = ?1, login_count = login_count + 1
                """, arguments: [moment.microseconds, user])
        note(.users, user)
    }

    /// Stores one preference of a user; nil removes it.
    package func setPreference(_ name: String, of user: UserID, to value: JSONValue?) throws {
        if let value {
            try database.execute(
                sql: "INSERT OR REPLACE INTO preference_of_user (user_id, name, value) VALUES (?, ?, ?)",
                arguments: [user, name, StoredJSON.text(value)])
        } else {
            try database.execute(
                sql: "DELETE FROM preference_of_user WHERE user_id = ? AND name = ?", arguments: [user, name])
        }
        note(.users, user)
    }

    private func setRoles(_ roles: Set<UserRole>, of user: UserID) throws {
        try database.execute(sql: "DELETE FROM role_of_user WHERE user_id = ?", arguments: [user])
        for role in roles {
            try database.execute(
                sql: "INSERT INTO role_of_user (user_id, role) VALUES (?, ?)", arguments: [user, role.rawValue])
        }
    }
}
