import APIServer
import Logging
import Testing

@Suite("Behind a socket", .serialized)
struct SocketTests {
    @Test("recorded cases pass as they do without a network", arguments: ["accounts", "preferences"])
    func transcripts(group: String) async throws {
        let served = try await ServedContract.start()
        let world = try await ReplayWorld(try Recordings.world(), client: served.client)
        let runner = CaseRunner(world: world) {}
        for (index, recorded) in try Recordings.transcript(group).cases.enumerated() {
            let problems = await runner.run(recorded, unique: "s\(index)")
            #expect(problems.isEmpty, "\(group)/\(recorded.name): \(problems.joined(separator: "\n    "))")
        }
        await served.stop()
    }

    @Test("a taken port is told, not thrown away")
    func busyPort() async throws {
        let served = try await ServedContract.start()
        let second = BackgroundServer(
            services: served.server.services, port: served.port,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        second.start()
        await #expect(throws: ReplayError.self) { try await second.port() }
        guard case .failed(let text) = second.state else {
            Issue.record("expected a failure, got \(second.state)")
            return
        }
        #expect(text.contains("\(served.port)") && text.contains("taken"))
        await served.stop()
    }

    @Test("after stopping nobody answers")
    func stopping() async throws {
        let served = try await ServedContract.start()
        #expect(
            try await served.client.send(Exchange(method: "GET", path: "/api/", headers: [], body: [])).status == 200)
        await served.stop()
        // The system may still have taken a connection for the port, but nothing comes back over it.
        let answer = try? await served.client.roundTrip(Array("GET /api/ HTTP/1.1\r\n\r\n".utf8))
        #expect(answer?.isEmpty ?? true)
    }
}
