import EnergyCore
import Services
import TerminalKit

/// What stands beside or under the chart: alarms, what comes next, the health of the data.
struct OverviewSide {
    let model: OverviewModel
    let selected: SiteRow?

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let areas = Layout.rows(
            [.flexible(weight: 2, minimum: 3), .flexible(weight: 2, minimum: 3), .fixed(4)], in: rect)
        drawAlarms(on: &canvas, in: areas[0], inputs)
        drawUpcoming(on: &canvas, in: areas[1])
        drawHealth(on: &canvas, in: areas[2])
    }

    func drawAlarms(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let active = model.alarms.filter(\.isActive)
        let alarms = active.filter { $0.priority == .alarm }.count
        let warnings = active.count - alarms
        let title =
            rect.width >= 120 || rect.width < 70
            ? "ALARMS  \(alarms) active  \(warnings) warnings" : "ALARMS \(alarms)+\(warnings)"
        canvas.titleRule(title, in: rect.row(0))
        let body = rect.inset(top: 1)
        if active.isEmpty {
            let text = model.isComplete ? "nothing needs attention" : "reading ..."
            canvas.text(text, x: body.x + 1, y: body.y, role: .secondary)
        }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        for (offset, alarm) in active.prefix(body.height).enumerated() {
            let role: Role = alarm.priority == .warning ? .warning : alarm.state == .new ? .alarm : .alarmAcknowledged
            canvas.spans(
                [
                    Span(alarm.since.map { format.short($0) } ?? "", .secondary), Span(" "),
                    Span(alarm.priority.letter, role),
                    Span(" \(alarm.place)  \(alarm.text)"),
                ], x: body.x, y: body.y + offset, width: body.width)
        }
    }

    private func drawUpcoming(on canvas: inout Canvas, in rect: Rect) {
        canvas.titleRule("NEXT HOURS", in: rect.row(0))
        let body = rect.inset(top: 1)
        if model.upcoming.isEmpty {
            let text = model.isComplete ? "no plan changes anything soon" : "reading ..."
            canvas.text(text, x: body.x + 1, y: body.y, role: .secondary)
        }
        for (offset, line) in model.upcoming.prefix(body.height).enumerated() {
            canvas.text(line, x: body.x + 1, y: body.y + offset, width: body.width - 1)
        }
    }

    private func drawHealth(on canvas: inout Canvas, in rect: Rect) {
        canvas.titleRule("DATA HEALTH", in: rect.row(0))
        let body = rect.inset(top: 1)
        guard model.isComplete else {
            canvas.text("reading ...", x: body.x + 1, y: body.y, role: .secondary)
            return
        }
        canvas.text(
            "sensors \(model.sensorCount)   stale \(model.staleCount)", x: body.x + 1, y: body.y, width: body.width - 1)
    }
}
