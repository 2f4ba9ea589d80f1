import EnergyCore
import Services
import TerminalKit

/// From data and window to what the renderer draws.
package enum PanelPicture {
    /// The columns of a window.
    package static func mapper(_ view: ChartView, columns: Int) -> ColumnMapper {
        ColumnMapper(start: view.start.microseconds, step: view.step(columns: columns).microseconds, count: columns)
    }

    package static func columns(_ line: PanelLine, _ mapper: ColumnMapper) -> [ChartBucket?] {
        if line.isInstant, line.samples.allSatisfy({ $0.count == 1 }) {
            return mapper.columns(
                ofInstants: line.samples.map { (time: $0.start.microseconds, value: $0.mean) },
                longest: TimeSpan.hours(6).microseconds)
        }
        return mapper.columns(
            of: line.samples.map {
                ChartSample(
                    start: $0.start.microseconds, end: $0.end.microseconds,
                    bucket: ChartBucket(minimum: $0.minimum, maximum: $0.maximum, mean: $0.mean))
            })
    }

    /// The panel as lines or bars.
    package static func panel(
        _ data: PanelData, _ view: ChartView, columns: Int, glyphs: Glyphs, settings: ConsoleSettings,
        _ format: TimeFormat
    ) -> ChartPanel {
        let mapper = mapper(view, columns: columns)
        let shown = data.lines.filter {
            !view.hidden.contains($0.name) && !view.hidden.contains("\($0.sensor) \($0.kind)")
        }
        var panel = ChartPanel(title: title(data, shown, glyphs: glyphs), series: [])
        panel.series = shown.prefix(6).map { line in
            ChartSeries(
                name: line.name, line: line.line, columns: Self.columns(line, mapper),
                shadesNegative: settings.shadesNegative && line.kind == .plan, marksGaps: line.marksGaps)
        }
        if view.showsBand { panel.bands = shown.filter { !$0.ranges.isEmpty }.map { band($0.ranges, mapper) } }
        panel.limits = data.limits
        panel.marks = data.marks.compactMap { mark in
            mapper.column(of: mark.time.microseconds).map { ChartMark(column: $0, value: mark.value) }
        }
        panel.includesZero = data.includesZero
        panel.showsGrid = settings.showsGrid
        let gaps = gapText(panel.series, shown, format)
        if !gaps.isEmpty { panel.title.append(Span("  \(gaps)", .warning)) }
        if data.isPrice || data.isStrip || view.kind == .bars { panel.style = .bars }
        if panel.style == .bars { mergeForBars(&panel) }
        return panel
    }

    private static func title(_ data: PanelData, _ shown: [PanelLine], glyphs: Glyphs) -> [Span] {
        var title = [Span("\(data.title.uppercased()) \(data.unit)", .title)]
        // Bars are one series, whatever it is made of.
        for line in shown.prefix(6) where !(data.isPrice && shown.count == 1) {
            title.append(Span("   \(line.line.glyphs(glyphs).horizontal) ", line.line.role))
            title.append(Span(line.name, .secondary))
        }
        if !data.signNote.isEmpty { title.append(Span("   \(data.signNote)", .secondary)) }
        if !data.note.isEmpty { title.append(Span("   \(data.note)", .secondary)) }
        return title
    }

    /// Bars show one series: what is measured, and where nothing is, what is planned or expected.
    private static func mergeForBars(_ panel: inout ChartPanel) {
        guard var first = panel.series.first else { return }
        for other in panel.series.dropFirst() {
            for index in first.columns.indices where first.columns[index] == nil {
                first.columns[index] = other.columns[index]
            }
        }
        panel.series = [first]
    }

    private static func band(_ ranges: [SeriesRange], _ mapper: ColumnMapper) -> ChartBand {
        func columns(_ value: (SeriesRange) -> Double) -> [Double?] {
            mapper.columns(
                of: ranges.map { ChartSample(start: $0.start.microseconds, end: $0.end.microseconds, value: value($0)) }
            )
            .map { $0?.mean }
        }
        return ChartBand(lower: columns(\.lower), upper: columns(\.upper))
    }

    /// `gap 09:00-09:45`, or how many there are and the longest of them.
    private static func gapText(_ series: [ChartSeries], _ lines: [PanelLine], _ format: TimeFormat) -> String {
        let count = series.filter(\.marksGaps).reduce(0) { $0 + $1.gaps.count }
        guard count > 0 else { return "" }
        var longest: (from: Instant, to: Instant)?
        for line in lines where line.marksGaps {
            for (before, after) in zip(line.samples, line.samples.dropFirst()) where after.start > before.end {
                if longest.map({ after.start - before.end > $0.to - $0.from }) ?? true {
                    longest = (before.end, after.start)
                }
            }
        }
        guard let longest else { return count == 1 ? "1 gap" : "\(count) gaps" }
        let isOneDay = format.day(longest.from) == format.day(longest.to)
        let span = "\(format.short(longest.from))-\(isOneDay ? format.minute(longest.to) : format.short(longest.to))"
        return count == 1 ? "gap \(span)" : "\(count) gaps, longest \(span)"
    }

    /// The shared axis: ticks, now-line, cursor.
    package static func axis(_ view: ChartView, columns: Int, now: Instant, zone: Zone) -> ChartAxis {
        let mapper = mapper(view, columns: columns)
        return ChartAxis(
            count: columns, ticks: TimeTicks.ticks(view, columns: columns, zone: zone),
            now: mapper.column(of: now.microseconds), cursor: view.cursor.flatMap { mapper.column(of: $0.microseconds) }
        )
    }
}
