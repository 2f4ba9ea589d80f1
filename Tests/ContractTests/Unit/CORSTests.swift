import APIServer
import Testing

@Suite("Web pages of other origins")
struct CORSTests {
    private func headers(_ method: String, origin: String, preflight: Bool = false) async throws -> Reply {
        var settings = APISettings()
        settings.corsOrigins = ["https://app.example.com"]
        let server = try await ContractServer.start(settings)
        var exchange = Exchange(method: method, path: "/api/v3_0/assets", headers: [("Origin", origin)], body: [])
        if preflight {
            exchange.headers += [
                ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization"),
            ]
        }
        return try await server.client.send(exchange)
    }

    @Test("a page that is allowed may read answers, refusals included")
    func allowed() async throws {
        let reply = try await headers("GET", origin: "https://app.example.com")
        #expect(reply.status == 401)
        #expect(reply.header("Access-Control-Allow-Origin") == "https://app.example.com")
        #expect(reply.header("Access-Control-Allow-Credentials") == "true")
    }

    @Test("a preflight is answered without signing in")
    func preflight() async throws {
        let reply = try await headers("OPTIONS", origin: "https://app.example.com", preflight: true)
        #expect(reply.status == 200)
        #expect(reply.header("Access-Control-Allow-Headers") == "authorization")
        #expect(reply.header("Access-Control-Allow-Methods")?.contains("PATCH") == true)
    }

    @Test("other pages get no permission")
    func others() async throws {
        let reply = try await headers("OPTIONS", origin: "https://evil.example.com", preflight: true)
        #expect(reply.header("Access-Control-Allow-Origin") == nil)
    }
}
