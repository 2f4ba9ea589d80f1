import EnergyCore

/// On whose behalf a service is called. Every call of a service takes one, and the service checks what it may do.
package struct Caller: Hashable, Sendable {
    /// Which surface the call comes through.
    package enum Origin: String, Hashable, Sendable {
        case api, console, cli
    }

    /// nil: the operator on the machine itself.
    package let userID: UserID?
    /// Name for audit records; nil for the operator on the machine.
    package let name: String?
    /// Account of the user; nil for the operator on the machine.
    package let accountID: AccountID?
    package let roles: Set<UserRole>
    package let origin: Origin

    /// A signed-in user.
    package init(user: User, origin: Origin) {
        userID = user.id
        name = user.username
        accountID = user.accountID
        roles = user.roles
        self.origin = origin
    }

    private init(hostAt origin: Origin) {
        userID = nil
        name = nil
        accountID = nil
        roles = [.admin]
        self.origin = origin
    }

    /// The operator on the machine: may do everything, also what no user may (hand out the admin role, set passwords).
    package static func host(_ origin: Origin) -> Caller { Caller(hostAt: origin) }

    /// The operator on the machine, at a command line.
    package static let host = Caller.host(.cli)

    /// True for the operator on the machine, who is above all users.
    package var isHost: Bool { userID == nil }
    /// True for whoever holds every permission.
    package var isAdmin: Bool { roles.contains(.admin) }
    /// True for whoever may read everything.
    package var readsEverything: Bool { isAdmin || roles.contains(.adminReader) }
}
