import Services
import Testing

@Suite("Recorded requests and answers", .serialized)
struct TranscriptTests {
    @Test("without a network", arguments: Recordings.served)
    func router(group: String) async throws {
        let server = try await ContractServer.start()
        let world = try await server.replayWorld()
        let runner = CaseRunner(world: world) { try server.services.jobs.runner.runQueuedJobs() }
        for (index, recorded) in try Recordings.transcript(group).cases.enumerated() {
            let problems = await runner.run(recorded, unique: "u\(index)")
            #expect(problems.isEmpty, "\(group)/\(recorded.name): \(problems.joined(separator: "\n    "))")
        }
    }
}
