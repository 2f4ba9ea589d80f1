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
    /// When the judgement was made.
    var at: Instant

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
        return StatusModel(list: list, at: data.now)
    }

    private static let columns = [
        TableColumn("mark", "!", width: 1), TableColumn("state", "state", width: 7),
        TableColumn("sensor", "sensor", width: 17, grow: 2),
        TableColumn("asset", "asset", width: 15, grow: 2),
        TableColumn("staleness", "staleness", width: 9, align: .right),
        TableColumn("since", "since", width: 12, rank: 6),
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
                "since": Span(status.verdict.since.map { format.short($0) } ?? "", .secondary),
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
        if focus == 1, let text = PanelStack(panels: detailPanels).readOut(inputs) { return text }
        guard let at = model.value?.at else { return nil }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let next = Instant(seconds: (at.seconds / 60 + 1) * 60)
        return inputs.belief == .live ? "updated \(format.second(at)), next check \(format.second(next))" : nil
    }

    static let actions: [Action] = []
}
