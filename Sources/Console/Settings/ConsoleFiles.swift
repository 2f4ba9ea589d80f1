import TerminalKit

/// Where the console keeps what belongs to the user. Without a folder everything stays in memory.
package struct ConsoleFiles: Hashable, Sendable {
    /// Settings, keys, own themes: `~/.config/flexdeck`.
    package var folder: String?
    /// Folders with the themes that come with the program, first one that has a theme counts.
    package var themeFolders: [String]
    /// The folder with the user manual.
    package var manualFolder: String?

    package init(folder: String? = nil, themeFolders: [String] = [], manualFolder: String? = nil) {
        self.folder = folder
        self.manualFolder = manualFolder
        self.themeFolders = themeFolders
    }

    private func path(_ name: String) -> String? { folder.map { $0 + "/" + name } }

    /// The settings and what is wrong with their file.
    package func settings() -> (settings: ConsoleSettings, problems: [String]) {
        guard let path = path("console.toml") else { return (ConsoleSettings(), []) }
        do throws(TextFile.Failure) {
            guard let text = try TextFile.read(path) else { return (ConsoleSettings(), []) }
            let (settings, problems) = ConsoleSettings.parse(text)
            return (settings, problems.map { "\(path) \($0)" })
        } catch {
            return (ConsoleSettings(), [error.description])
        }
    }

    package func save(_ settings: ConsoleSettings) throws(TextFile.Failure) {
        guard let folder, let path = path("console.toml") else { return }
        TextFile.makeFolder(folder)
        try TextFile.write(settings.written, to: path)
    }

    /// The key map and what is wrong with the key file.
    @MainActor
    package func keyMap() -> (map: KeyMap, problems: [String]) {
        guard let path = path("keys.toml"), let text = try? TextFile.read(path) else { return (KeyMap(), []) }
        let (map, problems) = KeyMap.parse(text)
        return (map, problems.map { "\(path) \($0)" })
    }

    /// What a restart brings back.
    package func memory() -> [String: String] {
        guard let path = path("console-place.toml"), let text = try? TextFile.read(path) else { return [:] }
        var result: [String: String] = [:]
        for entry in ConfigText(parsing: text).entries {
            if case .text(let value) = entry.value { result[entry.key] = value }
        }
        return result
    }

    package func save(memory: [String: String]) {
        guard let folder, let path = path("console-place.toml") else { return }
        let lines = memory.sorted { $0.key < $1.key }.map {
            "\(ConfigValue.quoted($0.key)) = \(ConfigValue.quoted($0.value))"
        }
        TextFile.makeFolder(folder)
        // A place that cannot be kept is no reason to disturb anybody.
        try? TextFile.write(lines.joined(separator: "\n") + "\n", to: path)
    }

    /// The names of all themes: built in, shipped and the user's own.
    package var themeNames: [String] {
        let folders = (path("themes").map { [$0] } ?? []) + themeFolders
        let files = folders.flatMap { TextFile.names(in: $0) }.filter { $0.hasSuffix(".toml") }.map {
            String($0.dropLast(5))
        }
        let builtIn = [Theme.controlRoom.name, Theme.mono.name]
        var seen: Set<String> = []
        return (ThemeNames.shipped.filter { files.contains($0) || builtIn.contains($0) } + files.sorted())
            .filter { seen.insert($0).inserted }
    }

    /// A theme by name: the user's own before the shipped before the built-in.
    package func theme(_ name: String) -> (theme: Theme, problems: [String]) {
        let folders = (path("themes").map { [$0] } ?? []) + themeFolders
        for folder in folders where !name.contains("/") {
            let path = "\(folder)/\(name).toml"
            guard let text = try? TextFile.read(path) else { continue }
            let (theme, warnings) = Theme.parse(text, named: name)
            return (theme, warnings.map { "\(path) \($0)" })
        }
        if name == Theme.mono.name { return (.mono, []) }
        if name == Theme.controlRoom.name { return (.controlRoom, []) }
        return (.controlRoom, ["no theme \"\(name)\"; there are \(themeNames.joined(separator: ", "))"])
    }
}
