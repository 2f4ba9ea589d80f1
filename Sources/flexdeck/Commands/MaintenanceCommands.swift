import ArgumentParser
import Foundation
import Services
import Store

/// `flexdeck backup COPY`
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the store while it is in use, and verify the copy.")

    @OptionGroup var store: StoreOptions
    @Argument(help: "File to write; there must be none of that name.") var copy: String

    func run() throws {
        let services = try Composition.services(store)
        let progress = ProgressLine("Copying, per mille")
        try services.context.store.backUp(to: copy) { progress.show(Int($0 * 1000), of: 1000) }
        progress.finish()
        var settings = StoreSettings()
        settings.isReadOnly = true
        let found = try Store(path: copy, settings: settings).check()
        guard found.isSound else {
            throw CommandFailure("The copy is not sound: \(found.problems.joined(separator: " "))")
        }
        print("\(copy) is a complete copy: \(found.sensors) sensors, \(found.beliefs) beliefs.")
    }
}

/// `flexdeck restore COPY`
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the place of the store; nothing may use it meanwhile.",
        discussion: "What was there stays beside it as FILE.before-restore.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var force: ForceOption
    @Argument(help: "The backup.") var copy: String

    func run() throws {
        let path = try store.settings().database
        guard FileManager.default.isReadableFile(atPath: copy) else { throw CommandFailure("\(copy) cannot be read.") }
        if FileManager.default.fileExists(atPath: path) {
            try force.confirm("what is in \(path), for what is in \(copy),")
        }
        try Store.restore(copy, to: path)
        print("\(path) is now what \(copy) is.")
    }
}

/// `flexdeck check [--rebuild]`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the store's file and what is derived from its data; ends with 1 when something is wrong.")

    @OptionGroup var store: StoreOptions
    @Flag(help: "Make what is derived from the data (roll-ups, summaries) anew.") var rebuild = false

    func run() throws {
        let target = try Composition.services(store).context.store
        if rebuild {
            let progress = ProgressLine("Rebuilding, per mille")
            try target.rebuildDerived { progress.show(Int($0 * 1000), of: 1000) }
            progress.finish()
        }
        let progress = ProgressLine("Checking, per mille")
        let found = try target.check { progress.show(Int($0 * 1000), of: 1000) }
        progress.finish()
        print(
            "\(found.sensors) sensors, \(found.beliefs) beliefs, \(found.size / 1024) KiB, \(found.free / 1024) KiB of it free."
        )
        guard found.isSound else {
            print(found.problems.joined(separator: "\n"))
            throw ExitCode(1)
        }
        print("All is well.")
    }
}

/// `flexdeck vacuum`
struct VacuumCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vacuum", abstract: "Give the room of deleted data back to the disk; writers wait meanwhile.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        try Composition.services(store).context.store.vacuum()
    }
}
