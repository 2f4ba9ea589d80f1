import ArgumentParser
import EnergyCore
import Foundation
import SampleData
import Services

/// `flexdeck demo`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "The console on a fresh store filled with sample data.",
        discussion: """
            The sample is moved in time so that its present is now. Sign-in for the API: olga@flexdeck.example, \
            password flexdeck-demo.
            """)

    @OptionGroup var console: ConsoleArguments
    @Option(name: .long, help: ArgumentHelp("Folder with the sample data.", valueName: "folder"))
    var sampleData: String?
    @Option(name: .long, help: ArgumentHelp("Write the sample data to this folder and stop.", valueName: "folder"))
    var write: String?

    func run() async throws {
        if let write { return try SampleFiles(SampleWorld()).write(to: write) }
        var options = console
        let database = console.store.db ?? NSTemporaryDirectory() + "flexdeck-demo-\(getuid()).db"
        options.store.db = database
        // A store that was named and exists is the user's: it is opened as it is.
        if console.store.db == nil || !FileManager.default.fileExists(atPath: database) {
            try fill(database)
        }
        try await ConsoleRun(options: options).run()
    }

    /// Makes the store anew.
    private func fill(_ database: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: database + suffix)
        }
        let files = try (sampleData ?? SharedFiles.folder("sample-data")).map { try SampleFiles(folder: $0) }
        let world = try SampleShift(now: SystemClock().now).world(from: files ?? SampleFiles(SampleWorld()))
        var settings = ProgramSettings()
        settings.database = database
        let progress = ProgressLine("Loading sample data")
        _ = try Composition.quietServices(settings).world.importWorld(world, as: .host) { progress.show($0, of: $1) }
        progress.finish()
    }
}
