import EnergyCore
import Store

extension WorldImport {
    mutating func readAccountRole(_ entry: WorldEntry) throws {
        let name = try entry.text("name")
        let description = try entry.optionalText("description") ?? ""
        if var known = try transaction.accountRoles().first(where: { $0.name == name }) {
            known.description = description
            try transaction.update(known)
            accountRoles[name] = known
        } else {
            let id = try transaction.insert(AccountRole(id: 0, name: name, description: description))
            accountRoles[name] = AccountRole(id: id, name: name, description: description)
        }
    }

    func checkUserRole(_ entry: WorldEntry) throws {
        let name = try entry.text("name")
        guard UserRole(rawValue: name) != nil else {
            let known = UserRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw WorldError(entry.place("name"), "there is no user role '\(name)'; the roles are \(known)")
        }
    }

    mutating func readAccount(_ entry: WorldEntry) throws {
        let name = try entry.text("name")
        var account = try transaction.account(named: name) ?? Account(id: 0, name: name)
        account.roles = try entry.texts("roles").map { try accountRole($0, at: entry.place("roles")) }
        account.primaryColor = try entry.optionalText("primary_color")
        account.secondaryColor = try entry.optionalText("secondary_color")
        account.logoURL = try entry.optionalText("logo_url")
        account.consultancyID = nil
        if let consultancy = try entry.optionalText("consultancy") {
            guard let adviser = try accounts[consultancy] ?? transaction.account(named: consultancy) else {
                throw WorldError(entry.place("consultancy"), "there is no account '\(consultancy)' before this one")
            }
            account.consultancyID = adviser.id
        }
        if account.id == 0 { account.id = try transaction.insert(account) } else { try transaction.update(account) }
        accounts[name] = account
        summary.accounts += 1
    }

    private mutating func accountRole(_ name: String, at place: String) throws -> AccountRole {
        if let role = accountRoles[name] { return role }
        guard let role = try transaction.accountRoles().first(where: { $0.name == name }) else {
            throw WorldError(place, "there is no account role '\(name)'")
        }
        accountRoles[name] = role
        return role
    }

    func account(_ name: String, at place: String) throws -> Account {
        guard let account = try accounts[name] ?? transaction.account(named: name) else {
            throw WorldError(place, "there is no account '\(name)'")
        }
        return account
    }

    mutating func readUser(_ entry: WorldEntry) throws {
        let email = try entry.text("email")
        let name = try entry.text("username")
        let account = try account(try entry.text("account"), at: entry.place("account"))
        var user =
            try transaction.user(email: email) ?? User(id: 0, username: name, email: email, accountID: account.id)
        user.username = name
        user.accountID = account.id
        user.isActive = try entry.optionalBool("active") ?? true
        user.timezone = try entry.optionalText("timezone") ?? user.timezone
        user.roles = Set(
            try entry.texts("roles").map { role in
                guard let known = UserRole(rawValue: role) else {
                    throw WorldError(entry.place("roles"), "there is no user role '\(role)'")
                }
                return known
            })
        let hash = passwordHashes[entry.path]
        if user.id == 0 {
            user.uniquifier = RandomText.hexDigits(32)
            user.id = try transaction.insert(user, passwordHash: hash)
            try AuditTrail(caller: .host, now: now, transaction: transaction)
                .note("User \(name) created", user: user.id, account: account.id)
        } else {
            try transaction.update(user)
            if let hash { try transaction.setPasswordHash(hash, of: user.id) }
        }
        _ = try transaction.ensureSource(of: user)
        usersByKey[try entry.optionalText("key") ?? name] = user
        summary.users += 1
    }
}
