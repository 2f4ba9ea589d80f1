/// All settings, by the table that reads them.
enum SettingsPage {
    static var text: String {
        let rows = Setting.all.map { setting in
            "| `\(setting.name)` | \(([setting.variable] + setting.aliases).map { "`\($0)`" }.joined(separator: ", ")) | \(setting.help) |"
        }
        return (["# Settings", "", "| setting | environment | meaning |", "|---|---|---|"] + rows).joined(
            separator: "\n") + "\n"
    }
}
