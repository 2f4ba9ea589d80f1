import EnergyCore
import Services
import Store
import TestSupport
import Testing

@Suite("Users and signing in")
struct UserServiceTests {
    @Test("a token works until it expires, is revoked, or the user is stopped")
    func tokens() throws {
        let house = try TestHouse()
        let access = house.services.access
        let issued = try access.signIn(email: "member@example.com", password: "password of member")
        #expect(try access.authenticate(token: issued.token, origin: .api).name == "member")
        #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: "x", origin: .api) }
        let second = try access.signIn(email: "member@example.com", password: "password of member")
        try access.revoke(token: second.token)
        #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: second.token, origin: .api) }
        let owner = house.caller("owner")
        _ = try house.services.users.update(issued.userID, ["active": false], as: owner)
        _ = try house.services.users.update(issued.userID, ["active": true], as: owner)
        #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: issued.token, origin: .api) }
        let third = try access.signIn(email: "member@example.com", password: "password of member")
        house.clock.advance(.hours(6))
        #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: third.token, origin: .api) }
    }

    @Test("tokens are listed for those who may see their user, and revoked by those who may change it")
    func tokenList() throws {
        let house = try TestHouse()
        let access = house.services.access
        let owner = house.caller("owner")
        let issued = try access.signIn(email: "member@example.com", password: "password of member")
        let entry = try #require(try access.tokens(as: owner).first)
        #expect(entry.user.username == "member" && entry.issuedAt == house.clock.now)
        #expect(!issued.token.contains(entry.id))
        #expect(try access.tokens(as: house.caller("stranger")).isEmpty)
        #expect(throws: AccessError.forbidden) { try access.revokeToken(entry.id, as: house.caller("stranger")) }
        try access.revokeToken(entry.id, as: owner)
        #expect(try access.tokens(as: owner).isEmpty)
        #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: issued.token, origin: .api) }
    }

    @Test("wrong passwords are refused, and slowed down after a few")
    func wrongPasswords() throws {
        let house = try TestHouse()
        let access = house.services.access
        #expect(throws: SignInError.unknownEmail("Member@example.com")) {
            try access.signIn(email: "Member@example.com", password: "")
        }
        for _ in 0..<6 {
            #expect(throws: SignInError.wrongPassword) {
                try access.signIn(email: "member@example.com", password: "nope")
            }
        }
        #expect(throws: SignInError.throttled(retryAfterSeconds: 1)) {
            try access.signIn(email: "member@example.com", password: "password of member")
        }
        house.clock.advance(.seconds(2))
        #expect(try access.signIn(email: "member@example.com", password: "password of member").userID > 0)
    }

    @Test("a reset makes password and tokens void, and its link sets a new password once")
    func reset() throws {
        let house = try TestHouse()
        let access = house.services.access
        let issued = try access.signIn(email: "member@example.com", password: "password of member")
        try house.services.users.resetPassword(of: issued.userID, as: house.caller("owner"))
        #expect(throws: AccessError.unauthenticated) { try access.authenticate(token: issued.token, origin: .api) }
        #expect(throws: SignInError.wrongPassword) {
            try access.signIn(email: "member@example.com", password: "password of member")
        }
        let mails = try house.services.mails.outbox(limit: 10, as: .host)
        #expect(mails.map(\.recipient) == ["member@example.com", "member@example.com"])
        let link = try #require(mails.first?.text.split(separator: "/reset/").last?.prefix { !$0.isWhitespace })
        #expect(throws: FieldErrors.self) { try access.setPassword("short", byResetLink: String(link)) }
        try access.setPassword("long enough", byResetLink: String(link))
        #expect(try access.signIn(email: "member@example.com", password: "long enough").userID == issued.userID)
        #expect(throws: AccessError.unauthenticated) {
            try access.setPassword("another one", byResetLink: String(link))
        }
    }

    @Test("roles are changed by whom the rules name, and never one's own")
    func roles() throws {
        let house = try TestHouse()
        let users = house.services.users
        let member = try #require(house.caller("member").userID)
        let ownerID = try #require(house.caller("owner").userID)
        func set(_ roles: [Int], of user: UserID, as name: String) throws -> Set<UserRole> {
            let list = JSONValue.array(roles.map { .int($0) })
            return try users.update(user, ["flexmeasures_roles": list], as: house.caller(name)).roles
        }
        #expect(try set([4], of: member, as: "owner") == [.consultant])
        #expect(throws: AccessError.forbidden) { try set([3, 4], of: member, as: "owner") }
        #expect(try set([3, 4], of: member, as: "consultant") == [.accountAdmin, .consultant])
        #expect(throws: AccessError.forbidden) { try set([1], of: member, as: "admin") }
        #expect(throws: AccessError.forbidden) { try set([], of: ownerID, as: "owner") }
        #expect(
            try house.faults { _ = try set([99], of: member, as: "admin") } == [
                "flexmeasures_roles: Role with id 99 doesn't exist."
            ])
        let log = try house.services.audit.log(.user(member), AuditQuery(), as: house.caller("owner"))
        #expect(
            log.records.suffix(2).map(\.event) == ["Added role(s): [consultant].", "Added role(s): [account-admin]."])
    }

    @Test("a new user gets a source, two mails and two records, but no password")
    func create() throws {
        let house = try TestHouse()
        let user = try house.services.users.create(
            ["email": "new@example.com", "username": "new", "account_id": .int(house.client.id)],
            as: house.caller("owner"))
        #expect(user.timezone == "Europe/Amsterdam")
        #expect(try house.services.sources.source(ofUser: user).name == "new")
        #expect(try house.services.mails.outbox(limit: 10, as: .host).count == 2)
        let log = try house.services.audit.log(.user(user.id), AuditQuery(), as: house.caller("owner"))
        #expect(log.records.map(\.event) == ["User new created", "Password reset for user new"])
        #expect(
            try house.faults {
                _ = try house.services.users.create(
                    ["email": "new@example.com", "username": "member", "account_id": .int(house.client.id)],
                    as: .host)
            } == [
                "email: User with email new@example.com already exists.",
                "username: User with username member already exists.",
            ])
    }

    @Test("being seen costs no write per request, yet is told at once")
    func lastSeen() throws {
        let house = try TestHouse()
        let issued = try house.services.access.signIn(email: "member@example.com", password: "password of member")
        let caller = try house.services.access.authenticate(token: issued.token, origin: .api)
        #expect(try house.services.users.user(issued.userID, as: caller).lastSeen == house.clock.now)
        house.services.access.activity.flush()
        #expect(try house.store.read { try $0.user(issued.userID)?.lastSeen } == house.clock.now)
    }
}
