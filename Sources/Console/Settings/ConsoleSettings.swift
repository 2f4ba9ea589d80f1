import TerminalKit

/// What the user has chosen; kept in `console.toml`.
package struct ConsoleSettings: Hashable, Sendable {
    package enum Colours: String, CaseIterable, Hashable, Sendable {
        case auto, full = "256", sixteen = "16", eight = "8", none
    }

    package enum Characters: String, CaseIterable, Hashable, Sendable {
        case auto, unicode, braille, ascii
    }

    package enum TimeChoice: String, CaseIterable, Hashable, Sendable {
        case site, local, utc = "UTC"
    }

    /// Decimals of power, energy and other readings; money always has two.
    package enum Decimals: String, CaseIterable, Hashable, Sendable {
        case auto, none = "0", one = "1", two = "2", three = "3"
    }

    /// What must be done before something is deleted.
    package enum DeleteQuestion: String, CaseIterable, Hashable, Sendable {
        case name = "type its name", button = "choose the button"
    }

    /// When to ask before the program ends.
    package enum QuitQuestion: String, CaseIterable, Hashable, Sendable {
        case withDrafts = "with drafts", always, never
    }

    /// Units of power and energy in charts.
    package enum Units: String, CaseIterable, Hashable, Sendable {
        case auto, kilo = "kW", mega = "MW"
    }

    /// Which direction of power charts draw upwards.
    package enum Sign: String, CaseIterable, Hashable, Sendable {
        case recorded = "as recorded", consumption, production
    }

    /// How soon new data are drawn; keys and the clock are never held up.
    package enum Refresh: String, CaseIterable, Hashable, Sendable {
        case atOnce = "at once", fiveSeconds = "5 s", halfMinute = "30 s", fiveMinutes = "5 min"

        var pause: Duration {
            switch self {
            case .atOnce: .milliseconds(100)
            case .fiveSeconds: .seconds(5)
            case .halfMinute: .seconds(30)
            case .fiveMinutes: .seconds(300)
            }
        }
    }

    package var theme = "control-room"
    package var colours = Colours.auto
    package var characters = Characters.auto
    package var shadesNegative = true
    package var showsGrid = false
    package var units = Units.auto
    package var decimals = Decimals.auto
    package var sign = Sign.recorded
    package var refresh = Refresh.atOnce
    package var time = TimeChoice.site
    package var showsSeconds = true
    package var mouse = false
    package var bell = true
    package var deleteQuestion = DeleteQuestion.name
    package var quitQuestion = QuitQuestion.withDrafts
    package var startScreen = "overview"
    package var restoresPlace = true
    package var readOnly = false
    /// Keys of newer versions, kept when the file is written.
    package var unknown: [ConfigEntry] = []

    package init() {}

    /// Reads a settings file; what is wrong is reported with its line, the rest counts.
    package static func parse(_ text: String) -> (settings: ConsoleSettings, problems: [ConfigProblem]) {
        let config = ConfigText(parsing: text)
        var settings = ConsoleSettings()
        var problems = config.problems
        for entry in config.entries {
            guard entry.section.isEmpty, let item = SettingItem.all.first(where: { $0.key == entry.key }) else {
                settings.unknown.append(entry)
                problems.append(ConfigProblem(line: entry.line, text: "unknown setting \"\(entry.key)\""))
                continue
            }
            if let problem = item.set(&settings, entry.value) {
                problems.append(ConfigProblem(line: entry.line, text: problem))
            }
        }
        return (settings, problems.sorted { $0.line < $1.line })
    }

    /// The file's text.
    package var written: String {
        var lines = ["# FlexDeck console settings; written by the program, may be edited"]
        for item in SettingItem.all {
            lines.append("\(item.key) = \(item.get(self).written)")
        }
        var section = ""
        for entry in unknown {
            if entry.section != section {
                section = entry.section
                lines.append("[\(section)]")
            }
            lines.append("\(entry.key) = \(entry.value.written)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// One setting: its key, what it is called, its values. Settings screen, `:set`, file and manual are made from these.
package struct SettingItem: Sendable {
    package var key: String
    package var label: String
    package var note: String
    /// The values to choose from; nil for on and off.
    package var choices: [String]?
    package var get: @Sendable (ConsoleSettings) -> ConfigValue
    /// Returns what is wrong with the value.
    package var set: @Sendable (inout ConsoleSettings, ConfigValue) -> String?

    private static func flag(
        _ key: String, _ label: String, _ note: String, _ path: any WritableKeyPath<ConsoleSettings, Bool> & Sendable
    ) -> SettingItem {
        SettingItem(
            key: key, label: label, note: note, choices: nil, get: { .flag($0[keyPath: path]) },
            set: { settings, value in
                guard case .flag(let flag) = value else { return "\"\(key)\" is true or false" }
                settings[keyPath: path] = flag
                return nil
            })
    }

    private static func choice<E: RawRepresentable & CaseIterable & Sendable>(
        _ key: String, _ label: String, _ note: String, _ path: any WritableKeyPath<ConsoleSettings, E> & Sendable
    ) -> SettingItem where E.RawValue == String {
        let names = E.allCases.map(\.rawValue)
        return SettingItem(
            key: key, label: label, note: note, choices: names, get: { .text($0[keyPath: path].rawValue) },
            set: { settings, value in
                guard case .text(let text) = value, let chosen = E(rawValue: text) else {
                    return "\"\(key)\" is one of \(names.joined(separator: ", "))"
                }
                settings[keyPath: path] = chosen
                return nil
            })
    }

    private static func text(
        _ key: String, _ label: String, _ note: String, _ choices: [String],
        _ path: any WritableKeyPath<ConsoleSettings, String> & Sendable
    ) -> SettingItem {
        SettingItem(
            key: key, label: label, note: note, choices: choices, get: { .text($0[keyPath: path]) },
            set: { settings, value in
                guard case .text(let text) = value, !text.isEmpty else { return "\"\(key)\" is a text in quotes" }
                settings[keyPath: path] = text
                return nil
            })
    }

    /// In the order in which they are shown.
    package static let all: [SettingItem] = [
        text("theme", "Theme", "muted, colour only for alarms", ThemeNames.shipped, \.theme),
        choice("colours", "Colours", "auto follows the terminal and NO_COLOR", \.colours),
        choice("characters", "Characters", "auto follows TERM and the locale", \.characters),
        flag("shade-negative", "Shade below zero", "in schedule charts", \.shadesNegative),
        flag("grid", "Grid", "dots at the values of the axis", \.showsGrid),
        choice("units", "Units", "of power and energy in charts; auto goes by the values", \.units),
        choice("decimals", "Decimals", "of power, energy and other readings", \.decimals),
        choice("sign", "Upwards in charts", "consumption, production, or as each sensor records", \.sign),
        choice("time", "Time", "of the site, of this machine, or UTC", \.time),
        flag("seconds", "Seconds", "in the header clock where there is room", \.showsSeconds),
        choice("refresh", "Refresh", "how soon new data are drawn", \.refresh),
        flag("mouse", "Mouse", "off keeps the terminal's own selection working", \.mouse),
        flag("bell", "Bell", "rings once for a new alarm", \.bell),
        choice("confirm-delete", "Before deleting", "type the name, or only choose the button", \.deleteQuestion),
        choice("confirm-quit", "Ask before quitting", "when drafts would be left, always, or never", \.quitQuestion),
        text(
            "start", "Start on", "the first screen",
            [
                "overview", "assets", "graphs", "status", "kpis", "schedules", "forecasts", "jobs", "audit", "admin",
                "alarms",
            ],
            \.startScreen),
        flag("restore", "Restore place", "screen, selection and zoom of the last time", \.restoresPlace),
        flag("read-only", "Read-only", "also --read-only; for wall displays", \.readOnly),
    ]
}

/// The themes that come with the program.
package enum ThemeNames {
    package static let shipped = ["control-room", "day", "night", "high-contrast", "colour-blind", "mono", "amber"]
}
