import EnergyCore
import Services
import Store
import Testing

@Suite("Rights that were lost")
struct LostRightsTests {
    @Test("nobody runs or stops a job of their own that they may no longer order; they still see it")
    func jobs() throws {
        let house = try TestHouse()
        let (owner, jobs) = (house.caller("owner"), house.services.jobs)
        var request = JobRequest(kind: "nobody", queue: "scheduling", payload: [:])
        request.assetID = try house.makeAsset("Site").id
        let id = try jobs.enqueue(request, as: owner).id
        let left = User(
            id: owner.userID ?? 0, username: "owner", email: "owner@example.com",
            accountID: house.caller("stranger").accountID ?? 0)
        let before = Caller(user: left, origin: .api)
        #expect(throws: AccessError.forbidden) { try jobs.cancel(id, as: before) }
        try jobs.cancel(id, as: owner)
        #expect(throws: AccessError.forbidden) { try jobs.retry(id, as: before) }
        #expect(try jobs.job(id, as: before).state == .canceled)
        try jobs.retry(id, as: owner)
    }
}
