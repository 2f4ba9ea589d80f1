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
        ScreenEntry(id: .overview, digit: "1", title: "Overview", short: "Ovw", actions: OverviewScreen.actions) {
            OverviewScreen()
        },
        ScreenEntry(id: .assets, digit: "2", title: "Assets", short: "Assets", actions: AssetsScreen.actions) {
            AssetsScreen()
        },
        ScreenEntry(id: .graphs, digit: "3", title: "Graphs", short: "Graphs", actions: GraphsScreen.actions) {
            GraphsScreen()
        },
        ScreenEntry(id: .status, digit: "4", title: "Status", short: "Status", actions: StatusScreen.actions) {
            StatusScreen()
        },
        ScreenEntry(id: .kpis, digit: "5", title: "KPIs", short: "KPIs", actions: KPIsScreen.actions) { KPIsScreen() },
        ScreenEntry(id: .schedules, digit: "6", title: "Schedule", short: "Sched", actions: SchedulesScreen.actions) {
            SchedulesScreen()
        },
        ScreenEntry(id: .forecasts, digit: "7", title: "Forecast", short: "Fcst", actions: ForecastsScreen.actions) {
            ForecastsScreen()
        },
        ScreenEntry(id: .jobs, digit: "8", title: "Jobs", short: "Jobs", actions: JobsScreen.actions) { JobsScreen() },
        ScreenEntry(id: .audit, digit: "9", title: "Audit", short: "Audit", actions: AuditScreen.actions) {
            AuditScreen()
        },
        ScreenEntry(id: .admin, digit: "0", title: "Admin", short: "Admin", actions: AdminScreen.actions) {
            AdminScreen()
        },
    ]

    /// Actions of screens that open over others: forms, comparisons, settings.
    static let otherActions: [Action] =
        AlarmsScreen.actions + SettingsScreen.actions + TriggerScreen.actions
        + ExplainScreen.actions + CompareScreen.actions
}
