import EnergyCore
import Services
import TerminalKit

/// What the Schedules screen depends on.
struct SchedulesQuery: Hashable, Sendable {
    var asset: AssetID?
    var belief: BeliefHorizon
    var zone: Zone
    var minute: Int64
}

/// Devices with their plans, then the jobs that made them.
struct SchedulesModel: Hashable, Sendable {
    var list: ListModel
    var jobs: [String: Job] = [:]
    var devices: [String: Asset] = [:]

    static let columns = [
        TableColumn("number", "#", width: 4, align: .right), TableColumn("for", "for", width: 16, grow: 2, most: 32),
        TableColumn("made", "made", width: 12, rank: 3),
        TableColumn("length", "len", width: 8, align: .right, rank: 2), TableColumn("state", "state", width: 8),
        TableColumn("took", "solve", width: 7, align: .right, rank: 4),
        TableColumn("cost", "cost", width: 8, align: .right, rank: 1),
        TableColumn("remarks", "remarks", width: 24, grow: 3), TableColumn("by", "by", width: 10, rank: 5),
        TableColumn("job", "job", width: 8, rank: 6),
    ]

    @Sendable
    static func load(_ query: SchedulesQuery, _ data: ConsoleData) throws -> SchedulesModel {
        let records = try data.records()
        let tops = query.asset.flatMap { records.asset($0) }.map { [$0] } ?? data.sites(account: nil, records)
        let assets = tops.flatMap { records.tree(from: $0.id) }
        var model = SchedulesModel(list: ListModel(title: "SCHEDULES", columns: columns, rows: []))
        try model.addDevices(assets, query, data, records)
        try model.addJobs(Set(assets.map(\.id)), query, data, records)
        let path =
            query.asset.map {
                (records.ancestors(of: $0).reversed() + [records.asset($0)].compactMap { $0 }).map(\.name)
            } ?? []
        model.list.path = path + ["Schedules"]
        model.list.emptyText = "no device here has a flex-model; Assets (2), m on FLEX-MODEL adds one"
        return model
    }

    /// The plan of every device that can be scheduled.
    private mutating func addDevices(
        _ assets: [Asset], _ query: SchedulesQuery, _ data: ConsoleData, _ records: Directory
    ) throws {
        let now = query.belief.moment(now: data.now)
        let format = TimeFormat(zone: query.zone, now: data.now)
        let flexible = assets.compactMap { asset -> (Asset, Sensor)? in
            guard asset.flexModel?.objectValue?.isEmpty == false,
                let sensor = records.sensors(of: asset.id).first(where: { Unit.isPower($0.unit) })
            else { return nil }
            return (asset, sensor)
        }
        let queries = flexible.map {
            SeriesQuery(sensor: $0.1.id, start: now - .days(7), end: now + .days(7), step: .zero, kinds: [.plan])
        }
        let series = try data.series.series(queries, as: query.belief, caller: data.caller)
        for (asset, sensor) in flexible {
            let samples = series.first { $0.sensor.id == sensor.id }?.parts.first?.samples ?? []
            let end = samples.last?.end
            let isLive = end.map { $0 > now } ?? false
            let present = samples.last { $0.start <= now && now < $0.end }
            let remark =
                isLive
                ? "plan until \(end.map { format.short($0) } ?? "")"
                    + (present.map { ", now \(data.readings.text($0.mean)) \(sensor.unit)" } ?? "")
                : end.map { "ended \(format.short($0)); t makes one" } ?? "no plan yet; t makes one"
            let id = "device \(asset.id)"
            devices[id] = asset
            list.rows.append(
                RowModel(
                    id: id,
                    cells: [
                        "for": Span(asset.name),
                        "state": Span(
                            isLive ? "in force" : end == nil ? "never" : "no plan",
                            isLive ? .normal : end == nil ? .secondary : .warning),
                        "length": Span(isLive ? TimeFormat.age((end ?? now) - now) : ""),
                        "remarks": Span(remark, .secondary),
                    ], sortKeys: ["order": end == nil ? 2 : isLive ? 1 : 0], needsAttention: !isLive && end != nil))
        }
        // What ran out comes first, what never had a plan last.
        list.rows.sort { a, b in
            (a.sortKeys["order"] ?? 0, a.text("for")) < (b.sortKeys["order"] ?? 0, b.text("for"))
        }
    }

    private mutating func addJobs(
        _ assets: Set<AssetID>, _ query: SchedulesQuery, _ data: ConsoleData, _ records: Directory
    ) throws {
        let format = TimeFormat(zone: query.zone, now: data.now)
        let all = try data.services.jobs.jobs(limit: 500, as: data.caller).filter { job in
            let asset = job.assetID ?? job.sensorID.flatMap { records.sensor($0)?.assetID }
            return job.queue == "scheduling" && (asset.map { assets.contains($0) } ?? false)
                && job.enqueuedAt <= query.belief.moment(now: data.now)
        }.sorted { $0.number > $1.number }
        for job in all {
            let id = "job \(job.id)"
            jobs[id] = job
            let role: Role = job.state == .failed ? .warning : .normal
            let cost = job.result?["cost"]?.doubleValue
            list.rows.append(
                RowModel(
                    id: id,
                    cells: [
                        "number": Span(String(job.number)), "for": Span(JobText.place(job, records)),
                        "made": Span(format.short(job.enqueuedAt), .secondary),
                        "length": Span(Self.length(job)), "state": Span(JobText.state(job), role),
                        "took": Span(JobText.took(job, now: data.now)),
                        "cost": Span(cost.map { "\(NumberFormat.fixed($0, decimals: 2))" } ?? ""),
                        "remarks": Span(JobText.result(job), job.state == .failed ? .warning : .secondary),
                        "by": Span(job.userID.flatMap { records.users[$0]?.username } ?? "operator", .secondary),
                        "job": Span(String(job.id.prefix(8)), .secondary),
                    ], sortKeys: ["number": Double(job.number), "cost": cost ?? 0], needsAttention: job.state == .failed
                ))
        }
    }

    private static func length(_ job: Job) -> String {
        guard let text = job.payload["message"]?["duration"]?.stringValue,
            let span = (try? ISODuration(parsing: text))?.absolute
        else { return "" }
        return TimeFormat.length(span)
    }
}

/// The request of a job as a draft, to explain it, compare it or send it again.
enum ScheduleRequestText {
    static func draft(_ job: Job, _ records: Directory) -> ScheduleDraft? {
        let sensor = job.sensorID.flatMap { records.sensor($0) }
        guard let asset = (job.assetID ?? sensor?.assetID).flatMap({ records.asset($0) }),
            let message = job.payload["message"]?.objectValue
        else { return nil }
        let target: ScheduleService.Target = sensor.map { .sensor($0.id) } ?? .asset(asset.id)
        return ScheduleDraft(asset: asset, target: target, title: asset.name, message: message)
    }

    /// A request for a device as it stands, for a day from the next slot on.
    @MainActor
    static func fresh(_ asset: Asset, _ records: Directory, _ inputs: ScreenInputs) -> ScheduleDraft? {
        guard let sensor = TriggerDevices.powerSensor(of: asset, asset.flexModel?.objectValue ?? JSONObject(), records)
        else { return nil }
        let step = max(sensor.resolution, .minutes(15)).microseconds
        let start = Instant(microseconds: (inputs.knownUntil.microseconds + step - 1) / step * step)
        return ScheduleDraft(
            asset: asset, target: .sensor(sensor.id), title: asset.name,
            message: ["start": .string(start.text(in: inputs.zone)), "duration": "PT24H"])
    }

    /// The flex fields of a message as the trigger form holds them; start and duration are chosen anew.
    static func prefill(_ message: JSONObject) -> [String: String] {
        var values: [String: String] = [:]
        for (part, prefix) in [("flex-model", "model "), ("flex-context", "context ")] {
            take(message[part]?.objectValue ?? JSONObject(), prefix, into: &values)
        }
        for entry in message["flex-model"]?.arrayValue?.compactMap(\.objectValue) ?? [] {
            guard let id = entry["sensor"]?.intValue else { continue }
            values["use \(id)"] = "true"
            take(entry, "dev \(id) ", into: &values)
        }
        return values
    }

    /// Levels at the start are left out: they are those of another moment.
    private static func take(_ members: JSONObject, _ prefix: String, into values: inout [String: String]) {
        for (key, value) in members where key != "soc-at-start" && key != "sensor" {
            values[prefix + key] = TriggerFields.text(value)
        }
    }
}
