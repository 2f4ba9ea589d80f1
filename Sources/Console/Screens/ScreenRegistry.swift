import TerminalKit

/// One screen that has a tab: digit, names and how to make it.
struct ScreenEntry {
    var id: ScreenID
    var digit: String
    var title: String
    var short: String
    var actions: [Action]
    var make: @MainActor () -> any Screen
}

/// All screens. A new one is a folder beside this file and a line here.
@MainActor
enum ScreenRegistry {
    /// Screens with a tab, in the order of their digits.
    static let tabs: [ScreenEntry] = [
        ScreenEntry(id: .overview, digit: "1", title: "Overview", short: "Ovw", actions: OverviewScreen.actions) { OverviewScreen() },
        ScreenEntry(id: .assets, digit: "2", title: "Assets", short: "Assets", actions: AssetsScreen.actions) { AssetsScreen() },
        ScreenEntry(id: .graphs, digit: "3", title: "Graphs", short: "Graphs", actions: GraphsScreen.actions) { GraphsScreen() },
    ]

    /// Actions of screens that open over others: forms, comparisons, settings.
    static let otherActions: [Action] = []
}
