import ArgumentParser
import Foundation
import Services

/// The program: without a subcommand the console, with `--serve` the API without a terminal.
@main
struct FlexDeck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flexdeck",
        abstract: "Plan, forecast and watch flexible energy, with a FlexMeasures-compatible API.",
        version: Version.current,
        subcommands: [
            DemoCommand.self, FirstSiteCommand.self, ShowCommand.self, AddCommand.self, EditCommand.self,
            DeleteCommand.self, ScheduleCommand.self, ForecastCommand.self,
            JobsCommand.self,
            ImportCommand.self, ExportCommand.self, BackupCommand.self, RestoreCommand.self, CheckCommand.self,
            VacuumCommand.self, ReferenceCommand.self,
        ])

    @OptionGroup var console: ConsoleArguments
    @Flag(name: .long, help: "Serve the API and run jobs, without a console.")
    var serve = false

    func run() async throws {
        if serve {
            let console = console
            try await ServeRun(settings: console.settings(), reread: { try console.settings() }).run()
        } else {
            try await ConsoleRun(options: console).run()
        }
    }

    /// Prints what went wrong, and what to do about it, on standard error.
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        Heap.keepSmall()
        if printManual(CommandLine.arguments.dropFirst()) { return }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Composition.closeStoresOfCommands()
            Foundation.exit(report(error))
        }
        Composition.closeStoresOfCommands()
    }

    /// `flexdeck help TOPIC` prints a page of the manual; help on commands stays with the argument parser.
    private static func printManual(_ arguments: ArraySlice<String>) -> Bool {
        guard arguments.count == 2, arguments.first == "help", let topic = arguments.last else { return false }
        let manual = Manual()
        if topic == "topics" {
            print(manual.topics.joined(separator: "\n"))
            return true
        }
        guard let page = manual.page(topic) else {
            if configuration.subcommands.contains(where: { $0.configuration.commandName == topic }) { return false }
            FileHandle.standardError.write(
                Data(
                    "flexdeck: There is no topic '\(topic)'; there are \(manual.topics.joined(separator: ", ")).\n".utf8
                ))
            Foundation.exit(1)
        }
        print(page, terminator: "")
        return true
    }

    private static func report(_ error: any Error) -> Int32 {
        // What the argument parser has words for (usage, help, version) it says itself.
        guard exitCode(for: error) == .failure, !(error is ExitCode) else { Self.exit(withError: error) }
        let lines = Failure.lines(for: error).map(TextTable.printable)
        FileHandle.standardError.write(Data(("flexdeck: " + lines.joined(separator: "\n          ") + "\n").utf8))
        return ExitCode.failure.rawValue
    }
}
