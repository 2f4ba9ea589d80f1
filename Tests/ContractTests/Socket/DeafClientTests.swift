import APIServer
import EnergyCore
import Testing

/// Clients that ask and ask and take no answers: what is kept for them must not grow.
@Suite("Deaf clients", .serialized, .timeLimit(.minutes(1)))
struct DeafClientTests {
    /// A long answer to anybody. The filler keeps few requests in the buffers of the system.
    private static let request = Array(
        "GET /api/v3_0/openapi.json HTTP/1.1\r\nHost: x\r\nX-Filler: \(String(repeating: "a", count: 8000))\r\n\r\n"
            .utf8)

    @Test("a client that takes no answers is not read from, and gets all of them once it does")
    func backpressure() async throws {
        let served = try await ServedContract.start()
        let most = 8 << 20
        let flood = try await served.client.flood(Self.request, atMost: most)
        #expect(flood.sent < most && !flood.isLeft)
        let answers = String(decoding: flood.received, as: UTF8.self).ranges(of: "HTTP/1.1 200 ").count
        #expect(answers == flood.sent / Self.request.count)
        await served.stop()
    }

    @Test("a client that takes no answers for long is left")
    func stalled() async throws {
        var settings = APISettings()
        settings.idleTimeout = .milliseconds(200)
        let served = try await ServedContract.start(settings)
        #expect(try await served.client.flood(Self.request, waitsForEnd: true).isLeft)
        let after = try await served.client.send(Exchange(method: "GET", path: "/api/", headers: [], body: []))
        #expect(after.status == 200)
        await served.stop()
    }
}
