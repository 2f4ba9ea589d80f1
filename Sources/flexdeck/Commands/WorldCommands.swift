import ArgumentParser
import EnergyCore
import Foundation
import Services

/// `flexdeck export [FILE]`
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write everything the store holds as a world file, without passwords.")

    @OptionGroup var store: StoreOptions
    @Flag(name: .long, help: "Leave the data out.")
    var withoutData = false
    @Argument(help: "The file to write; - or nothing writes standard output.")
    var file = "-"

    func run() throws {
        let services = try Composition.services(store)
        let progress = ProgressLine("Writing sensors")
        if file == "-" {
            try write(services, to: .standardOutput, progress)
        } else {
            // A device or pipe must stay what it is: only a plain file is replaced by a new one.
            let kind = try? FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
            let isReplaced = kind == nil || kind == .typeRegular
            let partial = isReplaced ? file + ".partial" : file
            guard !isReplaced || FileManager.default.createFile(atPath: partial, contents: nil),
                let handle = FileHandle(forWritingAtPath: partial)
            else { throw CommandFailure("\(file) cannot be written.") }
            try write(services, to: handle, progress)
            guard isReplaced else { return progress.finish() }
            try handle.synchronize()
            guard rename(partial, file) == 0 else { throw CommandFailure("\(file) cannot be written.") }
        }
        progress.finish()
    }

    private func write(_ services: FlexServices, to handle: FileHandle, _ progress: ProgressLine) throws {
        try services.world.exportWorld(
            as: .host, includingData: !withoutData, to: { try handle.write(contentsOf: Data($0.utf8)) },
            progress: { progress.show($0, of: $1) })
    }
}

/// World files on disk.
enum WorldFile {
    /// Whether series lie in CSV files beside the world file, as those of the sample data do.
    static func refersToTables(_ world: JSONValue) -> Bool {
        world["series"]?.arrayValue?.contains { $0["csv"] != nil } ?? false
    }

    /// - Throws: a sentence that names the file, and the place where it stops being JSON.
    static func read(_ path: String) throws -> JSONValue {
        let data: Data
        if path == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else {
            guard let contents = FileManager.default.contents(atPath: path) else {
                throw CommandFailure("\(path) cannot be read.")
            }
            data = contents
        }
        do {
            return try JSONValue(parsing: [UInt8](data))
        } catch {
            let line = data.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
            throw CommandFailure("\(path), line \(line): \(error)")
        }
    }
}
