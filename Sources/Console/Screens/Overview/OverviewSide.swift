import EnergyCore
import Services
import TerminalKit

/// What stands beside or under the chart: alarms, what comes next, the health of the data.
struct OverviewSide {
    let model: OverviewModel
    let selected: SiteRow?
    var kpis = OverviewKPIs()

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let kpiRows = kpis.figures.isEmpty ? 0 : min(kpis.figures.count, 9) + 2
        let areas = Layout.rows(
            [.flexible(weight: 2, minimum: 3), .flexible(weight: 2, minimum: 3), .fixed(4), .fixed(kpiRows)], in: rect)
        let kpiHeight = areas[3].height
        drawAlarms(on: &canvas, in: areas[0], inputs)
        kpis.draw(
            on: &canvas, in: Rect(x: rect.x, y: areas[0].endY, width: rect.width, height: kpiHeight),
            inputs.data.readings)
        drawUpcoming(on: &canvas, in: areas[1].moved(down: kpiHeight))
        drawHealth(on: &canvas, in: areas[2].moved(down: kpiHeight))
    }

    func drawAlarms(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let (alarms, warnings) = (model.counts.alarms, model.counts.warnings)
        let title =
            rect.width >= 120 || rect.width < 70
            ? "ALARMS  \(alarms) active  \(warnings) warnings" : "ALARMS \(alarms)+\(warnings)"
        canvas.titleRule(title, in: rect.row(0))
        let body = rect.inset(top: 1)
        if model.counts.total == 0 {
            let text = model.isComplete ? "nothing needs attention" : "reading ..."
            canvas.text(text, x: body.x + 1, y: body.y, role: .secondary)
        }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let shown = Array(model.alarms.lazy.filter(\.isActive).prefix(body.height))
        // What does not fit into one row takes a second one where there are enough.
        let mayWrap = shown.count * 2 <= body.height
        var y = body.y
        for alarm in shown {
            let role: Role = alarm.priority == .warning ? .warning : alarm.state == .new ? .alarm : .alarmAcknowledged
            let time = alarm.since.map { "\(format.short($0)) " } ?? ""
            let line = DetailLine([
                Span(time, .secondary), Span(alarm.priority.letter, role), Span(" \(alarm.place)  \(alarm.text)"),
            ])
            for spans in mayWrap ? line.wrapped(to: body.width) : [line.spans] {
                canvas.spans(spans, x: body.x, y: y, width: body.width)
                y += 1
            }
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
        guard !model.oldestSilence.isEmpty else { return }
        let line = DetailLine([Span("oldest: ", .secondary), Span(model.oldestSilence)])
        for (offset, spans) in line.wrapped(to: body.width - 1).prefix(body.height - 1).enumerated() {
            canvas.spans(spans, x: body.x + 1, y: body.y + 1 + offset, width: body.width - 1)
        }
    }
}
