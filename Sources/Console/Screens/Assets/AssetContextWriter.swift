import EnergyCore
import Services
import TerminalKit

/// Writes the first tab of an asset: what it is, its sensors, its flex-configuration with where each field is set, and
/// what happened to it lately.
struct AssetContextWriter {
    private let writer: AssetDetailWriter
    private var asset: Asset { writer.asset }
    private var data: ConsoleData { writer.data }
    private var records: Directory { writer.records }
    private var format: TimeFormat { writer.format }
    private var isWide: Bool { writer.query.width >= 110 }

    init(_ writer: AssetDetailWriter) {
        self.writer = writer
    }

    func lines() throws -> [DetailLine] { try head() + sensorLines() + flexLines() + recentLines() }

    private func head() -> [DetailLine] {
        let parent = asset.parentID.flatMap { records.asset($0) }.map { "\($0.name) (\($0.id))" } ?? "none"
        let children = records.children(of: asset.id).count
        var first = ["id \(asset.id)", asset.type.name, "owner \(writer.owner ?? "public")"]
        if let external = asset.externalID, !external.isEmpty { first.append("external id \(external)") }
        var second = ["parent \(parent)", "children \(children)"]
        if isWide, let latitude = asset.latitude, let longitude = asset.longitude {
            let north = "\(NumberFormat.significant(abs(latitude), digits: 6)) \(latitude < 0 ? "S" : "N")"
            let east = "\(NumberFormat.significant(abs(longitude), digits: 6)) \(longitude < 0 ? "W" : "E")"
            second.append("where \(north) \(east)")
        }
        return [DetailLine(first.joined(separator: "  ")), DetailLine(second.joined(separator: "  "))]
    }

    // MARK: Sensors

    private func sensorLines() throws -> [DetailLine] {
        let sensors = records.sensors(of: asset.id)
        var lines = [DetailLine.heading("SENSORS \(sensors.count)")]
        if sensors.isEmpty { return lines + [DetailLine("none; N adds one", .secondary)] }
        let head = [
            "   id ", fit("name", nameWidth), isWide ? "unit        resolution " : "",
            writer.column("last value", isWide ? 12 : 13, .right), " ", fit("at", isWide ? 13 : 6), "state  ",
            isWide ? " source             24 h" : "",
        ]
        lines.append(DetailLine(head.joined(), .columnHead))
        let latest = try data.series.latest(
            of: sensors.map(\.id), at: writer.now, reach: .days(3), as: writer.query.belief, caller: data.caller)
        let statuses = Dictionary(
            grouping: try data.services.status.statuses(
                of: sensors.map(\.id), as: writer.query.belief, caller: data.caller), by: \.sensor.id)
        let days = isWide ? try self.days(sensors) : [:]
        return lines + sensors.map { line($0, latest[$0.id] ?? [:], statuses[$0.id] ?? [], days[$0.id]) }
    }

    private var nameWidth: Int { isWide ? 23 : max(10, writer.query.width - 35) }

    /// A text in a column with a blank behind it.
    private func fit(_ text: String, _ width: Int) -> String { writer.column(text, width) + " " }

    /// The last 24 hours of each sensor.
    private func days(_ sensors: [Sensor]) throws -> [SensorID: SeriesData] {
        let queries = sensors.map {
            SeriesQuery(sensor: $0.id, start: writer.now - .hours(24), end: writer.now, step: .hours(1))
        }
        let found = try data.series.series(queries, as: writer.query.belief, caller: data.caller)
        return Dictionary(found.map { ($0.sensor.id, $0) }) { first, _ in first }
    }

    private func line(
        _ sensor: Sensor, _ latest: [SeriesKind: SeriesSample], _ statuses: [SensorStatus], _ day: SeriesData?
    ) -> DetailLine {
        let kind: SeriesKind = latest[.measured] != nil ? .measured : latest[.plan] != nil ? .plan : .forecast
        let sample = latest[kind]
        let number = sample.map { data.readings.text($0.mean, digits: 4) } ?? "--"
        let value = isWide || sample == nil ? number : "\(number) \(sensor.unit)"
        let word = kind == .measured ? "" : kind == .plan ? "plan" : "fcst"
        let at = sample.map { time($0.start, word) } ?? ""
        let isStale =
            !statuses.isEmpty && statuses.allSatisfy { StalenessText.isTrouble($0.verdict, of: $0.sensor) }
        let state = statuses.contains { $0.sourceType == nil } ? "no data" : isStale ? "stale" : "ok"
        var spans = [Span(writer.column(String(sensor.id), 5, .right) + " "), Span(fit(sensor.name, nameWidth))]
        if isWide {
            spans.append(
                Span(fit(sensor.unit, 11) + fit(TimeFormat.length(sensor.resolution), 10), .secondary))
        }
        spans += [
            Span(writer.column(value, isWide ? 12 : 13, .right), isStale ? .stale : .normal),
            Span(" " + fit(at, isWide ? 13 : 6), .secondary),
            Span(writer.column(state, 7), state == "stale" ? .warning : state == "ok" ? .normal : .secondary),
        ]
        if let day { spans += tail(day, kind) }
        return DetailLine(spans, target: .sensor(sensor.id))
    }

    /// Who gave the values, and how they went.
    private func tail(_ day: SeriesData, _ kind: SeriesKind) -> [Span] {
        guard let part = day.parts.first(where: { $0.kind == kind }) else { return [] }
        let source = part.sources.count == 1 ? part.sources[0].name : "\(part.sources.count) sources"
        let start = writer.now - .hours(24)
        let hours = (0..<24).map { hour -> Double? in
            let from = start + .hours(Int64(hour))
            return part.samples.last { $0.start < from + .hours(1) && $0.end > from }?.mean
        }
        let spark = hours.contains { $0 != nil } ? Strip.spark(hours, width: 12, glyphs: writer.query.glyphs) : ""
        return [Span(" " + fit(source, 18), .secondary), Span(spark, .bar)]
    }

    /// The hour, or the day of what is older; `plan` where nobody has measured.
    private func time(_ moment: Instant, _ word: String) -> String {
        if isWide { return word.isEmpty ? format.short(moment) : "\(format.short(moment)) \(word)" }
        let isToday = format.day(moment) == format.day(writer.now)
        return !word.isEmpty ? word : isToday ? format.minute(moment) : format.day(moment)
    }

    // MARK: Flex-configuration

    private func flexLines() -> [DetailLine] {
        let model = asset.flexModel?.objectValue ?? JSONObject()
        let effective = records.inheritedFlexContext(of: asset.id)
        let longest = (model.keys + effective.keys).map { TextWidth.of($0) }.max() ?? 0
        let keyWidth = isWide ? 28 : min(26, longest)
        // On a heading `m` adds a field.
        let newModel = DetailTarget.flexModel(key: "")
        let newContext = DetailTarget.flexContext(key: "", owner: asset.id)
        var lines = [heading("FLEX-MODEL \(model.count)", newModel)]
        if model.isEmpty {
            lines.append(DetailLine("none; m adds a field: this is no device yet", .secondary, target: newModel))
        }
        for (key, value) in model {
            lines.append(flexLine(key, value, "own", .flexModel(key: key), keyWidth: keyWidth))
        }
        lines.append(heading("FLEX-CONTEXT \(effective.count)  effective: own and inherited", newContext))
        if effective.isEmpty {
            lines.append(
                DetailLine("none; m adds a field: prices and limits of a site", .secondary, target: newContext))
        }
        for (key, value) in effective {
            let source =
                asset.flexContext[key] != nil
                ? asset : records.ancestors(of: asset.id).first { $0.flexContext[key] != nil }
            let isOwn = source?.id == asset.id
            let origin = isOwn ? "own" : isWide ? "inherited from \(source?.name ?? "")" : "inherited"
            let target = DetailTarget.flexContext(key: key, owner: source?.id ?? asset.id)
            lines.append(flexLine(key, value, origin, target, keyWidth: keyWidth))
        }
        return lines
    }

    private func heading(_ text: String, _ target: DetailTarget) -> DetailLine {
        DetailLine([Span(text, .title)], target: target, isHeading: true)
    }

    private func flexLine(
        _ key: String, _ value: JSONValue, _ origin: String, _ target: DetailTarget, keyWidth: Int
    ) -> DetailLine {
        let room = writer.query.width - 1 - keyWidth - 2 - (isWide ? 32 : 10)
        let text =
            FlexInput.text(ofEvents: value, now: data.now, zone: writer.query.zone) ?? FlexText.value(value, records)
        var line = DetailLine(
            [Span(" " + fit(key, keyWidth)), Span(fit(text, max(8, room))), Span(origin, .secondary)], target: target)
        if TextWidth.of(text) > room || TextWidth.of(key) > keyWidth { line.full = "\(key): \(text), \(origin)" }
        return line
    }

    // MARK: Lately

    private func recentLines() throws -> [DetailLine] {
        var found: [(at: Instant, line: DetailLine)] = try data.services.jobs.jobs(ofAsset: asset.id, as: data.caller)
            .map { job in (job.enqueuedAt, line(of: job)) }
        var page = AuditQuery()
        page.pageSize = 6
        page.page = 1
        page.newestFirst = true
        // Who may not read the log still sees the jobs.
        let changes = (try? data.services.audit.log(.asset(asset.id), page, as: data.caller).records) ?? []
        found += changes.map { record in
            let who = record.activeUserName ?? "operator"
            return (
                record.at,
                DetailLine([Span(" " + fit(format.short(record.at), 12), .secondary), Span("\(who): \(record.event)")])
            )
        }
        guard !found.isEmpty else { return [] }
        let newest = found.sorted { $0.at > $1.at }.prefix(6)
        return [DetailLine.heading("RECENT")] + newest.flatMap { writer.wrapped($0.line) }
    }

    private func line(of job: Job) -> DetailLine {
        let kind = job.queue == "scheduling" ? "schedule" : job.queue == "forecasting" ? "forecast" : job.queue
        return DetailLine(
            [
                Span(" " + fit(format.short(job.enqueuedAt), 12), .secondary),
                Span("\(kind) #\(job.number) "),
                Span(JobText.state(job), job.state == .failed ? .warning : .normal),
                Span("  \(JobText.result(job))", .secondary),
            ], target: .job(job.id))
    }
}
