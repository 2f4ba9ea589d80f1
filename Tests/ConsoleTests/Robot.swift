import EnergyCore
import Services
import Synchronization
import TerminalKit
import Testing

@testable import Console

/// An operator who presses keys and looks at the screen. Waits for quiet after every key, never sleeps.
@MainActor
final class Robot {
    let shell: Shell
    let backend: MemoryBackend
    let world: TestWorld
    /// Every screen and overlay that has been up.
    private(set) var seen: Set<String> = []

    init(
        _ world: TestWorld, size: GridSize = GridSize(columns: 160, rows: 45), glyphs: GlyphSet = .unicode,
        options: ConsoleOptions = ConsoleOptions()
    ) async {
        self.world = world
        backend = MemoryBackend(size: size, glyphs: glyphs)
        shell = Shell(services: world.services, options: options, backend: backend)
        shell.alarms.isRecording.store(true, ordering: .relaxed)
        await settle()
    }

    /// Presses the keys of a script, one after the other.
    func press(_ script: String) async throws {
        for key in try Key.script(script) {
            shell.handle(key)
            await settle()
        }
    }

    func settle() async {
        shell.refresh()
        await shell.idle()
        shell.draw()
        seen.formUnion(places)
    }

    func resize(_ columns: Int, _ rows: Int) async {
        let size = GridSize(columns: columns, rows: rows)
        backend.resize(to: size)
        shell.handle(.resized(size))
        await settle()
    }

    var text: String { backend.grid.text }
    var lines: [String] { backend.grid.lines }
    /// The message line.
    var message: String { lines.count > 2 ? lines[lines.count - 2] : "" }

    /// The screen shows a text.
    func see(_ wanted: String, _ location: SourceLocation = #_sourceLocation) {
        let isThere = text.contains(wanted)
        #expect(isThere, "\"\(wanted)\" is not on the screen:\n\(text)", sourceLocation: location)
    }

    func doNotSee(_ unwanted: String, _ location: SourceLocation = #_sourceLocation) {
        let isThere = text.contains(unwanted)
        #expect(!isThere, "\"\(unwanted)\" is on the screen:\n\(text)", sourceLocation: location)
    }
}
