import EnergyCore
import Services
import TerminalKit

/// Writes the lines of an asset's sub-tabs.
struct AssetDetailWriter {
    let asset: Asset
    let owner: String?
    let query: AssetDetailQuery
    let data: ConsoleData
    let records: Directory

    private var now: Instant { query.belief.moment(now: data.now) }
    private var format: TimeFormat { TimeFormat(zone: query.zone, now: data.now) }

    private func column(_ text: String, _ width: Int, _ align: TextAlignment = .left) -> String {
        TextWidth.padded(text, to: width, align: align, ellipsis: "~")
    }

    func context() throws -> [DetailLine] {
        let parent = asset.parentID.flatMap { records.asset($0)?.name }
        var lines = [
            DetailLine("id \(asset.id)  \(asset.type.name)  owner \(owner ?? "public")"),
            DetailLine("parent \(parent ?? "none")  children \(records.children(of: asset.id).count)"),
        ]
        lines += try sensorLines() + flexModelLines() + flexContextLines() + jobLines()
        return lines
    }

    private func sensorLines() throws -> [DetailLine] {
        let sensors = records.sensors(of: asset.id)
        var lines = [DetailLine.heading("SENSORS \(sensors.count)")]
        if sensors.isEmpty { return lines + [DetailLine("none; A adds one", .secondary)] }
        lines.append(DetailLine("   id name                   last value    at           state", .columnHead))
        let latest = try data.series.latest(
            of: sensors.map(\.id), at: now, reach: .days(3), as: query.belief, caller: data.caller)
        let statuses = Dictionary(
            grouping: try data.services.status.statuses(of: sensors.map(\.id), as: query.belief, caller: data.caller),
            by: \.sensor.id)
        for sensor in sensors {
            let found = latest[sensor.id] ?? [:]
            let sample = found[.measured] ?? found[.plan] ?? found[.forecast]
            let note = found[.measured] == nil && sample != nil ? " plan" : ""
            let value = sample.map { "\(data.readings.text($0.mean, digits: 4)) \(sensor.unit)" } ?? "--"
            let entries = statuses[sensor.id] ?? []
            let isStale =
                !entries.isEmpty && entries.allSatisfy { StalenessText.isTrouble($0.verdict, of: $0.sensor) }
            let state = entries.contains { $0.sourceType == nil } ? "no data" : isStale ? "stale" : "ok"
            lines.append(
                DetailLine(
                    [
                        Span(column(String(sensor.id), 5, .right) + " "), Span(column(sensor.name, 22)),
                        Span(column(value, 13, .right), isStale ? .stale : .normal),
                        Span(" " + column((sample.map { format.short($0.start) } ?? "") + note, 13), .secondary),
                        Span(state, state == "stale" ? .warning : state == "ok" ? .normal : .secondary),
                    ], target: .sensor(sensor.id)))
        }
        return lines
    }

    private func flexModelLines() -> [DetailLine] {
        let model = asset.flexModel?.objectValue ?? JSONObject()
        var lines = [DetailLine.heading("FLEX-MODEL \(model.count)")]
        if model.isEmpty {
            return lines + [DetailLine("none; m adds a field: this asset is not scheduled as a device", .secondary)]
        }
        for (key, value) in model {
            lines.append(
                DetailLine(
                    [
                        Span(" " + column(key, 26)), Span(column(FlexText.value(value, records), 34)),
                        Span("own", .secondary),
                    ],
                    target: .flexModel(key: key)))
        }
        return lines
    }

    private func flexContextLines() -> [DetailLine] {
        let effective = records.inheritedFlexContext(of: asset.id)
        var lines = [DetailLine.heading("FLEX-CONTEXT \(effective.count)  effective: own and inherited")]
        if effective.isEmpty {
            return lines + [DetailLine("none; m adds a field: prices and capacities of the site", .secondary)]
        }
        for (key, value) in effective {
            let source =
                asset.flexContext[key] != nil
                ? asset : records.ancestors(of: asset.id).first { $0.flexContext[key] != nil }
            let isOwn = source?.id == asset.id
            lines.append(
                DetailLine(
                    [
                        Span(" " + column(key, 26)), Span(column(FlexText.value(value, records), 34)),
                        Span(isOwn ? "own" : "inherited from \(source?.name ?? "")", .secondary),
                    ], target: .flexContext(key: key, owner: source?.id ?? asset.id)))
        }
        return lines
    }

    private func jobLines() throws -> [DetailLine] {
        let jobs = try data.services.jobs.jobs(ofAsset: asset.id, as: data.caller).sorted {
            $0.enqueuedAt > $1.enqueuedAt
        }.prefix(5)
        guard !jobs.isEmpty else { return [] }
        return [DetailLine.heading("RECENT JOBS")]
            + jobs.map { job in
                let text = job.error?.split(separator: "\n").last.map(String.init) ?? job.progressText
                return DetailLine(
                    [
                        Span(" \(column(format.short(job.enqueuedAt), 13))"), Span(column(job.queue, 13)),
                        Span(column(job.state.name, 10), job.state == .failed ? .warning : .normal),
                        Span(text, .secondary),
                    ], target: .job(job.id))
            }
    }

    func properties() -> [DetailLine] {
        func line(_ key: String, _ value: String, _ target: String? = nil) -> DetailLine {
            DetailLine(
                [Span(" " + column(key, 24), .secondary), Span(value)], target: target.map { .property($0) } ?? .none)
        }
        var lines = [
            line("id", String(asset.id)), line("name", asset.name, "name"),
            line("type", asset.type.name, "generic_asset_type_id"),
            line("account", owner ?? "public"),
            line("parent", asset.parentID.flatMap { records.asset($0)?.name } ?? "none", "parent_asset_id"),
            line("latitude", asset.latitude.map { String($0) } ?? "", "latitude"),
            line("longitude", asset.longitude.map { String($0) } ?? "", "longitude"),
            line("external id", asset.externalID ?? "", "external_id"),
            .heading("ATTRIBUTES \(asset.attributes.count)"),
        ]
        for (key, value) in asset.attributes { lines.append(line(key, value.text(), "attributes")) }
        if asset.attributes.isEmpty { lines.append(DetailLine(" none; E edits them as JSON", .secondary)) }
        lines.append(.heading("CHARTS"))
        lines.append(line("sensors_to_show", asset.sensorsToShow.text(), "sensors_to_show"))
        lines.append(line("sensors_to_show_as_kpis", asset.sensorsToShowAsKPIs.text(), "sensors_to_show_as_kpis"))
        return lines
    }

    func status() throws -> [DetailLine] {
        let ids = records.sensorIDs(ofAsset: asset.id)
        let related = try data.services.status.sensors(ofStatusOf: asset.id, caller: data.caller).filter {
            !ids.contains($0)
        }
        let statuses = try data.services.status.statuses(of: ids + related, as: query.belief, caller: data.caller)
        if statuses.isEmpty { return [DetailLine("no sensors", .secondary)] }
        return [DetailLine("   id sensor                 staleness   reason", .columnHead)]
            + statuses.map { status in
                let age = status.verdict.staleness.map { TimeFormat.age($0) } ?? ""
                return DetailLine(
                    [
                        Span(StalenessText.isTrouble(status.verdict, of: status.sensor) ? "W" : " ", .warning),
                        Span(column(String(status.sensor.id), 4, .right) + " "),
                        Span(column("\(status.sensor.name)\(status.sourceType.map { " (\($0))" } ?? "")", 26)),
                        Span(column(age, 8, .right) + "  "),
                        Span(StalenessText.brief(status.verdict), status.verdict.isStale ? .normal : .secondary),
                    ], target: .sensor(status.sensor.id))
            }
    }

    func audit() throws -> [DetailLine] {
        var page = AuditQuery()
        page.pageSize = 50
        page.page = 1
        page.newestFirst = true
        let records = try data.services.audit.log(.asset(asset.id), page, as: data.caller).records
        if records.isEmpty { return [DetailLine("nothing was changed yet", .secondary)] }
        return records.map { record in
            DetailLine([
                Span(" \(column(format.short(record.at), 14))", .secondary),
                Span(column(record.activeUserName ?? "operator", 16)),
                Span(record.event),
            ])
        }
    }
}

/// Flex fields as people read them.
enum FlexText {
    static func value(_ value: JSONValue, _ records: Directory) -> String {
        switch value {
        case .string(let text): return text
        case .array(let items): return items.map { Self.value($0, records) }.joined(separator: ", ")
        case .object(let members):
            if let id = members["sensor"]?.intValue, members.count == 1 { return sensor(id, records) }
            if let text = members["value"]?.stringValue, let at = members["datetime"]?.stringValue {
                return "\(text) at \(at)"
            }
            return value.text()
        case .int(let id): return sensor(Int(id), records)
        default: return value.text()
        }
    }

    static func sensor(_ id: SensorID, _ records: Directory) -> String {
        guard let sensor = records.sensor(id) else { return "sensor \(id) (gone)" }
        let owner = records.asset(sensor.assetID).map { " of \($0.name)" } ?? ""
        return "sensor \(id) \(sensor.name)\(owner)"
    }
}
