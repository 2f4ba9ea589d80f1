import EnergyCore
import Services

/// One thing that can be configured, under its own name and under those that clients' documentation mentions.
struct Setting: Sendable {
    let name: String
    /// Names of environment variables and file keys that mean the same.
    let aliases: [String]
    let help: String
    /// Throws a sentence when the text is no value for this setting.
    let apply: @Sendable (String, inout ProgramSettings) throws(SettingError) -> Void

    /// `planning-horizon` is read from `FLEXDECK_PLANNING_HORIZON`.
    var variable: String {
        "FLEXDECK_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    init(
        _ name: String, aliases: [String] = [], _ help: String,
        apply: @escaping @Sendable (String, inout ProgramSettings) throws(SettingError) -> Void
    ) {
        self.name = name
        self.aliases = aliases
        self.help = help
        self.apply = apply
    }

    /// A setting that is a whole number in a range; `expected` says which one in words.
    init(
        _ name: String, _ help: String, _ field: any WritableKeyPath<ProgramSettings, Int> & Sendable,
        in range: ClosedRange<Int>, _ expected: String
    ) {
        self.init(name, help) { text, settings throws(SettingError) in
            guard let number = Int(text), range ~= number else { throw SettingError(expected: expected) }
            settings[keyPath: field] = number
        }
    }
}

/// What is wrong with a setting, and where it came from.
struct SettingError: Error, CustomStringConvertible {
    var name = ""
    var origin = ""
    let expected: String

    init(expected: String) {
        self.expected = expected
    }

    var description: String {
        "The setting '\(name)' (\(origin)) must be \(expected)."
    }
}

extension Setting {
    /// All settings; the manual's table is printed from this list.
    static let all: [Setting] = process + limits + interface + services

    static func named(_ name: String) -> Setting? {
        all.first { $0.name == name || $0.aliases.contains(name) }
    }

    private static let process: [Setting] = [
        Setting("db", "the store's file") { $1.database = $0 },
        Setting("host", "address to listen on; anything but loopback opens the API to the network") { $1.host = $0 },
        Setting(
            "port", "TCP port of the API; 0 takes a free one", \.port, in: 0...65_535, "a port from 0 to 65535"),
        Setting("serve-in-console", "whether the console serves the API as well") {
            text, settings throws(SettingError) in
            settings.servesInConsole = try boolean(text)
        },
        Setting("read-only", "nothing is ever written") { text, settings throws(SettingError) in
            settings.readOnly = try boolean(text)
        },
        Setting("user", "whose rights the console has; without it, those of the machine's operator") { $1.user = $0 },
        Setting("log-level", "trace, debug, info, notice, warning, error or critical") { $1.logLevel = $0 },
        Setting("log-format", "text or json") { text, settings throws(SettingError) in
            guard let format = ProgramSettings.LogFormat(rawValue: text) else {
                throw SettingError(expected: "text or json")
            }
            settings.logFormat = format
        },
        Setting("metrics", "whether /metrics is served") { text, settings throws(SettingError) in
            settings.servesMetrics = try boolean(text)
        },
        Setting("cors-origins", aliases: ["CORS_ORIGINS"], "web origins that may call the API, separated by commas") {
            $1.corsOrigins = list($0)
        },
        Setting(
            "largest-body", "largest request body, also of uploads and posts of data, in bytes (134217728)",
            \.largestBody, in: 1...(1 << 40), "a number of bytes"),
    ]

    private static let interface: [Setting] = [
        Setting("theme", "name of the console's theme") { $1.theme = $0 },
        Setting("themes-folder", "folder with theme files of your own") { $1.themesFolder = $0 },
        Setting("ascii", "draw with ASCII characters only") { text, settings throws(SettingError) in
            settings.usesASCII = try boolean(text)
        },
        Setting("color", "whether the console uses colours") { text, settings throws(SettingError) in
            settings.usesColor = try boolean(text)
        },
        Setting("mouse", "whether the console listens to the mouse") { text, settings throws(SettingError) in
            settings.usesMouse = try boolean(text)
        },
    ]

    static func boolean(_ text: String) throws(SettingError) -> Bool {
        switch text.lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default: throw SettingError(expected: "true or false")
        }
    }

    static func list(_ text: String) -> [String] {
        text.split { ",[]\"' ".contains($0) }.map(String.init)
    }
}
