import ArgumentParser
import EnergyCore
import Foundation
import SampleData
import Services

/// `flexdeck import FILE`, or `flexdeck import --flexmeasures URL`
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Load a world file (accounts, users, assets, sensors, sources and data), or copy another server.",
        discussion: """
            A file is loaded in one transaction; loading it twice changes nothing the second time. From a server \
            everything is copied that the user may see there, in stretches: after Ctrl-C or a lost connection the same \
            command goes on, and later it fetches what is new. The password is asked for, or read from standard input.
            """)

    @OptionGroup var store: StoreOptions
    @Option(help: ArgumentHelp("Copy what a FlexMeasures or FlexDeck server holds.", valueName: "url"))
    var flexmeasures: String?
    @Option(help: "The user on that server.") var email: String?
    @Flag(help: "Copy no data.") var withoutData = false
    @Option(help: "Copy no data before this moment (ISO 8601).") var since: String?
    @Argument(help: "The world file; - reads standard input.")
    var file: String?

    func validate() throws {
        guard (file != nil) != (flexmeasures != nil) else {
            throw ValidationError("Name a world file, or a server with --flexmeasures.")
        }
        if flexmeasures != nil, email == nil { throw ValidationError("Say with --email who you are on that server.") }
        if flexmeasures == nil, email != nil || withoutData || since != nil {
            throw ValidationError("--email, --without-data and --since go with --flexmeasures.")
        }
    }

    func run() throws {
        if let file { return try load(file) }
        guard let flexmeasures, let email else { return }
        let first = try since.map { text in
            guard let moment = try? AwareDateTime(parsing: text, orDateIn: .utc).instant else {
                throw ValidationError("'--since \(text)': write it as 2026-01-01 or 2026-01-01T00:00:00+01:00.")
            }
            return moment
        }
        let server = try PeerConnection(address: flexmeasures, email: email, password: PasswordPrompt.knownPassword())
        let run = PeerImport(server: server, services: try Composition.services(store), since: first)
        try run.run(withData: !withoutData)
    }

    private func load(_ file: String) throws {
        var world = try WorldFile.read(file)
        if WorldFile.refersToTables(world) {
            let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
            world = try SampleShift().world(from: SampleFiles(folder: folder))
        }
        let progress = ProgressLine("Loading series")
        let summary = try Composition.services(store).world.importWorld(world, as: .host) { progress.show($0, of: $1) }
        progress.finish()
        print(
            "Loaded \(summary.accounts) accounts, \(summary.users) users, \(summary.assets) assets, "
                + "\(summary.sensors) sensors; \(summary.beliefs) beliefs were new or changed.")
    }
}
