import ArgumentParser

/// Options that every command on a store understands.
struct StoreOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The store's file.", valueName: "file"))
    var db: String?

    @Option(name: .long, help: ArgumentHelp("Settings file (TOML).", valueName: "file"))
    var config: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("A setting, see 'flexdeck help settings'.", valueName: "name=value"))
    var assignments: [String] = []

    @Flag(name: .long, help: "Write nothing.")
    var readOnly = false

    /// - Throws: what is wrong with a setting, wherever it came from.
    func settings(adding more: [(name: String, text: String)] = []) throws -> ProgramSettings {
        var flags = try assignments.map { assignment in
            let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw ValidationError("'--set \(assignment)': write it as name=value.") }
            return (name: String(parts[0]), text: String(parts[1]))
        }
        if let db { flags.append(("db", db)) }
        if readOnly { flags.append(("read-only", "true")) }
        return try SettingsLoader(file: config).load(flags: flags + more)
    }
}
