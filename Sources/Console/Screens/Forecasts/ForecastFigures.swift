import EnergyCore
import Services
import TerminalKit

/// How good forecasts of a sensor were: by horizon as bars, by time of day as a table, or in two lines where there is
/// little room.
@MainActor
struct ForecastFigures {
    let errors: ForecastErrors
    let sensor: Sensor
    let readings: Readings

    /// Rows that are needed.
    static func height(in size: GridSize) -> Int { size.columns >= wide && size.rows >= 30 ? large : small }

    private static let (small, large, wide) = (6, 8, 120)

    func draw(on canvas: inout Canvas, in rect: Rect) {
        guard rect.height >= Self.large else {
            let (bars, text) = rect.splitBottom(2)
            drawBars(on: &canvas, in: bars)
            for (row, line) in shortLines.enumerated() {
                canvas.text(
                    line, x: text.x + 1, y: text.y + row, width: text.width - 1, role: row == 0 ? .normal : .secondary)
            }
            return
        }
        let (left, rest) = rect.splitLeft(rect.width / 2)
        drawBars(on: &canvas, in: left.inset(right: 1))
        drawPeriods(on: &canvas, in: rest)
    }

    private var period: String { errors.days == 1 ? "last day" : "last \(errors.days) days" }

    private func drawBars(on canvas: inout Canvas, in rect: Rect) {
        let columns = ChartRenderer.columns(width: rect.width)
        let hours = errors.byHorizon.count
        let (plot, axisRow) = rect.splitBottom(1)
        let values = Strip.resampled(errors.byHorizon.map(\.error), to: columns)
        let bars = ChartSeries(name: "", line: .forecast, columns: values.map { $0.map { ChartBucket($0) } })
        var panel = ChartPanel(
            title: [
                Span("ERROR BY HORIZON  MAE \(sensor.unit)", .title),
                Span("   1 h to \(max(1, hours)) h before, \(period)", .secondary),
            ], series: [bars])
        panel.style = .bars
        panel.emptyText = "no stored forecast was made before a measured value"
        let ticks = [1, 6, 12, 24, 36, 48, 72, 96, 120, 144, 168].filter { $0 <= hours }.map {
            ChartAxis.Tick(column: ($0 - 1) * columns / max(1, hours), label: "\($0) h")
        }
        let renderer = ChartRenderer(axis: ChartAxis(count: columns, ticks: ticks))
        renderer.draw(panel, on: &canvas, in: plot)
        renderer.drawAxis(on: &canvas, in: axisRow)
    }

    private func drawPeriods(on canvas: inout Canvas, in rect: Rect) {
        canvas.titleRule("RELIABILITY  last forecast before each value", in: rect.row(0))
        let periods = errors.periods.filter { $0.mean.count > 0 }
        let columns = [
            TableColumn("hour", "hour", width: 6), TableColumn("bias", "bias \(sensor.unit)", width: 10, align: .right),
            TableColumn("mae", "MAE \(sensor.unit)", width: 10, align: .right),
            TableColumn("worst", "worst day", width: 10), TableColumn("note", "note", width: 22, grow: 1),
        ]
        var table = TableView(
            columns: columns, rowCount: periods.count, isFocused: false,
            emptyText: "no stored forecast was made before a measured value"
        ) { row, column in
            let period = periods[row]
            switch column.id {
            case "hour": return Span(Self.hours(period))
            case "bias": return Span(period.bias.map { readings.signed($0) } ?? "--")
            case "mae": return Span(period.mean.error.map { readings.text($0) } ?? "--")
            case "worst": return Span(period.worstDay.map(Self.day) ?? "", .secondary)
            default: return Span(Self.note(period), .secondary)
            }
        }
        table.showsSelection = false
        table.draw(on: &canvas, in: rect.inset(top: 1, bottom: 1), state: ListState())
        canvas.text(bandText, x: rect.x + 1, y: rect.endY - 1, role: .secondary)
    }

    /// Bias by time of day, and how much of what came lay inside the band.
    var shortLines: [String] {
        let parts = errors.periods.compactMap { period in
            period.bias.map { "\(Self.hours(period)) \(readings.signed($0))" }
        }
        if parts.isEmpty { return [] }
        let worst =
            errors.periods.first { !Self.note($0).isEmpty }.map { "   \(Self.hours($0)) \(Self.note($0))" } ?? ""
        return ["bias \(sensor.unit)  " + parts.joined(separator: "  "), bandText + worst]
    }

    /// `share of values inside the 10-90 % band 83 % (ideal 80 %)`
    var bandText: String {
        guard let coverage = errors.coverage, let ideal = errors.bandShare else { return "the forecasts have no band" }
        func percent(_ share: Double) -> String { "\(NumberFormat.fixed(share * 100, decimals: 0)) %" }
        return "inside the \(percent(ideal)) band \(percent(coverage))"
    }

    /// All of it as text.
    var lines: [String] {
        let marks = [1, 6, 12, 24, 48].compactMap { hour in
            errors.byHorizon.indices.contains(hour - 1)
                ? errors.byHorizon[hour - 1].error.map { "\(hour) h \(readings.text($0))" } : nil
        }
        let byHorizon = "error by horizon, MAE \(sensor.unit), \(period)  " + marks.joined(separator: "   ")
        return (marks.isEmpty ? [] : [byHorizon]) + shortLines
    }

    private static func hours(_ period: ForecastErrors.Period) -> String {
        "\(TimeFormat.two(period.from))-\(TimeFormat.two(period.until))"
    }

    private static func day(_ date: CivilDate) -> String {
        "\(TimeFormat.weekdays[date.isoWeekday - 1]) \(date.day) \(TimeFormat.months[date.month - 1])"
    }

    /// What is wrong in one direction most of the time.
    private static func note(_ period: ForecastErrors.Period) -> String {
        guard let bias = period.bias, let error = period.mean.error, error > 0, period.mean.count >= 8,
            abs(bias) > 0.6 * error, (period.mean.share ?? 1) > 0.05
        else { return "" }
        return bias > 0 ? "expects too much" : "expects too little"
    }
}
