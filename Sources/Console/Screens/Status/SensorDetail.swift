import EnergyCore
import Services
import TerminalKit

/// Details of one sensor: statistics by source and what depends on it.
struct SensorDetailQuery: Hashable, Sendable {
    var sensor: SensorID
    var belief: BeliefHorizon
    var quarter: Int64
    var start: Instant
    var end: Instant
    var step: TimeSpan
    var zone: Zone
    /// Whether the arrival of values is drawn as well.
    var showsDelays = false
    var readings = Readings()
    /// Whether there is room for figures in columns.
    var isWide = false
}

extension SensorDetailQuery {
    /// What is asked about a sensor in the window and with the settings of a screen.
    @MainActor
    init(_ sensor: SensorID, _ inputs: ScreenInputs, showsDelays: Bool = false) {
        let columns = max(1, ChartRenderer.columns(width: inputs.body.columns))
        self.init(
            sensor: sensor, belief: inputs.belief, quarter: inputs.now.seconds / 900, start: inputs.chart.start,
            end: inputs.chart.end, step: inputs.chart.step(columns: columns), zone: inputs.zone,
            showsDelays: showsDelays, readings: inputs.data.readings, isWide: inputs.body.columns >= 150)
    }
}

struct SensorDetailModel: Hashable, Sendable {
    var lines: [DetailLine]
    var panels: [PanelData]

    @Sendable
    static func load(_ query: SensorDetailQuery, _ data: ConsoleData) throws -> SensorDetailModel {
        let records = try data.records()
        guard let sensor = records.sensor(query.sensor) else { return SensorDetailModel(lines: [], panels: []) }
        let shown = [ShownPanel(title: sensor.name, sensors: [sensor])]
        let graph = GraphsQuery(
            asset: sensor.assetID, belief: query.belief, start: query.start, end: query.end, step: query.step)
        var panels = try GraphsModel.panels(shown, graph, data, records)
        if query.showsDelays, let delays = try delays(query, data) { panels.append(delays) }
        let reports = try data.services.data.statistics(
            of: sensor.id, StatisticsQuery(), as: query.belief, caller: data.caller)
        let format = TimeFormat(zone: query.zone, now: data.now)
        var lines: [DetailLine] = []
        if let last = try lastValue(sensor, reports, query, data) { lines.append(last) }
        lines.append(
            DetailLine.heading(
                "STATS BY SOURCE   sensor \(sensor.id) \(sensor.name), \(sensor.unit), "
                    + "\(TimeFormat.length(sensor.resolution))"
            ))
        lines += table(reports, query, format)
        lines.append(.heading("WHAT DEPENDS ON IT"))
        let users = dependents(sensor.id, records)
        if users.isEmpty { lines.append(DetailLine("nothing", .secondary)) }
        for user in users {
            lines.append(DetailLine(" \(user.text)"))
            // Whose schedules fail because of it is worth more than a long list.
            if users.count <= 12 { lines += try fate(of: user.asset, format, data) }
        }
        return SensorDetailModel(lines: lines, panels: panels)
    }

    /// Whether values have always come as late as now; nil when none was ever late.
    private static func delays(_ query: SensorDetailQuery, _ data: ConsoleData) throws -> PanelData? {
        let samples = try data.series.arrivalDelays(
            of: query.sensor, from: query.start, to: min(query.end, data.now), as: query.belief, caller: data.caller)
        // What always comes at once needs no chart that says so.
        guard samples.contains(where: { $0.maximum >= 0.5 }) else { return nil }
        let line = PanelLine(
            name: "measured", sensor: query.sensor, kind: .measured, line: .measured,
            isInstant: false, samples: samples)
        var panel = PanelData(title: "arrival delay", unit: "min", lines: [line])
        panel.isStrip = true
        return panel
    }

    /// `last value 61 kW at 14:00, recorded 14:11 by meter gateway`
    private static func lastValue(
        _ sensor: Sensor, _ reports: [SourceReport], _ query: SensorDetailQuery, _ data: ConsoleData
    ) throws -> DetailLine? {
        let now = query.belief.moment(now: data.now)
        let past = reports.filter { SeriesKind(sourceType: $0.source.type) == .measured }
        guard let report = past.max(by: { $0.lastEventEnd < $1.lastEventEnd }) else { return nil }
        let age = max(.zero, now - report.lastEventEnd)
        let latest = try data.series.latest(
            of: [sensor.id], at: now, reach: age + sensor.resolution * 2 + .hours(1), as: query.belief,
            caller: data.caller)
        guard let sample = latest[sensor.id]?[.measured] else { return nil }
        let format = TimeFormat(zone: query.zone, now: data.now)
        return DetailLine([
            Span("last value ", .secondary), Span("\(query.readings.text(sample.mean)) \(sensor.unit)"),
            Span(
                " at \(format.short(sample.start)), recorded \(format.short(report.statistics.lastBelief))"
                    + (query.isWide ? " by \(report.source.name)" : ""), .secondary),
        ])
    }

    /// How the last schedule of an asset went, if there is one.
    private static func fate(of asset: AssetID, _ format: TimeFormat, _ data: ConsoleData) throws -> [DetailLine] {
        let jobs = try data.services.jobs.jobs(ofAsset: asset, as: data.caller).filter { $0.queue == "scheduling" }
        guard let job = jobs.max(by: { $0.enqueuedAt < $1.enqueuedAt }) else { return [] }
        return [
            DetailLine(
                [
                    Span("   last: #\(job.number) \(format.short(job.enqueuedAt)) ", .secondary),
                    Span(JobText.state(job), job.state == .failed ? .warning : .normal),
                    Span("  \(JobText.result(job))", .secondary),
                ], target: .job(job.id))
        ]
    }

    private static let figures: [(title: String, width: Int)] = [
        ("first event", 17), ("last event", 17), ("recorded", 17), ("count", 9), ("min", 9), ("max", 9), ("mean", 9),
        ("sum", 12),
    ]

    /// A row per source where there is room for all figures, else lines that wrap.
    private static func table(_ reports: [SourceReport], _ query: SensorDetailQuery, _ format: TimeFormat)
        -> [DetailLine]
    {
        guard query.isWide else { return reports.map { line($0, query, format) } }
        func cell(_ text: String, _ width: Int, _ align: TextAlignment = .right) -> String {
            TextWidth.padded(text, to: width, align: align, ellipsis: "~") + " "
        }
        let head = cell(" source", 32, .left) + figures.map { cell($0.title, $0.width) }.joined()
        let rows = reports.map { report -> DetailLine in
            let (found, readings) = (report.statistics, query.readings)
            let texts = [
                format.short(found.firstEventStart), format.short(report.lastEventEnd), format.short(found.lastBelief),
                String(found.count), readings.text(found.minimum), readings.text(found.maximum),
                found.mean.map { readings.text($0) } ?? "--", readings.text(found.sum, digits: 6),
            ]
            let name = " \(report.source.name) (\(report.source.type) \(report.source.id))"
            return DetailLine([
                Span(cell(name, 32, .left)),
                Span(zip(texts, figures).map { cell($0, $1.width) }.joined(), .secondary),
            ])
        }
        return [DetailLine(head, .columnHead)] + rows
    }

    private static func line(_ report: SourceReport, _ query: SensorDetailQuery, _ format: TimeFormat) -> DetailLine {
        let (found, readings) = (report.statistics, query.readings)
        var parts = [
            "\(format.short(found.firstEventStart)) .. \(format.short(report.lastEventEnd))",
            "recorded \(format.short(found.lastBelief))", "\(found.count) values",
            "min \(readings.text(found.minimum))", "max \(readings.text(found.maximum))",
        ]
        if let mean = found.mean { parts.append("mean \(readings.text(mean))") }
        parts.append("sum \(readings.text(found.sum, digits: 6))")
        return DetailLine([Span(" \(report.source.name)  "), Span(parts.joined(separator: "  "), .secondary)])
    }

    /// Flex-configurations, charts and figures that name the sensor.
    private static func dependents(_ id: SensorID, _ records: Directory) -> [(asset: AssetID, text: String)] {
        func mentions(_ value: JSONValue) -> Bool {
            switch value {
            case .array(let items): items.contains(where: mentions)
            case .object(let members): members["sensor"]?.intValue == id || members.contains { mentions($0.value) }
            case .int(let number): number == Int64(id)
            default: false
            }
        }
        var found: [(asset: AssetID, text: String)] = []
        for top in records.children(of: nil) {
            for asset in records.tree(from: top.id) {
                for (key, value) in asset.flexContext where mentions(value) {
                    found.append((asset.id, "schedules of \(asset.name) and all below it (flex-context \(key))"))
                }
                for (key, value) in asset.flexModel?.objectValue ?? JSONObject() where mentions(value) {
                    found.append((asset.id, "schedules of \(asset.name) (flex-model \(key))"))
                }
                if mentions(asset.sensorsToShowAsKPIs) { found.append((asset.id, "KPIs of \(asset.name)")) }
            }
        }
        return found
    }
}
