import EnergyCore
import Foundation
import Logging
import Services

/// One line an event on standard error, for people and journald, or one JSON object a line.
struct EventLog: LogHandler {
    private let format: ProgramSettings.LogFormat
    private let clock = SystemClock()
    var metadata: Logger.Metadata = [:]
    /// Shared by all copies, so that it can be changed while the program runs.
    private let level: Live<Logger.Level>
    var logLevel: Logger.Level {
        get { level.current }
        nonmutating set { level.current = newValue }
    }

    init(format: ProgramSettings.LogFormat, level: String) {
        self.format = format
        self.level = Live(Logger.Level(rawValue: level) ?? .info)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = clock.now.text(offset: 0)
        let line: String
        switch format {
        case .text:
            let rest = fields.map { "\($0.key)=\(Self.quoted("\($0.value)"))" }
            let level = event.level.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
            line = ([time, level, TextTable.printable("\(event.message)")] + rest).joined(separator: " ")
        case .json:
            var object: JSONObject = [
                "time": .string(time), "level": .string(event.level.rawValue), "event": .string("\(event.message)"),
            ]
            for field in fields { object[field.key] = .string("\(field.value)") }
            line = object.text()
        }
        // One write a line, so that lines of several threads never mix.
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private static func quoted(_ value: String) -> String {
        let value = TextTable.printable(value)
        return value.contains { $0 == " " || $0 == "\"" }
            ? "\"\(value.split(separator: "\"").joined(separator: "'"))\"" : value
    }
}
