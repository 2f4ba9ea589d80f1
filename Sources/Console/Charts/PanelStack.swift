import EnergyCore
import Services
import TerminalKit

/// Several panels over one time axis, with one cursor, drawn as the chart kind says.
@MainActor
package struct PanelStack {
    package var panels: [PanelData]
    package var focus: Int?
    /// Only the focused panel.
    package var isAlone = false
    /// Whether titles say who gave the values.
    package var namesSources = false

    package init(panels: [PanelData], focus: Int? = nil, isAlone: Bool = false) {
        self.panels = panels
        self.focus = focus
        self.isAlone = isAlone
    }

    /// A panel that names the source of every line.
    private static func withSources(_ panel: PanelData) -> PanelData {
        var panel = panel
        for index in panel.lines.indices where !panel.lines[index].source.isEmpty {
            panel.lines[index].name += " (\(panel.lines[index].source))"
        }
        return panel
    }

    private func shown(_ settings: ConsoleSettings) -> [(index: Int, panel: PanelData)] {
        let all = panels.enumerated().map { (index: $0, panel: $1.wanted(settings)) }
        if isAlone, let focus, panels.indices.contains(focus) { return [all[focus]] }
        return all
    }

    package func draw(
        on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs, emptyText: String = "no charts here"
    ) {
        guard !panels.isEmpty else {
            canvas.text(emptyText, x: rect.x + 1, y: rect.y, role: .secondary)
            return
        }
        switch inputs.chart.kind {
        case .line, .bars: drawLines(on: &canvas, in: rect, inputs)
        default: drawFocused(on: &canvas, in: rect, inputs)
        }
    }

    private func drawLines(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let columns = ChartRenderer.columns(width: rect.width)
        let axis = PanelPicture.axis(inputs.chart, columns: columns, now: inputs.knownUntil, zone: inputs.zone)
        let renderer = ChartRenderer(axis: axis)
        let (body, axisRow) = rect.splitBottom(1)
        let visible = shown(inputs.settings)
        let shares = visible.map { item -> LayoutShare in
            let isLow = item.panel.isPrice || item.panel.isStrip
            return .flexible(weight: isLow ? 2 : item.index == 0 ? 4 : 3, minimum: isLow ? 2 : 4)
        }
        for (item, area) in zip(visible, Layout.rows(shares, in: body)) where !area.isEmpty {
            let data = namesSources && rect.width >= 120 ? Self.withSources(item.panel) : item.panel
            var panel = PanelPicture.panel(
                data, inputs.chart, columns: columns, glyphs: canvas.glyphs, settings: inputs.settings,
                TimeFormat(zone: inputs.zone, now: inputs.now))
            if item.panel.isPrice {
                panel.title += PriceNote.spans(item.panel, inputs, withFigures: rect.width >= 100)
            }
            renderer.draw(panel, on: &canvas, in: area, focused: focus == item.index)
        }
        renderer.drawAxis(on: &canvas, in: axisRow)
    }

    private func drawFocused(on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let index = min(max(0, focus ?? 0), panels.count - 1)
        let panel = panels[index].wanted(inputs.settings).within(inputs.chart.shown(zone: inputs.zone))
        let title = "\(panel.title.uppercased()) \(panel.unit)   \(inputs.chart.kind.rawValue)"
        canvas.titleRule(title, in: rect.row(0), focused: focus != nil)
        let body = rect.inset(top: 1)
        switch inputs.chart.kind {
        case .table: drawTable(panel, on: &canvas, in: body, inputs)
        case .histogram:
            Histogram(values: panel.lines.first?.samples.map(\.mean) ?? [], bins: max(2, body.height)).draw(
                on: &canvas, in: body)
        default: HeatMaps.map(panel, inputs).draw(on: &canvas, in: body)
        }
    }

    private func drawTable(_ panel: PanelData, on canvas: inout Canvas, in rect: Rect, _ inputs: ScreenInputs) {
        let rows = PanelTable.rows(panel)
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let columns =
            [TableColumn("time", "time", width: 16)]
            + panel.lines.indices.map {
                TableColumn("\($0)", panel.lines[$0].name, width: 12, align: .right)
            }
        let at = inputs.chart.cursor ?? inputs.chart.start
        let selected = rows.lastIndex { $0.start <= at } ?? 0
        TableView(columns: columns, rowCount: rows.count, isFocused: focus != nil, emptyText: "no data here") {
            row, column in
            guard let index = Int(column.id) else { return Span(format.full(rows[row].start)) }
            return Span(rows[row].values[index].map { inputs.data.readings.text($0, digits: 4) } ?? "--")
        }.draw(on: &canvas, in: rect, state: ListState(selected: selected, top: selected))
    }

    /// `12:15-12:30  grid 251 kW  plan 350 kW`
    package func readOut(_ inputs: ScreenInputs) -> String? {
        guard let cursor = inputs.chart.cursor else { return nil }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        var parts = [format.short(cursor)]
        for panel in panels.map({ $0.wanted(inputs.settings) }) {
            for line in panel.lines {
                guard let sample = line.sample(at: cursor) else { continue }
                let name =
                    panels.count > 1 && line.name.count < 10
                    ? "\(panel.title) \(line.name == "measured" ? "" : line.name)" : line.name
                parts.append("\(name.trimmed) \(inputs.data.readings.text(sample.mean)) \(panel.unit)")
            }
        }
        return parts.count == 1 ? "\(parts[0])  no values here" : parts.joined(separator: "  ")
    }
}

/// A panel as rows, for the table view, export and plain text.
package enum PanelTable {
    package struct Row: Hashable, Sendable {
        package var start: Instant
        package var values: [Double?]
    }

    package static func rows(_ panel: PanelData) -> [Row] {
        var byStart: [Instant: [Double?]] = [:]
        let none = [Double?](repeating: nil, count: panel.lines.count)
        for (index, line) in panel.lines.enumerated() {
            for sample in line.samples { byStart[sample.start, default: none][index] = sample.mean }
        }
        return byStart.sorted { $0.key < $1.key }.map { Row(start: $0.key, values: $0.value) }
    }

    /// All panels below each other: time, sensor, kind, value, unit.
    package static func export(_ panels: [PanelData], name: String, zone: Zone) -> ExportTable {
        var rows: [[String]] = []
        for panel in panels {
            for line in panel.lines where !line.isComputed {
                rows += line.samples.map {
                    [$0.start.text(in: zone), String(line.sensor), "\(line.kind)", String($0.mean), panel.unit]
                }
            }
        }
        return ExportTable(name: name, columns: ["event_start", "sensor", "kind", "value", "unit"], rows: rows)
    }
}

/// Days or weeks against the time in them.
package enum HeatMaps {
    package static func map(_ panel: PanelData, _ inputs: ScreenInputs) -> HeatMap {
        let zone = inputs.zone
        let isWeek = inputs.chart.kind == .week
        let slots = isWeek ? 7 * 24 : 96
        var rows: [Int: [(sum: Double, count: Int)]] = [:]
        let none = [(sum: Double, count: Int)](repeating: (0, 0), count: slots)
        for sample in panel.lines.first?.samples ?? [] {
            let local = zone.local(sample.start)
            let day = local.date.daysSinceEpoch
            let minute = Int(local.microsecondOfDay / 60_000_000)
            let weekday = local.date.isoWeekday - 1
            let row = isWeek ? day - weekday : day
            let length = max(1, Int((sample.end - sample.start).microseconds / 60_000_000) / (isWeek ? 60 : 15))
            let first = isWeek ? weekday * 24 + minute / 60 : minute / 15
            for slot in first..<min(slots, first + length) {
                rows[row, default: none][slot].sum += sample.mean
                rows[row, default: none][slot].count += 1
            }
        }
        let format = TimeFormat(zone: zone, now: inputs.now)
        let made = rows.sorted { $0.key < $1.key }.map { day, values in
            HeatMap.Row(
                label: isWeek
                    ? "week \(format.day(zone.startOfDay(CivilDate(daysSinceEpoch: day))))"
                    : format.day(zone.startOfDay(CivilDate(daysSinceEpoch: day))),
                values: values.map { $0.count == 0 ? nil : $0.sum / Double($0.count) })
        }
        let ticks: [ChartAxis.Tick] =
            isWeek
            ? TimeFormat.weekdays.enumerated().map { .init(column: $0 * 24, label: $1) }
            : stride(from: 0, to: 24, by: 6).map { .init(column: $0 * 4, label: "\(TimeFormat.two($0)):00") }
        return HeatMap(rows: made, ticks: ticks, unit: panel.unit)
    }
}
