import EnergyCore
import Store

extension AccountService {
    /// Changes the fields that are given; none is fine. The fields are checked before the id, the id before the right.
    package func update(_ id: AccountID, _ fields: JSONObject, as caller: Caller) throws -> Account {
        var form = AccountForm(fields)
        _ = try form.account(Account(id: id, name: ""))
        var checked = try context.account(id, for: .update, caller)
        try apply(form.consultancy, to: &checked, caller)
        return try context.write { transaction in
            guard let original = try transaction.account(id) else { throw NotFound(.account, id) }
            var account = try form.account(original)
            account.consultancyID = checked.consultancyID
            try checkName(of: account, in: transaction)
            let now = context.clock.now
            let journal = UndoJournal(caller: caller, now: now, transaction: transaction)
            let remember = try journal.rememberChange(
                of: .account, id, title: "Change account '\(original.name)'", account: id)
            try transaction.update(account)
            let changed = changedFields(from: original, to: account)
            if !changed.isEmpty {
                try AuditTrail(caller: caller, now: now, transaction: transaction).note(
                    "Account Updated, Field: \(changed.joined(separator: ", "))", user: caller.userID, account: id)
            }
            try remember()
            return account
        }
    }

    /// Makes an account; roles that do not exist yet are made. For the host, for admins, and for consultants, whose
    /// client it becomes.
    package func create(_ fields: JSONObject, roles: [String] = [], as caller: Caller) throws -> Account {
        let isConsultant = caller.roles.contains(.consultant)
        guard caller.isAdmin || isConsultant else { throw AccessError.forbidden }
        var form = AccountForm(fields)
        var account = try form.account(Account(id: 0, name: ""), requiresName: true)
        if caller.isAdmin {
            try apply(form.consultancy, to: &account, caller)
        } else {
            account.consultancyID = caller.accountID
        }
        return try context.write { [account] transaction in
            var new = account
            try checkName(of: new, in: transaction)
            new.roles = try ensureRoles(roles, transaction)
            new.id = try transaction.insert(new)
            let suffix = caller.origin == .cli ? " via CLI" : ""
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction).note(
                "Created account '\(new.name)' (\(new.id))\(suffix)", user: nil, account: new.id)
            return new
        }
    }

    /// Gives an account exactly these roles; ones that do not exist yet are made. For the host and admins.
    package func setRoles(_ names: [String], of id: AccountID, as caller: Caller) throws -> Account {
        guard caller.isAdmin else { throw AccessError.forbidden }
        var account = try context.account(id, for: .update, caller)
        return try context.write { transaction in
            account.roles = try ensureRoles(names, transaction)
            try transaction.update(account)
            return account
        }
    }

    /// Deletes an account with its users, assets and all their data. For the host and admins; not taken back.
    package func delete(_ id: AccountID, as caller: Caller) throws {
        guard caller.isAdmin else { throw AccessError.forbidden }
        let account = try context.account(id, for: .delete, caller)
        try context.write { transaction in
            let sensors = try transaction.deleteAccount(id)
            try transaction.insert(
                UndoRecord(
                    at: context.clock.now, expiresAt: context.clock.now, title: "Delete account '\(account.name)'",
                    payload: JSONObject()),
                doomedSensors: sensors)
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction).note(
                "Deleted account '\(account.name)' (\(id))", user: nil, account: nil)
        }
    }

    /// Makes a role for accounts, or finds the one of that name. For the host and admins.
    package func createRole(_ name: String, description: String, as caller: Caller) throws -> AccountRole {
        guard caller.isAdmin else { throw AccessError.forbidden }
        return try context.write { transaction in
            if let known = try transaction.accountRoles().first(where: { $0.name == name }) { return known }
            var role = AccountRole(id: 0, name: name, description: description)
            role.id = try transaction.insert(role)
            return role
        }
    }

    /// Deletes a role for accounts, also from those that have it. For the host and admins.
    package func deleteRole(_ id: AccountRoleID, as caller: Caller) throws {
        guard caller.isAdmin else { throw AccessError.forbidden }
        guard try roles().contains(where: { $0.id == id }) else { throw NotFound(.accountRole, id) }
        try context.write { try $0.deleteAccountRole(id) }
    }

    private func apply(_ sent: FieldForm.Sent<AccountID>, to account: inout Account, _ caller: Caller) throws {
        if case .missing = sent { return }
        guard caller.isAdmin else { throw RequestError.consultancyNotAllowed }
        let id = sent.value
        if let id, try id == account.id || context.records().accounts[id] == nil {
            throw RequestError.invalidConsultancy
        }
        account.consultancyID = id
    }

    private func checkName(of account: Account, in transaction: ReadTransaction) throws {
        guard let other = try transaction.account(named: account.name), other.id != account.id else { return }
        throw FieldErrors("name", "An account with the name '\(account.name)' already exists.")
    }

    private func ensureRoles(_ names: [String], _ transaction: WriteTransaction) throws -> [AccountRole] {
        let known = try transaction.accountRoles()
        return try names.map { name in
            if let role = known.first(where: { $0.name == name }) { return role }
            var role = AccountRole(id: 0, name: name)
            role.id = try transaction.insert(role)
            return role
        }
    }

    private func changedFields(from old: Account, to new: Account) -> [String] {
        var fields: [String] = []
        if old.name != new.name { fields.append("name") }
        if old.primaryColor != new.primaryColor { fields.append("primary_color") }
        if old.secondaryColor != new.secondaryColor { fields.append("secondary_color") }
        if old.logoURL != new.logoURL { fields.append("logo_url") }
        if old.consultancyID != new.consultancyID { fields.append("consultancy_account_id") }
        return fields
    }
}
