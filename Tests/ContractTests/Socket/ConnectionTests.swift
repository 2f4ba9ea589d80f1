import APIServer
import EnergyCore
import Testing

/// When a connection goes on and when it ends. The client of these tests reads until the server closes, without a limit
/// of time: a connection that stays open would hang the test.
@Suite("Connections", .serialized, .timeLimit(.minutes(1)))
struct ConnectionTests {
    private static let settings: APISettings = {
        var settings = APISettings()
        settings.maximumBody = 100_000
        settings.idleTimeout = .seconds(300)
        settings.bodyTimeout = .seconds(300)
        return settings
    }()

    /// All that the server says to some bytes.
    private func conversation(_ text: String, body: Int = 0, isHalfClosed: Bool) async throws -> String {
        let served = try await ServedContract.start(Self.settings)
        let bytes = Array(text.utf8) + [UInt8](repeating: 120, count: body)
        let answer = try await served.client.roundTrip(bytes, isHalfClosed: isHalfClosed)
        await served.stop()
        return String(decoding: answer, as: UTF8.self)
    }

    private func count(_ piece: String, in text: String) -> Int { text.ranges(of: piece).count }

    @Test("a refused body ends the connection, whether the client closes its side or waits", arguments: [true, false])
    func refusedBody(isHalfClosed: Bool) async throws {
        let head = "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n"
        let answer = try await conversation(head, body: 300_000, isHalfClosed: isHalfClosed)
        #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains("Connection: close"))
        #expect(count("HTTP/1.1 ", in: answer) == 1)
    }

    @Test("a refused body in pieces ends the connection, too")
    func refusedChunks() async throws {
        let head = "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n493e0\r\n"
        let answer = try await conversation(head, body: 300_000, isHalfClosed: true)
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
    }

    @Test("a client that closes its side in the middle of a body is told so and left")
    func halfBody() async throws {
        let head = "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"email"
        let answer = try await conversation(head, isHalfClosed: true)
        #expect(answer.hasPrefix("HTTP/1.1 400 "))
    }

    @Test("a client that closes its side after a request still gets its answer")
    func halfClosed() async throws {
        let answer = try await conversation("GET /api/ HTTP/1.1\r\nHost: x\r\n\r\n", isHalfClosed: true)
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("v3_0"))
    }

    @Test("requests sent at once are answered in their order")
    func pipelined() async throws {
        let get = { (path: String) in "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n" }
        let post = "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
        let answer = try await conversation(
            get("/api/") + post + get("/nothing") + get("/api/ops/ping"), isHalfClosed: true)
        let statuses = answer.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
        #expect(statuses == ["200", "422", "404", "200"] || statuses == ["200", "400", "404", "200"], "\(answer)")
    }

    @Test("the client decides whether more follows")
    func persistence() async throws {
        let closing = try await conversation(
            "GET /api/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", isHalfClosed: false)
        #expect(closing.contains("Connection: close\r\n"))
        let old = try await conversation("GET /api/ HTTP/1.0\r\n\r\n", isHalfClosed: false)
        #expect(old.hasPrefix("HTTP/1.1 200 "))
        let kept = try await conversation(
            "GET /api/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /api/ HTTP/1.0\r\n\r\n", isHalfClosed: false)
        #expect(count("HTTP/1.1 200 ", in: kept) == 2 && count("Connection: keep-alive", in: kept) == 1)
    }

    @Test("a client that asks whether it may send its body is told")
    func expectation() async throws {
        let start = "POST /api/requestAuthToken HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
        let head = { (length: Int) in start + "Content-Length: \(length)\r\n\r\n" }
        let short = try await conversation(head(2), body: 2, isHalfClosed: true)
        #expect(short.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 4"))
        let long = try await conversation(head(5_000_000), isHalfClosed: false)
        #expect(long.hasPrefix("HTTP/1.1 413 "))
    }

    @Test("another protocol is not spoken, but the request is answered")
    func upgrade() async throws {
        let answer = try await conversation(
            "GET /api/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: x\r\n\r\n",
            isHalfClosed: false)
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("Connection: close"))
    }

    @Test("HEAD tells the length of what GET sends, and sends nothing")
    func head() async throws {
        let answer = try await conversation(
            "HEAD /api/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", isHalfClosed: false)
        #expect(answer.hasSuffix("\r\n\r\n") && !answer.contains("Content-Length: 0"))
    }
}
