import ArgumentParser

/// Options of the console and of serving.
struct ConsoleArguments: ParsableArguments {
    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: ArgumentHelp("Port of the API; 0 takes a free one.", valueName: "port"))
    var port: Int?
    @Option(name: .long, help: ArgumentHelp("Address to listen on; loopback unless given.", valueName: "address"))
    var host: String?
    @Flag(name: .long, help: "The console does not serve the API.")
    var noServe = false
    @Option(name: .customLong("as"), help: ArgumentHelp("Work with the rights of this user.", valueName: "user"))
    var user: String?
    @Option(name: .long, help: ArgumentHelp("Theme of the console.", valueName: "name"))
    var theme: String?
    @Flag(name: .long, help: "Draw with ASCII characters only.")
    var ascii = false
    @Flag(name: .long, help: "No colours.")
    var noColor = false
    @Flag(name: .long, help: "Listen to the mouse.")
    var mouse = false
    @Option(
        name: .long,
        help: ArgumentHelp("Print one screen as text and end with 0, 1 (warning) or 2 (alarm).", valueName: "screen"))
    var plain: String?
    @Option(name: .long, help: ArgumentHelp("Size of a scripted console.", valueName: "columns x rows"))
    var size: String?
    @Option(
        name: .long, help: ArgumentHelp("Keys that a scripted console gets, as \"2jj<Enter>t\".", valueName: "keys"))
    var keys: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "File for the last picture of a scripted console: text, or a drawing if it ends in .svg; - is standard output.",
            valueName: "file"))
    var dump: String?

    /// True when no terminal is wanted.
    var isScripted: Bool { size != nil || keys != nil || dump != nil }

    func settings() throws -> ProgramSettings {
        var flags: [(name: String, text: String)] = []
        if let port { flags.append(("port", String(port))) }
        if let host { flags.append(("host", host)) }
        if noServe { flags.append(("serve-in-console", "false")) }
        if let user { flags.append(("user", user)) }
        if let theme { flags.append(("theme", theme)) }
        if ascii { flags.append(("ascii", "true")) }
        if noColor { flags.append(("color", "false")) }
        if mouse { flags.append(("mouse", "true")) }
        return try store.settings(adding: flags)
    }
}
