import EnergyCore
import Foundation
import Logging
import Services

/// The log of a console: a file, since nothing may be printed over the screen.
struct RunLog: LogHandler {
    let path: String
    private let file: FileHandle
    private let clock = SystemClock()
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level

    /// The file is started anew once it has grown beyond this.
    private static let largestFile: UInt64 = 8 << 20

    init(folder: String, level: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/flexdeck.log"
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw CommandFailure("\(path) cannot be written.") }
        if try file.seekToEnd() > Self.largestFile { try file.truncate(atOffset: 0) }
        self.file = file
        logLevel = Logger.Level(rawValue: level) ?? .info
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let line =
            ([clock.now.text(offset: 0), event.level.rawValue, "\(event.message)"]
            + fields.map { "\($0.key)=\($0.value)" })
            .joined(separator: " ")
        file.write(Data((TextTable.printable(line) + "\n").utf8))
    }
}
