import EnergyCore
import GRDB

/// How much hangs on an account.
package struct AccountCounts: Hashable, Sendable {
    package var users = 0
    package var assets = 0

    package init() {}
}

extension ReadTransaction {
    /// All account roles, by id.
    package func accountRoles() throws -> [AccountRole] {
        let rows = try Row.fetchAll(database, sql: "SELECT id, name, description FROM account_role ORDER BY id")
        return rows.map { AccountRole(id: $0[0], name: $0[1], description: $0[2]) }
    }

    /// All accounts with their roles, by id.
    package func accounts() throws -> [Account] {
        try accounts(where: "", [])
    }

    /// An account by its id.
    package func account(_ id: AccountID) throws -> Account? {
        try accounts(where: "WHERE id = ?", [id]).first
    }

    /// An account by its name.
    package func account(named name: String) throws -> Account? {
        try accounts(where: "WHERE name = ?", [name]).first
    }

    private func accounts(where condition: String, _ arguments: StatementArguments) throws -> [Account] {
        let roles = Dictionary(uniqueKeysWithValues: try accountRoles().map { ($0.id, $0) })
        var rolesOf: [AccountID: [AccountRole]] = [:]
        let links = "SELECT account_id, role_id FROM role_of_account ORDER BY account_id, role_id"
        for row in try Row.fetchAll(database, sql: links) {
            if let role = roles[row[1]] { rolesOf[row[0], default: []].append(role) }
        }
        let columns = "SELECT id, name, consultancy_id, primary_color, secondary_color, logo_url FROM account"
        let rows = try Row.fetchAll(database, sql: "\(columns) \(condition) ORDER BY id", arguments: arguments)
        return rows.map { row in
            var account = Account(id: row[0], name: row[1])
            account.consultancyID = row[2]
            account.primaryColor = row[3]
            account.secondaryColor = row[4]
            account.logoURL = row[5]
            account.roles = rolesOf[account.id] ?? []
            return account
        }
    }
}

extension WriteTransaction {
    /// Stores a new account role; id 0 takes the next id. Returns the id.
    @discardableResult
    package func insert(_ role: AccountRole) throws -> AccountRoleID {
        try database.execute(
            sql: "INSERT INTO account_role (id, name, description) VALUES (?, ?, ?)",
            arguments: [role.id == 0 ? nil : role.id, role.name, role.description])
        note(.accounts)
        return Int(database.lastInsertedRowID)
    }

    /// Stores the present state of an account role.
    package func update(_ role: AccountRole) throws {
        try database.execute(
            sql: "UPDATE account_role SET name = ?, description = ? WHERE id = ?",
            arguments: [role.name, role.description, role.id])
        note(.accounts)
    }

    /// Removes an account role from the list and from all accounts.
    package func deleteAccountRole(_ id: AccountRoleID) throws {
        try database.execute(sql: "DELETE FROM account_role WHERE id = ?", arguments: [id])
        note(.accounts)
    }

    /// Stores a new account with its roles; id 0 takes the next id. Returns the id.
    @discardableResult
    package func insert(_ account: Account) throws -> AccountID {
        try database.execute(
            sql: """
                INSERT INTO account (id, name, consultancy_id, primary_color, secondary_color, logo_url)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                account.id == 0 ? nil : account.id, account.name, account.consultancyID, account.primaryColor,
                account.secondaryColor, account.logoURL,
            ])
        let id = Int(database.lastInsertedRowID)
        try setRoles(account.roles, of: id)
        note(.accounts, id)
        return id
    }

    /// Stores the present state of an account, its roles included.
    package func update(_ account: Account) throws {
        try database.execute(
            sql: """
                UPDATE account SET name = ?, consultancy_id = ?, primary_color = ?, secondary_color = ?, logo_url = ?
                WHERE id = ?
                """,
            arguments: [
                account.name, account.consultancyID, account.primaryColor, account.secondaryColor, account.logoURL,
                account.id,
            ])
        try setRoles(account.roles, of: account.id)
        note(.accounts, account.id)
    }

    /// Removes an account with its users and assets. Returns the sensors that went with it; their data are left to
    /// the caller.
    package func deleteAccount(_ id: AccountID) throws -> [SensorID] {
        let sensors = try Int.fetchAll(
            database,
            sql: "SELECT sensor.id FROM sensor JOIN asset ON asset.id = asset_id WHERE account_id = ?", arguments: [id])
        try database.execute(sql: "DELETE FROM account WHERE id = ?", arguments: [id])
        for subject in [ChangeSubject.accounts, .users, .assets, .sensors, .sources] { note(subject) }
        return sensors
    }

    private func setRoles(_ roles: [AccountRole], of account: AccountID) throws {
        try database.execute(sql: "DELETE FROM role_of_account WHERE account_id = ?", arguments: [account])
        for role in roles {
            try database.execute(
                sql: "INSERT OR IGNORE INTO role_of_account (account_id, role_id) VALUES (?, ?)",
                arguments: [account, role.id])
        }
    }
}
