import EnergyCore
import Services
import TerminalKit

/// What the Forecasts screen depends on.
struct ForecastsQuery: Hashable, Sendable {
    var asset: AssetID?
    var belief: BeliefHorizon
    var zone: Zone
    var quarter: Int64
    /// How its figures are written.
    var readings: Readings
}

/// Skill of a sensor's forecasts over the last week.
struct ForecastSkill: Hashable, Sendable {
    /// Mean absolute error, in the sensor's unit and as a share of the mean size of the values.
    var error: Double?
    var share: Double?
    /// Against the value of the same time the day before: 1 is perfect, 0 as good.
    var skill: Double?
    var bias: Double?

    init(_ data: SeriesData, from: Instant, until: Instant) {
        let measured = data.parts.first { $0.kind == .measured }?.samples ?? []
        let forecast = Dictionary(
            (data.parts.first { $0.kind == .forecast }?.samples ?? []).map { ($0.start, $0.mean) },
            uniquingKeysWith: { $1 })
        let known = Dictionary(measured.map { ($0.start, $0.mean) }, uniquingKeysWith: { $1 })
        var errors: [Double] = []
        var naive: [Double] = []
        var size = 0.0
        for sample in measured where sample.start >= from && sample.start < until {
            guard let expected = forecast[sample.start] else { continue }
            errors.append(expected - sample.mean)
            size += abs(sample.mean)
            if let before = known[sample.start - .days(1)] { naive.append(abs(before - sample.mean)) }
        }
        guard !errors.isEmpty else { return }
        let count = Double(errors.count)
        let mean = errors.reduce(0) { $0 + abs($1) } / count
        error = mean
        share = size > 0 ? mean / (size / count) * 100 : nil
        bias = errors.reduce(0, +) / count
        let reference = naive.isEmpty ? 0 : naive.reduce(0, +) / Double(naive.count)
        skill = reference > 0 ? 1 - mean / reference : nil
    }
}

/// Sensors with forecasts: how far they reach and how good they were.
struct ForecastsModel: Hashable, Sendable {
    var list: ListModel
    var skills: [SensorID: ForecastSkill] = [:]
    var sensors: [SensorID: Sensor] = [:]

    static let columns = [
        TableColumn("id", "id", width: 4, align: .right, rank: 1),
        TableColumn("sensor", "sensor", width: 12, grow: 1), TableColumn("asset", "asset", width: 13, grow: 2),
        TableColumn("model", "model", width: 11, grow: 1),
        TableColumn("made", "made", width: 12, align: .right, rank: 3),
        TableColumn("reach", "reaches", width: 8, align: .right),
        TableColumn("mae", "MAE 7 d", width: 10, align: .right),
        TableColumn("share", "MAE %", width: 7, align: .right, rank: 2),
        TableColumn("skill", "skill", width: 5, align: .right),
        TableColumn("state", "state", width: 5), TableColumn("errors", "error by horizon", width: 16, rank: 4),
    ]

    @Sendable
    static func load(_ query: ForecastsQuery, _ data: ConsoleData) throws -> ForecastsModel {
        let records = try data.records()
        let now = query.belief.moment(now: data.now)
        let tops = query.asset.flatMap { records.asset($0) }.map { [$0] } ?? data.sites(account: nil, records)
        let forecasters = Set(records.sources.values.filter { $0.type == "forecaster" }.map(\.id))
        var model = ForecastsModel(list: ListModel(title: "FORECASTS", columns: columns, rows: []))
        let sensors = tops.flatMap { records.tree(from: $0.id) }.flatMap { records.sensors(of: $0.id) }
        let queries = sensors.map {
            SeriesQuery(
                sensor: $0.id, start: now - .days(8), end: now + .days(4), step: .zero, kinds: [.measured, .forecast])
        }
        for series in forecasters.isEmpty ? [] : try data.series.series(queries, as: query.belief, caller: data.caller)
        {
            guard let part = series.parts.first(where: { $0.kind == .forecast }) else { continue }
            let skill = ForecastSkill(series, from: now - .days(7), until: now)
            model.skills[series.sensor.id] = skill
            model.sensors[series.sensor.id] = series.sensor
            model.list.rows.append(
                row(series.sensor, part, skill, TimeFormat(zone: query.zone, now: now), records, data.readings))
        }
        model.list.facts = "MAE of 7 days, skill against the same time the day before"
        model.list.path = (query.asset.flatMap { records.asset($0)?.name }.map { [$0] } ?? []) + ["Forecasts"]
        model.list.emptyText = "no sensor here has forecasts; F on a sensor makes one"
        return model
    }

    private static func row(
        _ sensor: Sensor, _ part: SeriesPart, _ skill: ForecastSkill, _ format: TimeFormat, _ records: Directory,
        _ readings: Readings
    ) -> RowModel {
        let reach = part.samples.last.map { $0.end - format.now }
        let made = part.lastBelief.flatMap { $0 <= format.now ? $0 : nil }
        let isShort = reach.map { $0 <= .zero } ?? true
        let state = isShort ? "ended" : (skill.skill ?? 0) < 0.05 && skill.skill != nil ? "weak" : "ok"
        let source = part.sources.last
        return RowModel(
            id: String(sensor.id),
            cells: [
                "id": Span(String(sensor.id)), "sensor": Span(sensor.name),
                "asset": Span(records.asset(sensor.assetID)?.name ?? ""),
                "model": Span(source?.model ?? source?.name ?? "", .secondary),
                "made": Span(made.map { format.short($0) } ?? "--", .secondary),
                "reach": Span(reach.map { TimeFormat.age($0) } ?? "--"),
                "mae": Span(skill.error.map { "\(readings.text($0)) \(sensor.unit)" } ?? "--"),
                "share": Span(skill.share.map { "\(NumberFormat.fixed($0, decimals: 1)) %" } ?? "--"),
                "skill": Span(
                    skill.skill.map { ($0 > 0 ? "+" : "") + NumberFormat.fixed($0 * 100, decimals: 0) + "%" } ?? "--"),
                "state": Span(state, state == "ok" ? .normal : .warning),
            ],
            sortKeys: [
                "id": Double(sensor.id), "mae": skill.error ?? 0, "skill": skill.skill ?? -9, "share": skill.share ?? 0,
            ],
            needsAttention: state != "ok")
    }
}
