import Foundation
import Services
import TOMLKit

/// Puts settings together: defaults, then a TOML file, then the environment, then flags; the later one wins.
struct SettingsLoader {
    var environment = ProcessInfo.processInfo.environment
    /// File named with `--config`; it has to exist.
    var file: String?

    /// - Throws: `SettingError`, or `SettingsFileError` when the file cannot be read.
    func load(flags: [(name: String, text: String)] = []) throws -> ProgramSettings {
        var settings = ProgramSettings()
        for path in file.map({ [$0] }) ?? defaultFiles {
            try apply(file: path, to: &settings)
        }
        for setting in Setting.all {
            for variable in [setting.variable] + setting.aliases {
                if let text = environment[variable] {
                    try apply(setting, text, origin: "environment variable \(variable)", to: &settings)
                }
            }
        }
        if environment["NO_COLOR"].map({ !$0.isEmpty }) == true { settings.usesColor = false }
        for flag in flags {
            guard let setting = Setting.named(flag.name) else {
                throw SettingsFileError.unknown(flag.name, file: "flags", line: nil)
            }
            try apply(setting, flag.text, origin: "flag --\(flag.name)", to: &settings)
        }
        settings.services.readOnly = settings.readOnly
        return settings
    }

    /// Of the machine first, then of the user.
    private var defaultFiles: [String] {
        let home = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { $0 + "/.config" }
        return (["/etc/flexdeck/flexdeck.toml"] + (home.map { [$0 + "/flexdeck/flexdeck.toml"] } ?? []))
            .filter { FileManager.default.fileExists(atPath: $0) }
    }

    private func apply(file path: String, to settings: inout ProgramSettings) throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw SettingsFileError.unreadable(path)
        }
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw SettingsFileError.badTOML(path, line: error.source.begin.line, reason: error.description)
        }
        for key in table.keys.sorted() {
            guard let setting = Setting.named(key) else {
                throw SettingsFileError.unknown(key, file: path, line: line(of: key, in: text))
            }
            let value = table[key]?.string ?? table[key]?.debugDescription ?? ""
            try apply(setting, value, origin: path, to: &settings)
        }
    }

    private func apply(
        _ setting: Setting, _ text: String, origin: String, to settings: inout ProgramSettings
    ) throws(SettingError) {
        settings.given.insert(setting.name)
        do {
            try setting.apply(text, &settings)
        } catch {
            var named = error
            named.name = setting.name
            named.origin = origin
            throw named
        }
    }

    private func line(of key: String, in text: String) -> Int? {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.drop { $0 == " " }.hasPrefix(key) }.map { $0 + 1 }
    }
}

/// What is wrong with a settings file.
enum SettingsFileError: Error, CustomStringConvertible {
    case unreadable(String)
    case badTOML(String, line: Int, reason: String)
    case unknown(String, file: String, line: Int?)

    var description: String {
        switch self {
        case .unreadable(let path): "The settings file \(path) cannot be read."
        case .badTOML(let path, let line, let reason): "\(path), line \(line): \(reason)"
        case .unknown(let name, let file, let line):
            "\(file)\(line.map { ", line \($0)" } ?? ""): there is no setting '\(name)'. 'flexdeck help settings' lists them."
        }
    }
}
