import EnergyCore
import TerminalKit

/// Something typed behind `:`.
@MainActor
package struct ConsoleCommand {
    package let name: String
    /// What follows the name, as help shows it.
    package let argument: String
    package let summary: String
    /// What may stand for the argument, given its beginning.
    let completions: @MainActor (String, Situation) -> [String]
    let run: @MainActor (String, Situation) -> [Intent]

    init(
        _ name: String, _ argument: String, _ summary: String,
        completions: @escaping @MainActor (String, Situation) -> [String] = { _, _ in [] },
        run: @escaping @MainActor (String, Situation) -> [Intent]
    ) {
        self.name = name
        self.argument = argument
        self.summary = summary
        self.completions = completions
        self.run = run
    }
}

/// All commands.
@MainActor
package enum CommandTable {
    package static let all: [ConsoleCommand] =
        general + settings + files + ThingCommands.all + PlanCommands.all + [FirstSiteForm.command]

    package static func command(_ name: String) -> ConsoleCommand? { all.first { $0.name == name } }

    /// Runs a typed line; an unknown command says so.
    static func run(_ line: String, _ situation: Situation) -> [Intent] {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard let word = parts.first else { return [] }
        guard let command = command(word) else {
            return [.message("no command \"\(word)\"; Ctrl-P searches everything")]
        }
        return command.run(parts.count > 1 ? parts[1].trimmed : "", situation)
    }

    static func matching(_ names: [String], _ text: String) -> [String] {
        names.filter { text.isEmpty || $0.lowercased().contains(text.lowercased()) }
    }

    private static let general: [ConsoleCommand] = [
        ConsoleCommand("goto", "TIME", "charts go to a time") { text, situation in
            guard let moment = MomentText.parse(text, now: situation.inputs.now, zone: situation.inputs.zone) else {
                return [.message("\"\(text)\" is not a time; try 18:00, yesterday 6 or 2026-03-17")]
            }
            return [.chart(.goto(moment))]
        },
        ConsoleCommand(
            "belief", "TIME|live", "show what was known at a time", completions: { text, _ in matching(["live"], text) }
        ) { text, situation in
            if text == "live" || text.isEmpty { return [.belief(.live)] }
            guard let moment = MomentText.parse(text, now: situation.inputs.now, zone: situation.inputs.zone) else {
                return [.message("\"\(text)\" is not a time")]
            }
            return [.belief(.asOf(moment))]
        },
        ConsoleCommand("filter", "TEXT", "filter this pane") { text, situation in
            guard situation.screen.filter != nil else { return [.message("this pane has nothing to filter")] }
            situation.screen.filter = text
            return []
        },
        ConsoleCommand(
            "screen", "NAME", "go to a screen",
            completions: { text, _ in
                matching(ScreenRegistry.tabs.map(\.id.rawValue), text)
            }
        ) { text, _ in
            guard let entry = ScreenRegistry.tabs.first(where: { $0.id.rawValue == text }) else {
                return [.message("no screen \"\(text)\"")]
            }
            return [.open(entry.id, nil)]
        },
        ConsoleCommand(
            "do", "ACTION", "run an action by its name",
            completions: { text, _ in
                matching(ActionTable.all.map(\.id), text)
            }
        ) { text, _ in
            ActionTable.action(text) == nil ? [.message("no action \"\(text)\"")] : [.action(text)]
        },
        ConsoleCommand(
            "help", "WORD", "search the manual, or what can be done",
            completions: { text, situation in
                matching(ManualBook(folder: situation.inputs.manualFolder).pages.map(\.name), text)
            }
        ) { text, situation in
            guard !text.isEmpty else { return [.overlay(HelpOverlay())] }
            let book = ManualBook(folder: situation.inputs.manualFolder)
            let isKnown = book.pages.contains { $0.name == text } || !book.found(text).isEmpty
            return [.overlay(isKnown ? ManualOverlay(book, text: text) : PaletteOverlay(isCommand: false, text: text))]
        },
        ConsoleCommand(
            "log", "LEVEL", "show or hide the log; all, warning or error: what it shows",
            completions: { text, _ in
                matching(LogLevel.allCases.map(\.rawValue), text)
            }
        ) { text, _ in
            if text.isEmpty { return [.toggleLog] }
            guard let level = LogLevel(rawValue: text) else { return [.message("log levels are all, warning, error")] }
            return [.logLevel(level)]
        },
        ConsoleCommand("q", "", "quit") { _, _ in [.quit] },
        ConsoleCommand("q!", "", "quit without asking") { _, _ in [.quitNow] },
    ]

    private static let settings: [ConsoleCommand] = [
        ConsoleCommand(
            "theme", "NAME", "change the theme",
            completions: { text, situation in
                matching(situation.inputs.themeNames, text)
            }
        ) { text, situation in
            guard situation.inputs.themeNames.contains(text) else {
                return [
                    .message("no theme \"\(text)\"; there are \(situation.inputs.themeNames.joined(separator: ", "))")
                ]
            }
            return [.settings { $0.theme = text }, .message("theme \(text)")]
        },
        ConsoleCommand(
            "set", "KEY VALUE", "change a setting",
            completions: { text, _ in
                let word = text.split(separator: " ").first.map(String.init) ?? ""
                if let item = SettingItem.all.first(where: { $0.key == word }) {
                    return (item.choices ?? ["true", "false"]).map { "\(item.key) \($0)" }
                }
                return matching(SettingItem.all.map(\.key), text)
            }
        ) { text, _ in set(text) },
    ]

    private static func set(_ text: String) -> [Intent] {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let item = SettingItem.all.first(where: { $0.key == parts[0] }) else {
            return [.message("settings are \(SettingItem.all.map(\.key).joined(separator: ", "))")]
        }
        let value: ConfigValue =
            switch parts[1] {
            case "true", "on", "yes": .flag(true)
            case "false", "off", "no": .flag(false)
            default: .text(parts[1])
            }
        var trial = ConsoleSettings()
        if let problem = item.set(&trial, value) { return [.message(problem)] }
        return [.settings { _ = item.set(&$0, value) }, .message("\(item.key) is \(parts[1])")]
    }

    /// With an exclamation mark, a file that is there already is replaced without a question.
    private static let files: [ConsoleCommand] = [("", "file"), ("!", "file, replacing what is there")].flatMap {
        mark, word in
        [
            ConsoleCommand("print\(mark)", "FILE", "write the screen as text to a \(word)") { path, situation in
                guard !path.isEmpty else { return [.message("say a file name: :print FILE")] }
                let text = situation.screen.plain(situation.inputs).lines.joined(separator: "\n") + "\n"
                return [.write(path: path, text: text, overwrites: !mark.isEmpty)]
            },
            ConsoleCommand("export\(mark)", "FILE", "write what is shown to a .csv or .json \(word)") {
                path, situation in
                guard let table = situation.screen.exportTable(situation.inputs) else {
                    return [.message("nothing to export here")]
                }
                guard !path.isEmpty else { return [.overlay(ExportPrompt.overlay(table))] }
                return [.write(path: path, text: ExportText.text(table, path: path), overwrites: !mark.isEmpty)]
            },
        ]
    }
}
