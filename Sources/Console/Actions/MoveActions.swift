import TerminalKit

/// Moving about: the same keys in every list, tree and chart.
@MainActor
enum MoveActions {
    static let all: [Action] =
        steps.map { id, title, keys, step in
            Action("move.\(id)", title, keys: keys, hint: id == "down" ? "move" : "", group: .moving) { situation in
                situation.screen.move(step)
                return []
            }
        } + [
            Action("move.left", "fold, previous column, cursor left", keys: ["h", "Left"], group: .moving) {
                situation in
                situation.screen.moveSideways(-1)
            },
            Action("move.right", "unfold, next column, cursor right", keys: ["l", "Right"], group: .moving) {
                situation in
                situation.screen.moveSideways(1)
            },
            Action("open", "open, go deeper, follow the cause", keys: ["Enter"], hint: "open", group: .moving) {
                situation in
                situation.screen.open(situation.inputs)
            },
            Action("pane.next", "next pane", keys: ["Tab"], group: .moving) { situation in
                situation.screen.movePane(1)
                return []
            },
            Action("pane.previous", "previous pane", keys: ["Shift-Tab"], group: .moving) { situation in
                situation.screen.movePane(-1)
                return []
            },
            Action("tab.next", "next sub-tab or period", keys: ["]"], hint: "tab", group: .moving, when: hasTabs) {
                situation in
                situation.screen.moveTab(1) ? [] : [.message("no sub-tabs here")]
            },
            Action("tab.previous", "previous sub-tab or period", keys: ["["], group: .moving, when: hasTabs) {
                situation in
                situation.screen.moveTab(-1) ? [] : [.message("no sub-tabs here")]
            },
            Action("match.next", "next match of the filter", keys: ["n"], group: .moving) { situation in
                situation.screen.move(.down)
                return []
            },
            Action("match.previous", "previous match of the filter", keys: ["N"], group: .moving) { situation in
                situation.screen.move(.up)
                return []
            },
            Action("attention", "next thing that needs attention", keys: ["!"], group: .moving) { situation in
                situation.screen.moveToAttention() ? [] : [.message("nothing here needs attention")]
            },
        ]

    private static func hasTabs(_ situation: Situation) -> Availability {
        situation.screen.tabHint == nil ? .unavailable("no sub-tabs here") : .available
    }

    private static let steps: [(String, String, [String], ListMove)] = [
        ("down", "move down", ["j", "Down"], .down), ("up", "move up", ["k", "Up"], .up),
        ("first", "first", ["g", "Home"], .first), ("last", "last", ["G", "End"], .last),
        ("page-down", "page down", ["PgDn"], .pageDown), ("page-up", "page up", ["PgUp"], .pageUp),
        ("half-down", "half a page down", ["Ctrl-D"], .halfPageDown),
        ("half-up", "half a page up", ["Ctrl-U"], .halfPageUp),
    ]
}
