import EnergyCore
import TerminalKit

/// What works while a chart has the focus.
@MainActor
enum ChartActions {
    static let all: [Action] = [
        chart("zoom.in", "zoom in", ["+"], hint: "zoom", .zoomIn),
        chart("zoom.out", "zoom out", ["-"], .zoomOut),
        chart("fit", "fit to the day", ["="], .fit),
        chart("pan.right", "pan a quarter to the right", ["]"], hint: "pan", .pan(1)),
        chart("pan.left", "pan a quarter to the left", ["["], .pan(-1)),
        chart("day.next", "next day", ["}"], hint: "day", .panDays(1)),
        chart("day.previous", "previous day", ["{"], .panDays(-1)),
        chart("now", "go to now", ["."], hint: "now", .now),
        Action("chart.goto", "go to a date", keys: ["@"], hint: "go to", scope: .charts, group: .charts) { situation in
            [gotoPrompt(situation.inputs)]
        },
        Action(
            "chart.cursor", "cursor on or off; h l move it", keys: ["c"], hint: "cursor", scope: .charts, group: .charts
        ) {
            [.chart(.cursor(on: $0.inputs.chart.cursor == nil))]
        },
        chart("cursor.far-left", "cursor ten columns to the left", ["H"], .moveCursor(-10)),
        chart("cursor.far-right", "cursor ten columns to the right", ["L"], .moveCursor(10)),
        chart("kind", "chart type: line, bars, table, histogram, heat maps", ["v"], hint: "type", .nextKind),
        chart("band", "quantile band on or off", ["B"], .band),
    ]

    private static func chart(
        _ id: String, _ title: String, _ keys: [String], hint: String = "", _ command: ChartCommand
    ) -> Action {
        Action("chart.\(id)", title, keys: keys, hint: hint, scope: .charts, group: .charts) { _ in [.chart(command)] }
    }

    private static func gotoPrompt(_ inputs: ScreenInputs) -> Intent {
        .overlay(
            PromptOverlay(label: "go to (18:00, yesterday, 2026-03-17, +2d):") { text in
                guard let moment = MomentText.parse(text, now: inputs.now, zone: inputs.zone) else {
                    return [.message("\"\(text)\" is not a date or time")]
                }
                return [.chart(.goto(moment))]
            })
    }
}
