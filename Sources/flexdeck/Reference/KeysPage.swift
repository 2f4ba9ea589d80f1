import Console
import Foundation
import TerminalKit

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
