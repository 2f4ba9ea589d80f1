import ArgumentParser
import SampleData

/// `flexdeck demo`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "The console on a fresh store filled with sample data.")

    @Option(name: .long, help: ArgumentHelp("Write the sample data to this folder and stop.", valueName: "folder"))
    var write: String?

    func run() async throws {
        if let write { return try SampleFiles(SampleWorld()).write(to: write) }
    }
}
