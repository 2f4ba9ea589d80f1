import EnergyCore
import Services
import TerminalKit

/// What the Jobs screen depends on.
struct JobsQuery: Hashable, Sendable {
    /// Only jobs of this queue; nil: all.
    var queue: String?
    /// Only jobs of this asset and what is below it; nil: all.
    var asset: AssetID?
    var zone: Zone
    var minute: Int64
}

/// The latest jobs, newest first.
struct JobsModel: Hashable, Sendable {
    var jobs: [Job]
    var list: ListModel
    var places: [JobID: String]

    @Sendable
    static func load(_ query: JobsQuery, _ data: ConsoleData) throws -> JobsModel {
        let records = try data.records()
        let below = query.asset.map { Set(records.tree(from: $0).map(\.id)) }
        let jobs = try data.services.jobs.jobs(limit: 500, as: data.caller).filter { job in
            let asset = job.assetID ?? job.sensorID.flatMap { records.sensor($0)?.assetID }
            return (query.queue == nil || job.queue == query.queue)
                && (below.map { set in asset.map { set.contains($0) } ?? false } ?? true)
        }.sorted { ($0.enqueuedAt, $0.number) > ($1.enqueuedAt, $1.number) }
        let format = TimeFormat(zone: query.zone, now: data.now)
        var places: [JobID: String] = [:]
        let rows = jobs.map { job -> RowModel in
            let place = JobText.place(job, records)
            places[job.id] = place
            let role: Role = job.state == .failed ? .warning : job.state == .canceled ? .secondary : .normal
            return RowModel(
                id: job.id,
                cells: [
                    "job": Span(String(job.number)), "queue": Span(job.queue), "state": Span(JobText.state(job), role),
                    "for": Span(place),
                    "at": Span(format.short(job.enqueuedAt), .secondary),
                    "took": Span(JobText.took(job, now: data.now)),
                    "result": Span(JobText.result(job)),
                    "by": Span(job.userID.flatMap { records.users[$0]?.username } ?? "operator", .secondary),
                    "uuid": Span(job.id, .secondary), "tries": Span(String(job.attempts), .secondary),
                ],
                sortKeys: [
                    "job": Double(job.number), "at": Double(job.enqueuedAt.microseconds), "tries": Double(job.attempts),
                ],
                needsAttention: job.state == .failed)
        }
        func count(_ state: JobState) -> Int { jobs.filter { $0.state == state }.count }
        var list = ListModel(title: "JOBS", columns: columns, rows: rows)
        let waiting = count(.queued) + count(.deferred)
        list.facts = "running \(count(.started))  queued \(waiting)  failed \(count(.failed))"
        list.path = ["Jobs"]
        list.emptyText = "no jobs yet; t triggers a schedule, F a forecast"
        return JobsModel(jobs: jobs, list: list, places: places)
    }

    static let columns = [
        TableColumn("job", "job", width: 4, align: .right), TableColumn("queue", "queue", width: 11),
        TableColumn("state", "state", width: 8),
        TableColumn("for", "for", width: 16, grow: 1), TableColumn("at", "at", width: 12, rank: 1),
        TableColumn("took", "took", width: 7, align: .right),
        TableColumn("result", "result or error", width: 20, grow: 3),
        TableColumn("by", "by", width: 10, rank: 2), TableColumn("tries", "tries", width: 5, align: .right, rank: 4),
        TableColumn("uuid", "uuid", width: 36, rank: 3),
    ]
}

/// Jobs in words.
enum JobText {
    static func place(_ job: Job, _ records: Directory) -> String {
        if let sensor = job.sensorID.flatMap({ records.sensor($0) }) {
            return records.asset(sensor.assetID).map(\.name) ?? sensor.name
        }
        return job.assetID.flatMap { records.asset($0)?.name } ?? ""
    }

    static func state(_ job: Job) -> String {
        switch job.state {
        case .started: "running"
        case .finished: "done"
        case .deferred: "waits"
        default: job.state.name
        }
    }

    static func took(_ job: Job, now: Instant) -> String {
        guard let started = job.startedAt else { return "" }
        return short((job.endedAt ?? now) - started)
    }

    private static func short(_ span: TimeSpan) -> String {
        span < .seconds(10) ? "\(NumberFormat.fixed(span.inSeconds, decimals: 2)) s" : TimeFormat.age(span)
    }

    static func result(_ job: Job) -> String {
        switch job.state {
        case .failed: return job.error?.split(separator: "\n").last.map(String.init) ?? job.errorClass ?? "failed"
        case .started: return "\(NumberFormat.fixed(job.progress * 100, decimals: 0)) % \(job.progressText)"
        case .deferred: return "waits for other jobs"
        case .queued: return "waits for a worker"
        case .finished: return outcome(job)
        case .canceled: return "canceled"
        }
    }

    /// What a job brought, in figures where it tells them.
    private static func outcome(_ job: Job) -> String {
        let found = job.result?.objectValue
        if let count = (found?["beliefs"] ?? found?["num-beliefs"])?.intValue {
            return count == 1 ? "1 value" : "\(count) values"
        }
        guard let outputs = found?["outputs"]?.arrayValue else { return job.progressText }
        let count = outputs.reduce(0) { $0 + ($1["values"]?.arrayValue?.count ?? 0) }
        let cost = found?["cost"]?.doubleValue.map { ", cost \(NumberFormat.fixed($0, decimals: 2))" } ?? ""
        return "\(count) values\(cost) \(found?["currency"]?.stringValue ?? "")".trimmed
    }

    /// The reason in full, what may help, and the request.
    static func details(_ job: Job, place: String, _ inputs: ScreenInputs) -> [DetailLine] {
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        var lines = [DetailLine.heading("JOB \(job.number)  \(job.queue)  \(place)")]
        var state = "state      \(self.state(job))"
        if job.attempts > 1 { state += " after \(job.attempts) tries" }
        if let end = job.endedAt { state += " at \(format.second(end))" }
        lines.append(DetailLine(state, job.state == .failed ? .warning : .normal))
        if job.state == .failed {
            lines += (job.error ?? "no reason is recorded").split(separator: "\n").map {
                DetailLine("reason     \(job.errorClass.map { "\($0): " } ?? "")\($0)")
            }
            lines.append(DetailLine("try        \(JobText.advice(job))"))
        }
        if job.state == .started {
            let bar = ProgressBar(fraction: job.progress).text(width: 40, glyphs: inputs.glyphs.glyphs)
            lines.append(
                DetailLine(
                    "progress   \(bar) \(NumberFormat.fixed(job.progress * 100, decimals: 0)) %  "
                        + "\(job.progressText)  K cancels"
                ))
        }
        let waited = job.startedAt.map { "   waited \(short($0 - job.enqueuedAt))" } ?? ""
        let duration = job.startedAt == nil ? "" : "   took \(took(job, now: inputs.now))"
        lines.append(DetailLine("enqueued   \(format.full(job.enqueuedAt))\(waited)\(duration)", .secondary))
        let user = job.userID.map { inputs.records?.users[$0]?.username ?? "user \($0)" } ?? "operator"
        lines.append(DetailLine("by         \(user)", .secondary))
        lines.append(DetailLine("id         \(job.id)", .secondary))
        lines.append(DetailLine("request    \(brief(job.payload.text()))", .secondary))
        if let result = job.result { lines.append(DetailLine("result     \(brief(result.text()))", .secondary)) }
        for (key, value) in job.metadata where key != "job_id" {
            let label = TextWidth.padded(key, to: max(10, TextWidth.of(key)), align: .left, ellipsis: "~")
            lines.append(DetailLine("\(label) \(brief(value.stringValue ?? value.text()))", .secondary))
        }
        return lines
    }

    /// Long enough to tell what it is; Y copies how to get all of it.
    private static func brief(_ text: String) -> String {
        text.utf8.count <= 400 ? text : String(text.prefix(400)) + " ..."
    }

    private static func advice(_ job: Job) -> String {
        let text = (job.error ?? "").lowercased()
        if text.contains("price") {
            return "prices are missing for the window: Status (4) shows since when; t with a shorter duration"
        }
        if text.contains("infeasible") || text.contains("constraint") || text.contains("soc") {
            return "t opens the form: relax-constraints penalises instead of failing; x explains"
        }
        return "R runs it again; t opens the form with other values"
    }
}

/// Queue, progress, cause and next step.
@MainActor
final class JobsScreen: ListScreen {
    static let id = ScreenID.jobs
    private let model = ViewModel<JobsQuery, JobsModel>(JobsModel.load)
    private var lines: [DetailLine] = []
    var pane = ListPane()
    var detailState = ListState()
    var focus = 0
    var isPaneAlone = false

    var listModel: ListModel? { model.value?.list }
    var listFailure: ErrorText? { model.failure }
    var detailLines: [DetailLine] { lines }
    var selectedJob: Job? { model.value?.jobs.first { $0.id == selectedRow?.id } }
    var subject: Subject? { selectedJob.map { .job($0.id) } }

    func update(_ inputs: ScreenInputs) {
        model.ask(JobsQuery(queue: nil, asset: nil, zone: inputs.zone, minute: inputs.now.seconds / 60), inputs)
        fitRows()
        lines = selectedJob.map { JobText.details($0, place: model.value?.places[$0.id] ?? "", inputs) } ?? []
    }

    func copyText() -> String? { selectedJob?.id }
    func copyDetail(_ inputs: ScreenInputs) -> String? {
        selectedJob.map { CurlText.get("/api/v3_0/jobs/\($0.id)", []) }
    }

    static let actions: [Action] = [
        .on(
            JobsScreen.self, "retry", "run the job again", keys: ["R"], hint: "retry", writes: true,
            when: { screen, _ in
                guard let job = screen.selectedJob else { return .unavailable("no job is selected") }
                return job.state.isOver ? .available : .unavailable("the job has not ended yet; K cancels it")
            }
        ) { screen, _ in
            guard let job = screen.selectedJob else { return [] }
            return [
                .work(
                    title: "retry",
                    Work { data in
                        try data.services.jobs.retry(job.id, as: data.caller)
                        return "job \(job.number) is in the queue again"
                    })
            ]
        },
        .on(
            JobsScreen.self, "cancel", "cancel the job", keys: ["K"], hint: "cancel", writes: true,
            when: { screen, _ in
                guard let job = screen.selectedJob else { return .unavailable("no job is selected") }
                return job.state.isOver ? .unavailable("the job has ended already") : .available
            }
        ) { screen, _ in
            let jobs = screen.chosenRows.map(\.id)
            return [
                .work(
                    title: "cancel",
                    Work { data in
                        for id in jobs { try data.services.jobs.cancel(id, as: data.caller) }
                        return jobs.count == 1 ? "the job was canceled" : "\(jobs.count) jobs were canceled"
                    })
            ]
        },
    ]
}
