import APIServer
import EnergyCore
import Testing

@Suite("Hostile requests", .serialized)
struct HostileRequestTests {
    private static let settings: APISettings = {
        var settings = APISettings()
        settings.maximumBody = 100_000
        settings.maximumUpload = 200_000
        settings.maximumHeaders = 16_384
        settings.bodyTimeout = .milliseconds(300)
        return settings
    }()

    private func status(_ bytes: [UInt8]) -> Int? {
        guard let reply = try? SocketClient.reply(to: "GET", bytes) else { return nil }
        return reply.status
    }

    @Test("a body that is too long is refused before it is read")
    func longBody() async throws {
        let served = try await ServedContract.start(Self.settings)
        let head =
            "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000000\r\n\r\n"
        let body = [UInt8](repeating: 120, count: 200_000)
        #expect(try await status(served.client.roundTrip(Array(head.utf8) + body, isHalfClosed: true)) == 413)
        await served.stop()
    }

    @Test("a client that sends all of a long body before it reads gets the refusal")
    func longBodySent() async throws {
        let served = try await ServedContract.start(Self.settings)
        let count = 200_000_000
        let head =
            "POST /api/v3_0/sensors/1/data HTTP/1.1\r\nHost: x\r\nAuthorization: x\r\nContent-Length: \(count)\r\n\r\n"
        let body = [UInt8](repeating: 120, count: count)
        #expect(try await status(served.client.roundTrip(Array(head.utf8) + body)) == 413)
        await served.stop()
    }

    @Test("a body in pieces is cut off at the limit, too")
    func longChunks() async throws {
        let served = try await ServedContract.start(Self.settings)
        let head =
            "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunk = Array("8000\r\n".utf8) + [UInt8](repeating: 120, count: 32_768) + Array("\r\n".utf8)
        let bytes = Array(head.utf8) + Array(repeatElement(chunk, count: 8).joined()) + Array("0\r\n\r\n".utf8)
        #expect(try await status(served.client.roundTrip(bytes, isHalfClosed: true)) == 413)
        await served.stop()
    }

    @Test("a body that never ends is given up on")
    func slowBody() async throws {
        let served = try await ServedContract.start(Self.settings)
        let head =
            "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\nabc"
        #expect(try await status(served.client.roundTrip(Array(head.utf8))) == 408)
        await served.stop()
    }

    @Test("headers that are too long are refused")
    func longHeaders() async throws {
        let served = try await ServedContract.start(Self.settings)
        let head = "GET /api/ HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 40_000))\r\n\r\n"
        let answer = try await served.client.roundTrip(Array(head.utf8), isHalfClosed: true)
        #expect(status(answer).map { (400...499).contains($0) } ?? answer.isEmpty)
        await served.stop()
    }

    @Test(
        "what is no HTTP is refused",
        arguments: ["\r\n\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"])
    func garbage(text: String) async throws {
        let served = try await ServedContract.start(Self.settings)
        let answer = try await served.client.roundTrip(Array(text.utf8), isHalfClosed: true)
        #expect(status(answer).map { $0 < 500 } ?? true)
        let after = try await served.client.send(Exchange(method: "GET", path: "/api/", headers: [], body: []))
        #expect(after.status == 200)
        await served.stop()
    }

    @Test("JSON nested without end is refused, not followed")
    func deepJSON() async throws {
        let server = try await ContractServer.start(Self.settings)
        let token = try await server.replayWorld().token("north_user")
        let deep = String(repeating: "[", count: 40_000)
        for body in [deep, "{\"attributes\": " + deep, String(repeating: "{\"a\":", count: 9_000)] {
            let reply = try await server.client.send(
                Exchange(
                    method: "POST", path: "/api/v3_0/sensors",
                    headers: [("Authorization", token), ("Content-Type", "application/json")], body: Array(body.utf8)))
            #expect(reply.status == 400)
        }
    }

    @Test(
        "odd paths and queries are answered in the words of the contract",
        arguments: [
            "/api/v3_0/assets/%00", "/api/v3_0/assets/99999999999999999999", "/api/v3_0/assets/-1",
            "/api/v3_0/assets?page=999999999999&per_page=9999999999", "/api/v3_0/assets?filter=%FF%FE%22",
            "/api/v3_0/sensors/1/data?start=9999-12-31T23:59:59Z&duration=P9999Y&unit=kW",
            "/api/v3_0/sensors/1/data?start=0001-01-01T00:00:00Z&duration=PT99999999H&unit=%F0%9F%94%A5",
            "/api/v3_0//assets", "//api", "/api/v3_0/assets/1/../../users", "/%2e%2e/%2e%2e/etc/passwd",
            "/api/v3_0/docs/dist/..%2f..%2fetc%2fpasswd", "/api/v3_0/assets/1/chart?height=1e999&width=%00",
            "/api/v3_0/assets/1/kpis?start=2026-01-01T00:00:00Z&end=9999-12-31T00:00:00Z",
            "/api/v3_0/sensors/1/stats?event_start_time=%2B%2B%2B", "/api/v3_0/jobs/%00%01",
            "/api/v3_0/sources?only_latest=2",
        ])
    func oddPaths(path: String) async throws {
        let server = try await ContractServer.start(Self.settings)
        let token = try await server.replayWorld().token("admin")
        let reply = try await server.client.send(
            Exchange(method: "GET", path: path, headers: [("Authorization", token)], body: []))
        #expect(reply.status < 500, "\(path): \(reply.status) \(reply.text.prefix(300))")
        if reply.status >= 400 { #expect(reply.json?.objectValue?["status"] != nil) }
    }
}
