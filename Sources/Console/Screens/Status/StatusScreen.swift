import EnergyCore
import Services
import TerminalKit

/// What the Status screen depends on.
struct StatusQuery: Hashable, Sendable {
    var asset: AssetID?
    var belief: BeliefHorizon
    var minute: Int64
    var zone: Zone
}

/// Freshness of all sensors of a place, worst first.
struct StatusModel: Hashable, Sendable {
    var list: ListModel

    @Sendable
    static func load(_ query: StatusQuery, _ data: ConsoleData) throws -> StatusModel {
        let records = try data.records()
        let tops = query.asset.flatMap { records.asset($0) }.map { [$0] } ?? data.sites(account: nil, records)
        let assets = tops.flatMap { records.tree(from: $0.id) }
        var ids = assets.flatMap { records.sensorIDs(ofAsset: $0.id) }
        var known = Set(ids)
        for asset in tops {
            for id in try data.services.status.sensors(ofStatusOf: asset.id, caller: data.caller)
            where known.insert(id).inserted { ids.append(id) }
        }
        let statuses = try data.services.status.statuses(of: ids, as: query.belief, caller: data.caller)
        let format = TimeFormat(zone: query.zone, now: data.now)
        let rows = statuses.map { row($0, format) }.sorted { a, b in
            (a.sortKeys["attention"] ?? 0, a.text("sensor")) < (b.sortKeys["attention"] ?? 0, b.text("sensor"))
        }
        let stale = rows.filter(\.needsAttention).count
        let none = statuses.filter { $0.sourceType == nil }.count
        var list = ListModel(title: "SENSORS", columns: columns, rows: rows)
        list.facts = "ok \(rows.count - stale - none)  stale \(stale)  no data \(none)"
        list.path =
            (query.asset.map {
                (records.ancestors(of: $0).reversed() + [records.asset($0)].compactMap { $0 }).map(\.name)
            } ?? []) + ["Status"]
        list.emptyText = "no sensors here"
        return StatusModel(list: list)
    }

    private static let columns = [
        TableColumn("mark", "!", width: 1), TableColumn("state", "state", width: 7),
        TableColumn("sensor", "sensor", width: 17, grow: 2),
        TableColumn("asset", "asset", width: 15, grow: 2),
        TableColumn("staleness", "staleness", width: 9, align: .right),
        TableColumn("reason", "reason", width: 18, grow: 3), TableColumn("id", "id", width: 5, align: .right, rank: 4),
        TableColumn("source", "source", width: 10, rank: 3),
        TableColumn("resolution", "resolution", width: 10, rank: 5),
    ]

    private static func row(_ status: SensorStatus, _ format: TimeFormat) -> RowModel {
        let kind = status.sourceType.map { SeriesKind(sourceType: $0) }
        let isEmpty = status.sourceType == nil
        let isStale = !isEmpty && StalenessText.isTrouble(status.verdict, of: status.sensor)
        let state = isEmpty ? "no data" : isStale ? (kind == .measured ? "stale" : "short") : "ok"
        return RowModel(
            id: "\(status.sensor.id) \(status.sourceType ?? "")",
            cells: [
                "mark": Span(isStale ? "W" : "", .warning),
                "state": Span(state, isStale ? .warning : isEmpty ? .secondary : .normal),
                "sensor": Span(status.sensor.name), "asset": Span(status.assetName),
                "staleness": Span(
                    status.verdict.staleness.map { TimeFormat.age($0) } ?? "--", isStale ? .stale : .normal),
                "reason": Span(StalenessText.brief(status.verdict), .secondary),
                "id": Span(String(status.sensor.id), .secondary),
                "source": Span(status.sourceType ?? "", .secondary),
                "resolution": Span(TimeFormat.length(status.sensor.resolution), .secondary),
            ],
            sortKeys: [
                "attention": isStale ? (kind == .measured ? 0 : 1) : isEmpty ? 3 : 2,
                "staleness": status.verdict.staleness.map(\.inSeconds) ?? 0, "id": Double(status.sensor.id),
            ], needsAttention: isStale)
    }
}

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
}

extension SensorDetailQuery {
    /// What is asked about a sensor in the window and with the settings of a screen.
    @MainActor
    init(_ sensor: SensorID, _ inputs: ScreenInputs, showsDelays: Bool = false) {
        let columns = max(1, ChartRenderer.columns(width: inputs.body.columns))
        self.init(
            sensor: sensor, belief: inputs.belief, quarter: inputs.now.seconds / 900, start: inputs.chart.start,
            end: inputs.chart.end, step: inputs.chart.step(columns: columns), zone: inputs.zone,
            showsDelays: showsDelays, readings: inputs.data.readings)
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
        var lines = [
            DetailLine.heading(
                "STATS BY SOURCE   sensor \(sensor.id) \(sensor.name), \(sensor.unit), "
                    + "\(TimeFormat.length(sensor.resolution))"
            )
        ]
        for report in try data.services.data.statistics(
            of: sensor.id, StatisticsQuery(), as: query.belief, caller: data.caller)
        {
            lines.append(line(report, query, TimeFormat(zone: query.zone, now: data.now)))
        }
        lines.append(.heading("WHAT DEPENDS ON IT"))
        let users = dependents(sensor.id, records)
        lines += users.isEmpty ? [DetailLine("nothing", .secondary)] : users.map { DetailLine(" \($0)") }
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
    private static func dependents(_ id: SensorID, _ records: Directory) -> [String] {
        func mentions(_ value: JSONValue) -> Bool {
            switch value {
            case .array(let items): items.contains(where: mentions)
            case .object(let members): members["sensor"]?.intValue == id || members.contains { mentions($0.value) }
            case .int(let number): number == Int64(id)
            default: false
            }
        }
        var found: [String] = []
        for top in records.children(of: nil) {
            for asset in records.tree(from: top.id) {
                for (key, value) in asset.flexContext where mentions(value) {
                    found.append("schedules of \(asset.name) and all below it (flex-context \(key))")
                }
                for (key, value) in asset.flexModel?.objectValue ?? JSONObject() where mentions(value) {
                    found.append("schedules of \(asset.name) (flex-model \(key))")
                }
                if mentions(asset.sensorsToShowAsKPIs) { found.append("KPIs of \(asset.name)") }
            }
        }
        return found
    }
}

/// Freshness by source type, the reason in words, and what breaks because of it.
@MainActor
final class StatusScreen: ListScreen {
    static let id = ScreenID.status
    private let model = ViewModel<StatusQuery, StatusModel>(StatusModel.load)
    private let detail = ViewModel<SensorDetailQuery, SensorDetailModel>(SensorDetailModel.load)
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var listModel: ListModel? { model.value?.list }
    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { detail.value?.lines ?? [] }
    var detailPanels: [PanelData] { detail.value?.panels ?? [] }
    var sensorID: SensorID? { selectedRow.flatMap { $0.id.split(separator: " ").first }.flatMap { Int($0) } }
    var subject: Subject? { sensorID.map { .sensor($0) } }

    func update(_ inputs: ScreenInputs) {
        model.ask(
            StatusQuery(
                asset: inputs.place.asset, belief: inputs.belief, minute: inputs.now.seconds / 60, zone: inputs.zone),
            inputs)
        fitRows()
        guard let sensor = sensorID else { return }
        detail.ask(SensorDetailQuery(sensor, inputs, showsDelays: true), inputs)
    }

    func openRow(_ row: RowModel, _ inputs: ScreenInputs) -> [Intent] {
        sensorID.map { DetailNavigation.open(.sensor($0), inputs) } ?? []
    }

    func copyDetail(_ inputs: ScreenInputs) -> String? {
        sensorID.map { CurlText.get("/api/v3_0/sensors/\($0)/status", []) }
    }

    func statusLine(_ inputs: ScreenInputs) -> String? {
        focus == 1 ? PanelStack(panels: detailPanels).readOut(inputs) : nil
    }

    static let actions: [Action] = []
}
