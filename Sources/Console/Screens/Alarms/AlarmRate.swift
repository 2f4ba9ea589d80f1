import EnergyCore
import Services
import TerminalKit

/// How many alarms came in each hour of the last day.
@MainActor
struct AlarmRate {
    let past: AlarmPast

    func draw(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        guard let first = past.perHour.first?.start, let end = past.perHour.last?.end else { return }
        var view = inputs.chart
        (view.start, view.span, view.cursor, view.isDaily) = (first, end - first, nil, false)
        let columns = ChartRenderer.columns(width: rect.width)
        let axis = PanelPicture.axis(view, columns: columns, now: inputs.knownUntil, zone: inputs.zone)
        let samples = past.perHour.map {
            ChartSample(start: $0.start.microseconds, end: $0.end.microseconds, value: $0.mean)
        }
        let bars = ChartSeries(
            name: "", line: .measured, columns: PanelPicture.mapper(view, columns: columns).columns(of: samples))
        var panel = ChartPanel(
            title: [Span("ALARM RATE per hour, last 24 h", .title), Span("   \(marks(inputs))", .secondary)],
            series: [bars])
        panel.style = .bars
        let (plot, axisRow) = rect.splitBottom(1)
        let renderer = ChartRenderer(axis: axis)
        renderer.draw(panel, on: &canvas, in: plot)
        renderer.drawAxis(on: &canvas, in: axisRow)
    }

    private func marks(_ inputs: ScreenInputs) -> String {
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let flood = past.lastFlood.map { "; the last \(format.short($0))" } ?? "; none"
        return "good under \(AlarmPast.fine)   flood above \(AlarmPast.flood) in 10 min\(flood)"
    }

    /// `alarm rate 4 in the last hour, 31 in 24 h; good under 6 an hour, ...`
    func sentence(_ inputs: ScreenInputs) -> String {
        let day = past.perHour.reduce(0) { $0 + Int($1.mean) }
        return "alarm rate \(past.lastHour) in the last hour, \(day) in 24 h   \(marks(inputs))"
    }
}
