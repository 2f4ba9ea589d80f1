import TerminalKit

/// All actions, once. Nothing else in the program lists keys.
@MainActor
package enum ActionTable {
    /// In the order in which keys are looked up: the screen's own meaning of a key goes before the chart's, the
    /// chart's before
    /// the general one.
    package static let all: [Action] =
        ScreenRegistry.tabs.flatMap(\.actions) + ScreenRegistry.otherActions + ChartActions.all + ThingActions.all
        + MoveActions.all + GeneralActions.all

    /// Actions that the key line shows together with the one that does the opposite.
    static let opposites = [
        "chart.zoom.in": "chart.zoom.out", "chart.pan.right": "chart.pan.left",
        "chart.day.next": "chart.day.previous",
    ]

    /// An action by its name.
    package static func action(_ id: String) -> Action? { byID[id] }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}

/// Which keys run which actions: the table's own keys, changed by the user's key file.
package struct KeyMap: Hashable, Sendable {
    /// Action ids per key, in the order of the table.
    private var actions: [Key: [String]] = [:]
    private var keysOfAction: [String: [Key]] = [:]

    @MainActor
    package init(_ table: [Action] = ActionTable.all, changes: [String: [Key]] = [:]) {
        for action in table {
            let keys = changes[action.id] ?? action.keys.compactMap { try? Key(named: $0) }
            keysOfAction[action.id] = keys
            for key in keys { actions[key, default: []].append(action.id) }
        }
    }

    package func actions(for key: Key) -> [String] { actions[key] ?? [] }
    package func keys(of action: String) -> [Key] { keysOfAction[action] ?? [] }

    /// The keys of an action as help shows them.
    package func text(of action: String) -> String {
        keys(of: action).map(\.name).joined(separator: " ")
    }

    /// Reads a key file:
    ///
    ///     [keys]
    ///     "schedule.trigger" = ["t", "F7"]
    ///
    /// Unknown actions and keys, and keys that two actions of one place would share, are reported with their line.
    @MainActor
    package static func parse(_ text: String, table: [Action] = ActionTable.all) -> (
        map: KeyMap, problems: [ConfigProblem]
    ) {
        let config = ConfigText(parsing: text)
        var problems = config.problems
        var changes: [String: [Key]] = [:]
        var lines: [String: Int] = [:]
        let known = Set(table.map(\.id))
        for entry in config.entries {
            func problem(_ text: String) { problems.append(ConfigProblem(line: entry.line, text: text)) }
            let names: [String]
            switch entry.value {
            case .text(let name): names = [name]
            case .list(let list): names = list
            default:
                problem("keys are a text or a list of texts")
                continue
            }
            guard entry.section == "keys" || entry.section.isEmpty else {
                problem("unknown section [\(entry.section)]")
                continue
            }
            guard known.contains(entry.key) else {
                problem("unknown action \"\(entry.key)\"")
                continue
            }
            var keys: [Key] = []
            for name in names {
                do throws(KeyNameError) { keys.append(try Key(named: name)) } catch { problem(error.description) }
            }
            changes[entry.key] = keys
            lines[entry.key] = entry.line
        }
        problems += conflicts(changes, lines: lines, table: table)
        return (KeyMap(table, changes: changes), problems.sorted { $0.line < $1.line })
    }

    @MainActor
    private static func conflicts(_ changes: [String: [Key]], lines: [String: Int], table: [Action]) -> [ConfigProblem]
    {
        let map = KeyMap(table, changes: changes)
        let scopes = Dictionary(table.map { ($0.id, $0.scope) }, uniquingKeysWith: { first, _ in first })
        return changes.flatMap { id, keys in
            keys.compactMap { key -> ConfigProblem? in
                guard let rival = map.actions(for: key).first(where: { $0 != id && scopes[$0] == scopes[id] }) else {
                    return nil
                }
                return ConfigProblem(line: lines[id] ?? 0, text: "\(key.name) is also the key of \"\(rival)\"")
            }
        }
    }
}
