import EnergyCore
import TerminalKit

/// Settings, key and theme files: what cannot be read is reported with its line, the rest is kept.
func fuzzFiles(_ text: String) {
    let config = ConfigText(parsing: text)
    for problem in config.problems { precondition(problem.line > 0) }
    for entry in config.entries {
        // What is written is read as the same.
        let again = ConfigText(parsing: "[s]\nk = \(entry.value.written)\n")
        precondition(again.entries.first?.value == entry.value, "a value does not survive writing")
    }
    let (theme, _) = Theme.parse(text, named: "fuzz")
    _ = theme
}

/// Names of keys, and scripts of them.
func fuzzKeys(_ text: String) {
    _ = try? Key(named: text)
    guard let keys = try? Key.script(text) else { return }
    for key in keys where !key.control && !key.alt && !key.shift {
        precondition((try? Key(named: key.name)) == key, "a key is not known by its name")
    }
}

/// An object of a world file, read in every way there is.
func fuzzWorld(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes), let entry = try? WorldEntry(value, at: "world") else { return }
    _ = try? KnowledgeHorizon(world: value, at: "knowledge")
    for key in entry.members.keys {
        _ = try? entry.text(key)
        _ = try? entry.optionalSpan(key)
        _ = try? entry.optionalInstant(key)
        _ = try? entry.texts(key)
        for inner in (try? entry.entries(key)) ?? [] { _ = try? KnowledgeHorizon(world: .object(inner.members), at: key) }
        let names = WorldPath.names(key)
        precondition(WorldPath.names(WorldPath.path(names)) == names, "a path does not survive writing")
    }
}
