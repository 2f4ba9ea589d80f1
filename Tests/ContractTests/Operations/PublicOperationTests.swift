import APIServer
import EnergyCore
import Services
import Testing

@Suite("Operations for anybody")
struct PublicOperationTests {
    private func get(_ path: String, _ settings: APISettings = APISettings(), method: String = "GET") async throws
        -> Reply
    {
        try await ContractServer.start(settings).client.send(
            Exchange(method: method, path: path, headers: [], body: []))
    }

    @Test("answers tell the API level and version")
    func versionHeaders() async throws {
        let reply = try await get("/api/v3_0/health/ready")
        #expect(reply.header("FlexMeasures-Version") == APISettings().announcedVersion)
        #expect(reply.header("API-Version") == "v3_0")
        #expect(try await get("/api/").json?["flexmeasures_version"] == .string(APISettings().announcedVersion))
    }

    @Test("old versions of the API are gone", arguments: ["/api/v1", "/api/v1_3/getService", "/api/v2_0/assets"])
    func sunset(path: String) async throws {
        let reply = try await get(path)
        #expect(reply.status == 410)
        #expect(reply.header("Sunset") == "Sun, 30 Apr 2023 23:59:59 GMT")
        #expect(reply.json?["message"]?.stringValue?.hasPrefix("API version ") == true)
    }

    @Test("HEAD answers as GET does, without the body")
    func head() async throws {
        let reply = try await get("/api/", method: "HEAD")
        #expect(reply.status == 200)
        #expect(reply.body.isEmpty)
        #expect(reply.header("Content-Length").flatMap { Int($0) }.map { $0 > 100 } == true)
    }

    @Test("the documentation is a plain page where the files of Swagger UI are missing")
    func plainDocumentation() async throws {
        let page = try await get("/api/v3_0/docs/")
        #expect(page.status == 200)
        #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
        #expect(page.text.contains("/api/v3_0/sensors/{id}/data"))
        #expect(!page.text.contains("<script"))
        #expect(try await get("/api/v3_0/docs").status == 308)
        #expect(try await get("/ui/assets/1/graphs").status == 503)
    }

    @Test("the description names every operation, its answers and who may use it")
    func description() async throws {
        let server = try await ContractServer.start()
        let document = try await server.client.send(
            Exchange(method: "GET", path: "/api/v3_0/openapi.json", headers: [], body: [])
        ).json
        for (method, path) in server.operations {
            let operation = document?["paths"]?[path]?[method.lowercased()]
            #expect(operation?["summary"]?.stringValue?.isEmpty == false, "\(method) \(path)")
            let answers = operation?["responses"]?.objectValue?.keys ?? []
            #expect(answers.contains { $0.hasPrefix("2") }, "\(method) \(path)")
        }
        let identifiers =
            document?["paths"]?.objectValue?.flatMap { path in
                path.value.objectValue?.compactMap { $0.value["operationId"]?.stringValue } ?? []
            } ?? []
        #expect(Set(identifiers).count == server.operations.count)
    }

    @Test("counters are shown only where that is switched on")
    func metrics() async throws {
        #expect(try await get("/metrics").status == 404)
        var settings = APISettings()
        settings.servesMetrics = true
        let server = try await ContractServer.start(settings)
        for path in ["/api/", "/metrics"] {
            let reply = try await server.client.send(Exchange(method: "GET", path: path, headers: [], body: []))
            #expect(reply.status == 200)
            if path == "/metrics" {
                #expect(
                    reply.text.contains("flexdeck_http_requests_total{method=\"GET\",path=\"/api/\",status=\"200\"} 1"))
            }
        }
    }

    @Test("a link from a password mail sets a password once")
    func passwordReset() async throws {
        let server = try await ContractServer.start()
        let user = try #require(try server.services.users.find("south-user@example.com"))
        let old = try await server.replayWorld().token("south_user")
        try server.services.users.resetPassword(of: user.id, as: .host)
        let mails = try server.services.mails.outbox(limit: 10, as: .host)
        let link = try #require(
            mails.compactMap { mail in mail.text.firstRange(of: "/reset/").map { mail.text[$0.lowerBound...] } }.first)
        let path = String(link.prefix { !$0.isWhitespace })
        #expect(try await server.client.send(Exchange(method: "GET", path: path, headers: [], body: [])).status == 200)
        func submit(_ body: String) async throws -> Int {
            try await server.client.send(Exchange(method: "POST", path: path, headers: [], body: Array(body.utf8)))
                .status
        }
        #expect(try await submit("password=short&password_confirm=short") == 422)
        #expect(try await submit("password=long%20enough&password_confirm=other") == 422)
        #expect(try await submit("password=long%20enough&password_confirm=long+enough") == 200)
        #expect(try await submit("password=long%20enough&password_confirm=long+enough") == 410)
        #expect(
            try server.services.access.signIn(email: "south-user@example.com", password: "long enough").userID
                == user.id)
        let reply = try await server.client.send(
            Exchange(method: "GET", path: "/api/v3_0/assets", headers: [("Authorization", old)], body: []))
        #expect(reply.status == 401)
    }
}
