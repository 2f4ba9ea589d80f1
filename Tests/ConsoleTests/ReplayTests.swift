import EnergyCore
import Services
import TerminalKit
import Testing

@testable import Console

@MainActor
@Suite("Replay")
struct ReplayTests {
    @Test("a replay starts at once in a window whose clock shows minutes only")
    func start() async throws {
        let world = try TestWorld()
        let backend = MemoryBackend(size: GridSize(columns: 80, rows: 24), glyphs: .ascii)
        let shell = Shell(services: world.services, options: ConsoleOptions(), backend: backend)
        let loop = Task { await shell.run() }
        while shell.nap == nil { await Task.yield() }
        // The clock of the test stands still at five seconds past the minute, so the next tick would be far away.
        shell.post(.terminal(.key(.character("p"))))
        while !shell.isPlaying { await Task.yield() }
        guard case .asOf(let begin) = shell.belief else {
            Issue.record("there is no belief time to play from")
            return
        }
        while shell.belief == .asOf(begin) { await Task.yield() }
        guard case .asOf(let next) = shell.belief else {
            Issue.record("the replay has ended")
            return
        }
        #expect(next >= begin + GeneralActions.beliefStep)
        loop.cancel()
        shell.post(.terminal(.hangUp))
        _ = await loop.value
    }
}
