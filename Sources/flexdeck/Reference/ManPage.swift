import ArgumentParser

/// The man page, from the help of all commands.
enum ManPage {
    static var text: String {
        var lines = [
            ".TH FLEXDECK 1 \"\" \"flexdeck \(Version.current)\" \"User Commands\"", ".SH NAME",
            "flexdeck \\- terminal energy\\-management console with a FlexMeasures\\-compatible API", ".SH DESCRIPTION",
            ".nf",
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
