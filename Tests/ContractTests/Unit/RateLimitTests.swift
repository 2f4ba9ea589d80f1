import APIServer
import EnergyCore
import Services
import Testing

@Suite("Limits of requests")
struct RateLimitTests {
    @Test("whoever asks too often is told how long to wait, others are not")
    func general() async throws {
        var settings = APISettings()
        settings.rateLimits.requestsPerMinute = 3
        let server = try await ContractServer.start(settings)
        let token = try server.services.access.signIn(email: "north-user@example.com", password: try password()).token
        let exchange = Exchange(
            method: "GET", path: "/api/v3_0/assets/types", headers: [("Authorization", token)], body: [])
        server.clock.stop()
        for remaining in [2, 1, 0] {
            let reply = try await server.client.send(exchange)
            #expect(reply.status == 200)
            #expect(reply.header("X-RateLimit-Remaining") == "\(remaining)")
        }
        let refused = try await server.client.send(exchange)
        #expect(refused.status == 429)
        #expect(refused.json?["status"] == "TOO_MANY_REQUESTS")
        #expect(refused.header("Retry-After").flatMap { Int($0) }.map { (1...60).contains($0) } == true)
        let health = Exchange(method: "GET", path: "/api/v3_0/health/ready", headers: [], body: [])
        #expect(try await server.client.send(health).status == 200)
        server.clock.shift(by: .minutes(1))
        #expect(try await server.client.send(exchange).status == 200)
    }

    private func password() throws -> String {
        let users = try Recordings.world()["users"]?.arrayValue ?? []
        let user = users.first { $0["key"] == "north_user" }
        return user?["password"]?.stringValue ?? ""
    }
}
