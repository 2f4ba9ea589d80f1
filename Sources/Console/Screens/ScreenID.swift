/// Names a screen, in scripts, settings and `--plain`.
package struct ScreenID: RawRepresentable, Hashable, Sendable {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let overview = ScreenID(rawValue: "overview")
    package static let assets = ScreenID(rawValue: "assets")
    package static let graphs = ScreenID(rawValue: "graphs")
    package static let status = ScreenID(rawValue: "status")
    package static let kpis = ScreenID(rawValue: "kpis")
    package static let schedules = ScreenID(rawValue: "schedules")
    package static let forecasts = ScreenID(rawValue: "forecasts")
    package static let jobs = ScreenID(rawValue: "jobs")
    package static let audit = ScreenID(rawValue: "audit")
    package static let admin = ScreenID(rawValue: "admin")
    package static let alarms = ScreenID(rawValue: "alarms")
    package static let trigger = ScreenID(rawValue: "trigger")
    package static let compare = ScreenID(rawValue: "compare")
    package static let explain = ScreenID(rawValue: "explain")
    package static let settings = ScreenID(rawValue: "settings")
    package static let upload = ScreenID(rawValue: "upload")
}
