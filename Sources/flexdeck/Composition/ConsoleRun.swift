import ArgumentParser
import Console
import EnergyCore
import Foundation
import Logging
import Services
import Store
import TerminalCurses
import TerminalKit

/// The program with a terminal, or with a script instead of one.
struct ConsoleRun {
    let options: ConsoleArguments

    func run() async throws {
        let settings = try options.settings()
        if let plain = options.plain { return try await printPlain(plain, settings) }
        if options.isScripted { return try await runScript(settings) }
        let code = try await runInTerminal(settings)
        if code != 0 { throw ExitCode(code) }
    }

    // MARK: Without a terminal

    private func printPlain(_ name: String, _ settings: ProgramSettings) async throws {
        let services = try Composition.quietServices(settings, readsAtLeast: true)
        let console = try consoleOptions(settings, services)
        guard
            let page = await ConsoleProgram.plain(
                services: services, options: console, screen: ScreenID(rawValue: name))
        else {
            let names = await ConsoleProgram.screenNames.joined(separator: ", ")
            throw CommandFailure("There is no screen '\(name)'; there are \(names).")
        }
        print(page.lines.joined(separator: "\n"))
        if page.severity != .fine { throw ExitCode(page.severity.rawValue) }
    }

    private func runScript(_ settings: ProgramSettings) async throws {
        let services = try Composition.quietServices(settings, readsAtLeast: true)
        services.jobs.runner.start()
        var console = try consoleOptions(settings, services)
        // A script starts from the same place on every machine.
        console.files.folder = nil
        console.apiText = "off"
        let picture = try await ConsoleProgram.picture(
            services: services, options: console, size: try size(), keys: options.keys ?? "",
            glyphs: settings.usesASCII ? .ascii : .unicode)
        services.close(patienceMilliseconds: 10_000)
        if let dump = options.dump, dump != "-" {
            try TextFile.write(dump.hasSuffix(".svg") ? GridDrawing(picture).svg : picture.text, to: dump)
        } else {
            print(picture.text)
        }
    }

    private func size() throws -> GridSize {
        let parts = (options.size ?? "80x24").split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, 1...1000 ~= parts[0], 1...1000 ~= parts[1] else {
            throw ValidationError("'--size \(options.size ?? "")': write it as 80x24.")
        }
        return GridSize(columns: parts[0], rows: parts[1])
    }

    // MARK: In a terminal

    private func runInTerminal(_ settings: ProgramSettings) async throws -> Int32 {
        let log = try RunLog(folder: Self.stateFolder, level: settings.logLevel)
        let logger = Composition.logger(log)
        let services = try Composition.services(settings, logger: logger, readsAtLeast: true)
        services.jobs.runner.start()
        let server = settings.servesInConsole ? await ServerBesideConsole.start(services, settings, logger) : nil
        var console = try consoleOptions(settings, services)
        console.apiText = server?.text ?? "off"
        console.isServing = server?.isServing ?? false
        console.offersFirstSite = try console.caller.isAdmin && !services.settings.readOnly && services.firstRun.isDue
        var curses = CursesOptions()
        curses.ascii = settings.usesASCII
        curses.noColour = !settings.usesColor
        curses.insideTmux = ProcessInfo.processInfo.environment["TMUX"] != nil
        curses.errorLog = log.path
        let backend = try await CursesBackend(options: curses)
        let code = await ConsoleProgram.run(services: services, options: console, backend: backend)
        await backend.close()
        await server?.stop()
        services.close()
        try services.context.store.close()
        return code
    }

    private func consoleOptions(_ settings: ProgramSettings, _ services: FlexServices) throws -> Console.ConsoleOptions
    {
        var console = Console.ConsoleOptions()
        console.caller = try Composition.caller(named: settings.user, services)
        console.isReadOnly = settings.readOnly
        console.isStoreReadOnly = services.settings.readOnly && !settings.readOnly
        console.files = ConsoleFiles(
            folder: Self.configurationFolder,
            themeFolders: (settings.themesFolder.map { [$0] } ?? [])
                + (SharedFiles.folder("themes").map { [$0] } ?? []),
            manualFolder: SharedFiles.folder("manual"))
        console.theme = settings.theme
        console.forcesASCII = settings.usesASCII
        console.noColour = !settings.usesColor
        console.mouse = settings.usesMouse
        console.editor = ProcessInfo.processInfo.environment["EDITOR"]?.split(separator: " ").map(String.init)
        console.localZone = SystemClock.localZoneName
        console.temporaryFolder = NSTemporaryDirectory()
        return console
    }

    private static var configurationFolder: String? {
        let environment = ProcessInfo.processInfo.environment
        return (environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { $0 + "/.config" }).map { $0 + "/flexdeck" }
    }

    private static var stateFolder: String {
        let environment = ProcessInfo.processInfo.environment
        return
            (environment["XDG_STATE_HOME"] ?? environment["HOME"].map { $0 + "/.local/state" } ?? NSTemporaryDirectory())
            + "/flexdeck"
    }
}
