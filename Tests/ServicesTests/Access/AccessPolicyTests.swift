import EnergyCore
import Testing

@testable import Services

/// Rights as rows of letters: what each kind of caller may do (r read, c create children, u update, d delete).
@Suite("Access policy")
struct AccessPolicyTests {
    /// Account 1 is advised by account 2.
    static let client = AccountScope(id: 1, consultancyID: 2)

    static func user(_ id: UserID, account: AccountID, _ roles: UserRole...) -> Caller {
        var user = User(id: id, username: "user \(id)", email: "\(id)@example.com", accountID: account)
        user.roles = Set(roles)
        return Caller(user: user, origin: .api)
    }

    static let callers: [(name: String, caller: Caller)] = [
        ("host", .host),
        ("admin", user(1, account: 9, .admin)),
        ("reader", user(2, account: 9, .adminReader)),
        ("account-admin", user(3, account: 1, .accountAdmin)),
        ("member", user(4, account: 1)),
        ("member with consultant role", user(5, account: 1, .consultant)),
        ("consultant", user(6, account: 2, .consultant)),
        ("colleague of consultant", user(7, account: 2, .accountAdmin)),
        ("stranger", user(8, account: 3, .accountAdmin, .consultant)),
    ]

    static let table: [(resource: String, of: Resource, rights: [String])] = [
        ("account", .account(client), ["rcud", "rcud", "r", "rcu", "ru", "ru", "rcu", "", ""]),
        ("user 4", .user(4, of: client), ["rcud", "rcud", "r", "ru", "ru", "r", "ru", "", ""]),
        ("asset", .asset(owner: client), ["rcud", "rcud", "r", "rcud", "rcu", "rcu", "rcud", "", ""]),
        ("public asset", .asset(owner: nil), ["rcud", "rcud", "r", "r", "r", "r", "r", "r", "r"]),
        ("sensor", .sensor(owner: client), ["rcud", "rcud", "r", "rcud", "rc", "rc", "rcud", "", ""]),
        ("public sensor", .sensor(owner: nil), ["rcud", "rcud", "r", "r", "r", "r", "r", "r", "r"]),
        ("log of account", .auditLogOfAccount(client), ["rcud", "rcud", "r", "r", "", "", "r", "", ""]),
        ("log of user 4", .auditLogOfUser(4, of: client), ["rcud", "rcud", "r", "r", "r", "", "r", "", ""]),
    ]

    @Test("grants exactly the rights of the table", arguments: table.indices)
    func rights(row: Int) {
        let (name, resource, expected) = Self.table[row]
        let letters: [(Permission, String)] = [(.read, "r"), (.createChildren, "c"), (.update, "u"), (.delete, "d")]
        for ((callerName, caller), rights) in zip(Self.callers, expected) {
            let granted = letters.filter { AccessPolicy.allows(caller, to: $0.0, resource) }.map(\.1).joined()
            #expect(granted == rights, "\(callerName) on \(name)")
        }
    }

    @Test("roles are changed by whom the rules name, and the admin role by the host alone")
    func roleChanges() {
        let allowed: [UserRole: Set<String>] = [
            .admin: ["host"],
            .adminReader: ["host", "admin"],
            .accountAdmin: ["host", "admin", "consultant"],
            .consultant: ["host", "admin", "account-admin"],
        ]
        for role in UserRole.allCases {
            let granted = Self.callers.filter { AccessPolicy.allows($0.caller, toChange: role, ofUserIn: Self.client) }
            #expect(Set(granted.map(\.name)) == allowed[role])
        }
    }

    @Test("a refusal says no more than that")
    func refusal() {
        let stranger = Self.user(8, account: 3)
        #expect(throws: AccessError.forbidden) {
            try AccessPolicy.require(.read, on: .account(Self.client), for: stranger)
        }
    }
}
