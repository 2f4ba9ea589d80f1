import EnergyCore

/// What a caller wants to do with a record.
package enum Permission: Hashable, Sendable, CaseIterable {
    case read
    /// Make something below the record: a user or asset of an account, a child or sensor of an asset, data of a sensor.
    case createChildren
    case update
    case delete
}

/// What the policy must know about an account: who it is and who advises it.
package struct AccountScope: Hashable, Sendable {
    package let id: AccountID
    package let consultancyID: AccountID?

    package init(id: AccountID, consultancyID: AccountID? = nil) {
        self.id = id
        self.consultancyID = consultancyID
    }

    package init(_ account: Account) {
        self.init(id: account.id, consultancyID: account.consultancyID)
    }
}

/// A record as the policy sees it. A nil owner means a public asset (or a sensor of one).
package enum Resource: Hashable, Sendable {
    case account(AccountScope)
    case user(UserID, of: AccountScope)
    case asset(owner: AccountScope?)
    case sensor(owner: AccountScope?)
    case auditLogOfAccount(AccountScope)
    case auditLogOfUser(UserID, of: AccountScope)
}

/// Who may do what. Pure: everything it needs is in its arguments.
///
/// An admin may do everything, an admin-reader may read everything. Beyond that, rights come from membership in the
/// account that owns the record, from the role account-admin in it, and from the role consultant in the account that
/// advises it. Membership in the advising account alone gives nothing.
package enum AccessPolicy {
    /// Whether the caller holds the permission on the resource.
    package static func allows(_ caller: Caller, to permission: Permission, _ resource: Resource) -> Bool {
        if caller.isAdmin { return true }
        if permission == .read && caller.readsEverything { return true }
        switch resource {
        case .account(let account): return allows(caller, permission, account: account)
        case .user(let id, let account): return allows(caller, permission, user: id, of: account)
        case .asset(let owner): return allows(caller, permission, asset: owner)
        case .sensor(let owner): return allows(caller, permission, sensor: owner)
        case .auditLogOfAccount(let account): return permission == .read && manages(caller, account)
        case .auditLogOfUser(let id, let account):
            return permission == .read && (caller.userID == id || manages(caller, account))
        }
    }

    /// Throws when the caller lacks the permission.
    package static func require(_ permission: Permission, on resource: Resource, for caller: Caller) throws(AccessError)
    {
        guard allows(caller, to: permission, resource) else { throw .forbidden }
    }

    /// Whether the caller may give a role to, or take it from, a user of the account.
    /// The admin role is given by the operator on the machine only.
    package static func allows(_ caller: Caller, toChange role: UserRole, ofUserIn account: AccountScope) -> Bool {
        if caller.isHost { return true }
        switch role {
        case .admin: return false
        case .adminReader: return caller.isAdmin
        case .accountAdmin: return caller.isAdmin || advises(caller, account)
        case .consultant: return caller.isAdmin || administers(caller, account)
        }
    }

    /// Whether the caller is a consultant of the account: holds the role, in the account that advises it.
    package static func advises(_ caller: Caller, _ account: AccountScope) -> Bool {
        guard let consultancy = account.consultancyID else { return false }
        return caller.roles.contains(.consultant) && caller.accountID == consultancy
    }

    private static func belongs(_ caller: Caller, to account: AccountScope) -> Bool {
        caller.accountID == account.id
    }

    private static func administers(_ caller: Caller, _ account: AccountScope) -> Bool {
        caller.roles.contains(.accountAdmin) && belongs(caller, to: account)
    }

    private static func manages(_ caller: Caller, _ account: AccountScope) -> Bool {
        administers(caller, account) || advises(caller, account)
    }

    private static func allows(_ caller: Caller, _ permission: Permission, account: AccountScope) -> Bool {
        switch permission {
        case .read, .update: belongs(caller, to: account) || advises(caller, account)
        case .createChildren: manages(caller, account)
        case .delete: false
        }
    }

    private static func allows(
        _ caller: Caller, _ permission: Permission, user: UserID, of account: AccountScope
    ) -> Bool {
        switch permission {
        case .read: belongs(caller, to: account) || advises(caller, account)
        case .update: caller.userID == user || manages(caller, account)
        case .createChildren, .delete: false
        }
    }

    private static func allows(_ caller: Caller, _ permission: Permission, asset owner: AccountScope?) -> Bool {
        guard let owner else { return permission == .read }
        switch permission {
        case .read, .createChildren, .update: return belongs(caller, to: owner) || advises(caller, owner)
        case .delete: return manages(caller, owner)
        }
    }

    private static func allows(_ caller: Caller, _ permission: Permission, sensor owner: AccountScope?) -> Bool {
        guard let owner else { return permission == .read }
        switch permission {
        case .read, .createChildren: return belongs(caller, to: owner) || advises(caller, owner)
        case .update, .delete: return manages(caller, owner)
        }
    }
}
