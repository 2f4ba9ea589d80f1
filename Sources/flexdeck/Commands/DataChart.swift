import EnergyCore
import Services
import TerminalKit

/// A sensor's data as a chart of characters, 100 columns wide.
struct DataChart {
    let sensor: Sensor
    let answer: DataAnswer
    let zone: Zone

    private static let size = GridSize(columns: 100, rows: 18)

    var text: String {
        guard let first = answer.starts.first else { return "There is nothing in that window." }
        var canvas = Canvas(size: Self.size, theme: Theme.mono.resolved(depth: .none), glyphs: GlyphSet.unicode.glyphs)
        let count = ChartRenderer.columns(width: Self.size.columns)
        let end = first.seconds + max(1, answer.duration.microseconds / 1_000_000)
        let mapper = ColumnMapper(
            start: first.seconds, step: max(1, (end - first.seconds + Int64(count) - 1) / Int64(count)), count: count)
        let length = max(1, answer.resolution.microseconds / 1_000_000)
        let samples = zip(answer.starts, answer.values).compactMap { start, value in
            value.isNaN ? nil : ChartSample(start: start.seconds, end: start.seconds + length, value: value)
        }
        let title = [Span("\(TextTable.printable(sensor.name)) [\(answer.unit)]", .title)]
        let panel = ChartPanel(
            title: title,
            series: [ChartSeries(name: sensor.name, line: .measured, columns: mapper.columns(of: samples))])
        let renderer = ChartRenderer(axis: ChartAxis(count: count, ticks: ticks(mapper)))
        renderer.draw(panel, on: &canvas, in: Rect(x: 0, y: 0, width: Self.size.columns, height: Self.size.rows - 1))
        renderer.drawAxis(on: &canvas, in: Rect(x: 0, y: Self.size.rows - 1, width: Self.size.columns, height: 1))
        return canvas.grid.text
    }

    /// Six labels of date or clock, whichever tells the columns apart.
    private func ticks(_ mapper: ColumnMapper) -> [ChartAxis.Tick] {
        let showsDates = mapper.end - mapper.start > 3 * 86_400
        return (0..<6).map { index in
            let column = mapper.count * index / 6
            let local = Instant(seconds: mapper.start + mapper.step * Int64(column)).text(in: zone)
            let label = showsDates ? local.dropFirst(5).prefix(5) : local.dropFirst(11).prefix(5)
            return ChartAxis.Tick(column: column, label: String(label))
        }
    }
}
