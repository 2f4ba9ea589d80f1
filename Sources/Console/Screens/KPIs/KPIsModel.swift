import EnergyCore
import Services
import TerminalKit

/// What the KPI screen depends on.
struct KPIsQuery: Hashable, Sendable {
    var asset: AssetID?
    var belief: BeliefHorizon
    /// First and one past the last local day.
    var start: Instant
    var end: Instant
    var zone: Zone
    /// For the trends in the table.
    var glyphs: GlyphSet
    var readings: Readings

    /// Local days of the period.
    var count: Int {
        zone.local(end - .hours(1)).date.daysSinceEpoch - zone.local(start).date.daysSinceEpoch + 1
    }
}

/// One day of a figure, and the same day of the period before.
struct KPIDay: Hashable, Sendable {
    var start: Instant
    var value: Double?
    var before: Double?
}

/// Daily figures of a place over a period, against the period before.
struct KPIsModel: Hashable, Sendable {
    var list: ListModel
    var panels: [String: PanelData]
    var days: [String: [KPIDay]] = [:]

    @Sendable
    static func load(_ query: KPIsQuery, _ data: ConsoleData) throws -> KPIsModel {
        let records = try data.records()
        guard let id = query.asset ?? data.sites(account: nil, records).first?.id, let asset = records.asset(id) else {
            return KPIsModel(list: ListModel(title: "KPIS", columns: columns, rows: []), panels: [:])
        }
        let service = data.services.kpis
        let now = try service.kpis(
            of: id, KPIQuery(start: query.start, end: query.end), as: query.belief, caller: data.caller)
        let earlier = query.zone.adding(days: -query.count, to: query.start)
        let before = try service.kpis(
            of: id, KPIQuery(start: earlier, end: query.start), as: query.belief, caller: data.caller)
        let series = try data.series.series(
            now.map { SeriesQuery(sensor: $0.sensor, start: earlier, end: query.end, step: .zero) },
            as: query.belief, caller: data.caller)
        var panels: [String: PanelData] = [:]
        var days: [String: [KPIDay]] = [:]
        let rows = now.map { value -> RowModel in
            let previous = before.first { $0.sensor == value.sensor && $0.title == value.title }
            let found = series.first { $0.sensor.id == value.sensor }
            let daily = Self.days(found?.parts.first?.samples ?? [], from: earlier, query)
            days[value.title] = daily
            if let found { panels[value.title] = panel(value.title, found, query) }
            return row(value, previous, daily, query)
        }
        let format = TimeFormat(zone: query.zone, now: data.now)
        var list = ListModel(title: "KPIS", columns: columns, rows: rows)
        list.facts = "\(query.count) days to \(format.day(query.end - .hours(1)))"
        list.path = [asset.name, "KPIs"]
        list.emptyText = "this asset has no sensors_to_show_as_kpis; Assets (2), tab Properties, m sets them"
        return KPIsModel(list: list, panels: panels, days: days)
    }

    /// The days of the period with the values that begin in them, beside those of as many days before.
    private static func days(_ samples: [SeriesSample], from earlier: Instant, _ query: KPIsQuery) -> [KPIDay] {
        let byDay = Dictionary(samples.map { (query.zone.local($0.start).date.daysSinceEpoch, $0.mean) }) { $1 }
        let first = query.zone.local(query.start).date.daysSinceEpoch
        return (0..<query.count).map { offset in
            let start = query.zone.startOfDay(CivilDate(daysSinceEpoch: first + offset))
            return KPIDay(start: start, value: byDay[first + offset], before: byDay[first + offset - query.count])
        }
    }

    /// The daily values, and behind them those of the period before, as if they were of the same days.
    private static func panel(_ title: String, _ found: SeriesData, _ query: KPIsQuery) -> PanelData {
        var panel = PanelData(ShownPanel(title: title, sensors: [found.sensor]), [found], names: [:])
        guard let line = panel.lines.first(where: { !$0.samples.isEmpty }) else { return panel }
        let shifted = line.samples.filter { $0.start < query.start }.map { sample -> SeriesSample in
            SeriesSample(
                sample.mean, from: query.zone.adding(days: query.count, to: sample.start),
                to: query.zone.adding(days: query.count, to: sample.end))
        }
        panel.lines = [line].map { line in
            var line = line
            line.samples.removeAll { $0.start < query.start }
            return line
        }
        if !shifted.isEmpty {
            panel.lines.append(
                PanelLine(
                    name: "\(query.count) days before", sensor: line.sensor, kind: line.kind, line: .forecast,
                    isInstant: false, samples: shifted, isComputed: true))
        }
        return panel
    }

    private static let columns = [
        TableColumn("kpi", "KPI", width: 20, grow: 2, most: 40), TableColumn("unit", "unit", width: 8),
        TableColumn("function", "func", width: 5),
        TableColumn("value", "value", width: 11, align: .right),
        TableColumn("change", "change", width: 8, align: .right),
        TableColumn("trend", "trend", width: 10), TableColumn("previous", "previous", width: 11, align: .right),
        TableColumn("days", "days", width: 8, align: .right, rank: 2),
        TableColumn("sensor", "sensor", width: 6, align: .right, rank: 1),
    ]

    private static func row(_ value: KPIValue, _ previous: KPIValue?, _ days: [KPIDay], _ query: KPIsQuery)
        -> RowModel
    {
        let (glyphs, readings) = (query.glyphs, query.readings)
        let daily = days.map(\.value)
        let known = daily.count { $0 != nil }
        return RowModel(
            id: value.title,
            cells: [
                "kpi": Span(value.title), "unit": Span(value.unit, .secondary),
                "function": Span(value.function.rawValue, .secondary),
                "value": Span(figure(value, readings), .strong),
                "change": Span(change(value, previous)),
                "trend": Span(
                    known == 0 ? "" : Strip.spark(daily, width: min(10, max(7, daily.count)), glyphs: glyphs), .bar),
                "previous": Span(previous.map { figure($0, readings) } ?? "--", .secondary),
                "days": Span("\(known) of \(days.count)", known < days.count ? .warning : .secondary),
                "sensor": Span(String(value.sensor), .secondary),
            ], sortKeys: ["value": value.value, "previous": previous?.value ?? 0])
    }

    /// Money has two decimals, whatever is wanted of readings. What was made from nothing is unknown.
    private static func figure(_ value: KPIValue, _ readings: Readings) -> String {
        guard value.count > 0 else { return "--" }
        return Currencies.codes.contains(value.unit)
            ? NumberFormat.fixed(value.value, decimals: 2) : readings.fixed(value.value, decimals: 2)
    }

    private static func change(_ value: KPIValue, _ previous: KPIValue?) -> String {
        guard let previous, previous.count > 0, value.count > 0 else { return "" }
        let difference = value.value - previous.value
        let sign = difference > 0 ? "+" : ""
        if value.unit == "%" { return "\(sign)\(NumberFormat.fixed(difference, decimals: 1)) pp" }
        guard previous.value != 0 else { return "" }
        return "\(sign)\(NumberFormat.fixed(difference / abs(previous.value) * 100, decimals: 0)) %"
    }
}
