import TerminalKit
import Testing

@testable import Console

@MainActor
@Suite("The table of actions")
struct ActionTableTests {
    @Test("names are unique and every key name is understood")
    func names() throws {
        var seen: Set<String> = []
        for action in ActionTable.all {
            #expect(seen.insert(action.id).inserted, "\(action.id) stands twice")
            #expect(!action.title.isEmpty)
            for key in action.keys { _ = try Key(named: key) }
        }
    }

    @Test("no two actions of one place share a key")
    func keys() {
        var owners: [String: String] = [:]
        for action in ActionTable.all {
            for key in action.keys {
                let place = "\(action.scope) \(key)"
                if let other = owners[place] { Issue.record("\(key) is the key of \(other) and of \(action.id)") }
                owners[place] = action.id
            }
        }
    }

    @Test("everything can be reached with arrows, Enter, Esc and digits, or through the palette")
    func reach() {
        for action in ActionTable.all where action.group != .moving {
            #expect(FuzzyMatch.score(action.title, in: action.title) != nil)
        }
    }

    @Test("a key file changes keys; what is wrong in it is told with its line")
    func keyFile() {
        let text = """
            [keys]
            quit = "Q"
            "screen.overview" = ["F3", "1"]
            nonsense = "x"
            help = "Strg-H"
            filter = 5
            refresh = "s"
            [other]
            sort = "x"
            """
        let (map, problems) = KeyMap.parse(text)
        #expect(map.actions(for: .character("Q")) == ["quit"])
        #expect(map.actions(for: .character("q")) == [])
        #expect(map.keys(of: "screen.overview").map(\.name) == ["F3", "1"])
        #expect(problems.map(\.line) == [4, 5, 6, 7, 9])
        #expect(problems[3].text.contains("sort"))
    }
}
