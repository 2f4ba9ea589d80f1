import EnergyCore
import Services
import TerminalKit

/// The doors of the module: a console on a terminal, a scripted one, and screens as text.
@MainActor
package enum ConsoleProgram {
    /// Runs a console until the user quits; returns the exit code.
    package static func run(services: FlexServices, options: ConsoleOptions, backend: any TerminalBackend) async
        -> Int32
    {
        let shell = Shell(services: services, options: options, backend: backend)
        return await shell.run()
    }

    /// Presses keys on a console of a size, waiting for quiet after each, and returns the last picture as text.
    package static func script(
        services: FlexServices, options: ConsoleOptions, size: GridSize, keys: String, glyphs: GlyphSet = .unicode
    ) async throws(KeyNameError) -> String {
        try await picture(services: services, options: options, size: size, keys: keys, glyphs: glyphs).text
    }

    /// The same, with colours.
    package static func picture(
        services: FlexServices, options: ConsoleOptions, size: GridSize, keys: String, glyphs: GlyphSet = .unicode
    ) async throws(KeyNameError) -> CellGrid {
        let keys = try Key.script(keys)
        let backend = MemoryBackend(size: size, glyphs: glyphs)
        let shell = Shell(services: services, options: options, backend: backend)
        shell.refresh()
        await shell.idle()
        for key in keys where !shell.isOver {
            shell.handle(key)
            shell.refresh()
            await shell.idle()
        }
        shell.draw()
        return backend.grid
    }

    /// A screen as lines of text; the exit code is 1 for a warning and 2 for an alarm.
    package static func plain(services: FlexServices, options: ConsoleOptions, screen: ScreenID) async -> PlainPage? {
        guard ScreenRegistry.tabs.contains(where: { $0.id == screen }) else { return nil }
        var options = options
        options.screen = screen
        options.files = ConsoleFiles(folder: nil, themeFolders: options.files.themeFolders)
        let backend = MemoryBackend(size: GridSize(columns: 160, rows: 45))
        let shell = Shell(services: services, options: options, backend: backend)
        shell.refresh()
        await shell.idle()
        return shell.screen.plain(shell.inputs)
    }

    /// The names of all screens that `plain` knows.
    package static var screenNames: [String] { ScreenRegistry.tabs.map(\.id.rawValue) }
}
