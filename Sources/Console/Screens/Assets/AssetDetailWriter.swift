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

    var now: Instant { query.belief.moment(now: data.now) }
    var format: TimeFormat { TimeFormat(zone: query.zone, now: data.now) }

    func column(_ text: String, _ width: Int, _ align: TextAlignment = .left) -> String {
        TextWidth.padded(text, to: width, align: align, ellipsis: "~")
    }

    /// A line in as many rows as it needs.
    func wrapped(_ line: DetailLine) -> [DetailLine] {
        line.wrapped(to: query.width).map { DetailLine($0, target: line.target) }
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
        let isWide = query.width >= 90
        let head =
            isWide
            ? "   id sensor                 asset                    source      staleness  resolution  reason"
            : "   id sensor                 staleness   reason"
        return [DetailLine(head, .columnHead)]
            + statuses.map { status in
                let age = status.verdict.staleness.map { TimeFormat.age($0) } ?? "--"
                var spans = [
                    Span(StalenessText.isTrouble(status.verdict, of: status.sensor) ? "W" : " ", .warning),
                    Span(column(String(status.sensor.id), 4, .right) + " "),
                ]
                if isWide {
                    spans += [
                        Span(column(status.sensor.name, 22) + " "), Span(column(status.assetName, 24) + " "),
                        Span(column(status.sourceType ?? "no data", 10) + " "), Span(column(age, 10, .right) + "  "),
                        Span(column(TimeFormat.length(status.sensor.resolution), 11) + " ", .secondary),
                    ]
                } else {
                    let source = status.sourceType.map { " (\($0))" } ?? ""
                    spans += [
                        Span(column("\(status.sensor.name)\(source)", 26)), Span(column(age, 8, .right) + "  "),
                    ]
                }
                spans.append(
                    Span(StalenessText.brief(status.verdict), status.verdict.isStale ? .normal : .secondary))
                var line = DetailLine(spans, target: .sensor(status.sensor.id))
                line.full =
                    "sensor \(status.sensor.id) \(status.sensor.name) of \(status.assetName): "
                    + StalenessText.sentence(status.verdict)
                return line
            }
    }

    func audit() throws -> [DetailLine] {
        var page = AuditQuery()
        page.pageSize = 50
        page.page = 1
        page.newestFirst = true
        let records = try data.services.audit.log(.asset(asset.id), page, as: data.caller).records
        if records.isEmpty { return [DetailLine("nothing was changed yet", .secondary)] }
        return records.flatMap { record in
            wrapped(
                DetailLine([
                    Span(" \(column(format.short(record.at), query.width < 70 ? 12 : 14)) ", .secondary),
                    Span(column(record.activeUserName ?? "operator", query.width < 70 ? 10 : 16) + " "),
                    Span(record.event),
                ]))
        }
    }
}

/// Flex fields as people read them.
enum FlexText {
    static func value(_ value: JSONValue, _ records: Directory) -> String {
        switch value {
        case .string(let text): return text
        case .array(let items):
            let ids = items.compactMap { $0.intValue ?? ($0.objectValue?.count == 1 ? $0["sensor"]?.intValue : nil) }
            if ids.count > 1, ids.count == items.count {
                return "sensors " + ids.map { "\($0) \(place(of: $0, records))" }.joined(separator: ", ")
            }
            return items.map { Self.value($0, records) }.joined(separator: ", ")
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

    /// The asset of a sensor: in a list that says more than `power` does.
    private static func place(of id: SensorID, _ records: Directory) -> String {
        guard let sensor = records.sensor(id) else { return "(gone)" }
        return records.asset(sensor.assetID)?.name ?? sensor.name
    }

    static func sensor(_ id: SensorID, _ records: Directory) -> String {
        guard let sensor = records.sensor(id) else { return "sensor \(id) (gone)" }
        let owner = records.asset(sensor.assetID).map { " of \($0.name)" } ?? ""
        return "sensor \(id) \(sensor.name)\(owner)"
    }
}
