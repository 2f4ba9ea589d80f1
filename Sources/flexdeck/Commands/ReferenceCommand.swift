import ArgumentParser
import Console
import Foundation
import TerminalKit

/// `flexdeck reference keys|settings|man`: pages that are made from the program's own tables.
struct ReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Print a reference page made from the program itself.")

    enum Page: String, ExpressibleByArgument, CaseIterable {
        case keys, settings, man
    }

    @Argument(help: "keys, settings or man.") var page: Page

    func run() async throws {
        switch page {
        case .keys: print(await KeysPage.text, terminator: "")
        case .settings: print(Manual().page("settings") ?? "", terminator: "")
        case .man: print(ManPage.text, terminator: "")
        }
    }
}

/// The keys of the console, by the paragraphs of its help.
@MainActor
enum KeysPage {
    static var text: String {
        let map = KeyMap()
        var lines = ["# Keys", ""]
        for group in ActionGroup.allCases {
            let actions = ActionTable.all.filter { $0.group == group }
            guard !actions.isEmpty else { continue }
            lines += ["## \(group.rawValue.capitalized)", "", "| key | action | name |", "|---|---|---|"]
            var seen: Set<String> = []
            for action in actions where seen.insert(action.id).inserted {
                let keys = map.keys(of: action.id).map { "`\($0.name)`" }.joined(separator: " ")
                lines.append("| \(keys) | \(action.title) | `\(action.id)` |")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}

/// The man page, from the help of all commands.
enum ManPage {
    static var text: String {
        var lines = [
            ".TH FLEXDECK 1 \"\" \"flexdeck \(Version.current)\" \"User Commands\"", ".SH NAME",
            "flexdeck \\- terminal energy\\-management console with a FlexMeasures\\-compatible API", ".SH DESCRIPTION", ".nf",
        ]
        lines += escaped(FlexDeck.helpMessage(columns: 78))
        for command in FlexDeck.configuration.subcommands {
            lines += [".fi", ".SH \(name(of: command).uppercased())", ".nf"]
            lines += escaped(FlexDeck.helpMessage(for: command, columns: 78))
        }
        lines += [
            ".fi", ".SH FILES", "./flexdeck.db, /etc/flexdeck/flexdeck.toml, ~/.config/flexdeck/", ".SH SEE ALSO",
            "flexdeck help topics",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? "\(command)"
    }

    /// Backslashes, and dots and quotes at the start of a line, mean something to the formatter.
    private static func escaped(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let escaped = line.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\e")
            return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
        }
    }
}
