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

    @OptionGroup var console: ConsoleOptions
    @Option(name: .long, help: ArgumentHelp("Folder with the sample data.", valueName: "folder"))
    var sampleData: String?
    @Option(name: .long, help: ArgumentHelp("Write the sample data to this folder and stop.", valueName: "folder"))
    var write: String?

    func run() async throws {
        if let write { return try SampleFiles(SampleWorld()).write(to: write) }
        var options = console
        let database = options.store.db ?? NSTemporaryDirectory() + "flexdeck-demo-\(getuid()).db"
        options.store.db = database
        if options.store.db == nil || !FileManager.default.fileExists(atPath: database) || console.store.db == nil {
            try fill(database)
        }
        try await ConsoleRun(options: options).run()
    }

    /// Makes the store anew; a store of that name that is no demo is never touched.
    private func fill(_ database: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: database + suffix)
        }
        let files = try (sampleData ?? SharedFiles.folder("sample-data")).map { try SampleFiles(folder: $0) }
        let world = try SampleShift(now: SystemClock().now).world(from: files ?? SampleFiles(SampleWorld()))
        var store = StoreOptions()
        store.db = database
        let progress = ProgressLine("Loading sample data")
        _ = try Composition.services(store).world.importWorld(world, as: .host) { progress.show($0, of: $1) }
        progress.finish()
    }
}
