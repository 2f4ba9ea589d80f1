import EnergyCore
import TestSupport
import Testing

@testable import Services

/// Whoever measures how long an answer takes learns nothing: the slow part is the hash, so hashes are counted.
@Suite("Work of a sign-in")
struct SignInWorkTests {
    private func work(_ house: TestHouse, _ body: () throws -> Void) -> Int {
        let before = house.services.access.hasher.count
        try? body()
        return house.services.access.hasher.count - before
    }

    @Test("unknown, inactive and known users, with and without a password, cost one hash each, whatever comes of it")
    func signIn() throws {
        let house = try TestHouse()
        let stopped = try #require(house.caller("stranger").userID)
        _ = try house.services.users.update(stopped, ["active": false], as: .host)
        let unset = try house.services.users.create(
            ["email": "new@example.com", "username": "new", "account_id": .int(house.client.id)], as: .host)
        #expect(try house.store.read { try $0.passwordHash(of: unset.id) } == nil)
        let addresses = ["nobody@example.com", "member@example.com", "stranger@example.com", "new@example.com"]
        for address in addresses {
            for password in ["wrong", "password of member", "password of stranger", ""] {
                let access = house.services.access
                #expect(work(house) { _ = try access.signIn(email: address, password: password) } == 1)
                house.clock.advance(.hours(1))
                let atConsole = work(house) {
                    _ = try access.signInInteractively(email: address, password: password, origin: .api)
                }
                #expect(atConsole == 1)
                house.clock.advance(.hours(1))
            }
        }
    }

    @Test("a void link to set a password costs the same hash as a good one")
    func reset() throws {
        let house = try TestHouse()
        let member = try #require(house.services.context.records().user(email: "member@example.com"))
        let link = try house.services.access.issue(.passwordReset, for: member, lifetime: .days(1))
        let access = house.services.access
        for token in [link.token, link.token, String(repeating: "0", count: 64), ""] {
            #expect(work(house) { try access.setPassword("long enough", byResetLink: token) } == 1)
        }
    }

    @Test("the decoy has the form and the cost of a hash that was made, and matches nothing")
    func decoy() throws {
        for cost in [ServiceSettings.PasswordCost.testing, .standard] {
            let made = try PasswordHash.make("something", cost: cost)
            let decoy = PasswordHash.decoy(cost: cost)
            #expect(decoy.split(separator: "$").prefix(3) == made.split(separator: "$").prefix(3))
            #expect(decoy.utf8.count == made.utf8.count)
            #expect(!PasswordHash.matches("", decoy))
            #expect(!PasswordHash.matches("something", decoy))
        }
    }
}
