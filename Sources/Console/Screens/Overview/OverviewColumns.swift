import EnergyCore
import TerminalKit

/// The columns of the site table; they vanish from the right when the window narrows.
enum OverviewColumns {
    static func columns(isWide: Bool, currency: String) -> [TableColumn] {
        if !isWide {
            return [
                TableColumn("state", "St", width: 2), TableColumn("site", "Site", width: 14, grow: 1),
                TableColumn("grid", "Grid kW", width: 7, align: .right),
                TableColumn("plan", "Plan", width: 5, align: .right),
                TableColumn("soc", "SoC", width: 4, align: .right),
                TableColumn("cost", "\(currency) today", width: 9, align: .right, rank: 1),
                TableColumn("idle", "vs idle", width: 8, align: .right, rank: 2),
                TableColumn("next", "Next action", width: 22, grow: 1, rank: 1),
            ]
        }
        return [
            TableColumn("state", "St", width: 2), TableColumn("site", "Site", width: 16, grow: 2),
            TableColumn("grid", "Grid now kW", width: 11, align: .right),
            TableColumn("plan", "Plan kW", width: 7, align: .right),
            TableColumn("dev", "Dev", width: 6, align: .right, rank: 8),
            TableColumn("limit", "Limit %", width: 7, align: .right, rank: 7),
            TableColumn("soc", "SoC", width: 5, align: .right), TableColumn("day", "SoC 24h", width: 12, rank: 6),
            TableColumn("pv", "PV kW", width: 6, align: .right, rank: 5),
            TableColumn("load", "Load kW", width: 7, align: .right, rank: 4),
            TableColumn("cost", "Cost today \(currency)", width: 14, align: .right),
            TableColumn("idle", "vs idle", width: 8, align: .right),
            TableColumn("next", "Next action", width: 20, grow: 3),
            TableColumn("stale", "Stale", width: 5, align: .right, rank: 3),
            TableColumn("jobs", "Jobs", width: 6, rank: 2),
        ]
    }

    static func letter(_ row: SiteRow) -> String {
        switch row.state {
        case .alarm: row.isAcknowledged ? "A" : "!A"
        case .warning: "W"
        case .unknown: "?"
        case .fine: ""
        }
    }

    static func cell(_ row: SiteRow, _ column: String, glyphs: GlyphSet, _ readings: Readings) -> Span {
        func power(_ value: Double?) -> String? { Self.power(value, readings) }
        switch column {
        case "state":
            let role: Role =
                row.state == .alarm
                ? (row.isAcknowledged ? .alarmAcknowledged : .alarm) : row.state == .warning ? .warning : .normal
            return Span(letter(row), role)
        case "site": return Span(row.name, row.state == .alarm && !row.isAcknowledged ? .alarmAcknowledged : .normal)
        case "grid": return Span(power(row.grid) ?? "--", row.grid == nil ? .stale : .normal)
        case "plan": return Span(power(row.plan) ?? "")
        case "dev": return Span(row.deviation.map { ($0 > 0 ? "+" : "") + (power($0) ?? "") } ?? "")
        case "limit":
            return Span(
                row.limitShare.map { NumberFormat.fixed($0, decimals: 0) } ?? "",
                (row.limitShare ?? 0) > 100 ? .warning : .normal)
        case "soc": return Span(row.charge.map { NumberFormat.fixed($0, decimals: 0) + "%" } ?? "")
        case "day":
            return Span(row.chargeDay.isEmpty ? "" : Strip.spark(row.chargeDay, width: 12, glyphs: glyphs), .bar)
        case "pv": return Span(power(row.solar) ?? "")
        case "load": return Span(power(row.load) ?? "")
        case "cost": return Span(row.cost.map { NumberFormat.fixed($0, decimals: 2) } ?? "--")
        case "idle": return Span(row.againstIdle.map { NumberFormat.fixed($0, decimals: 2) } ?? "")
        case "next": return Span(row.next, row.next.hasPrefix("no ") ? .secondary : .normal)
        case "stale": return Span(row.stale == 0 ? "" : String(row.stale), .warning)
        case "jobs": return Span(row.jobs)
        default: return Span("")
        }
    }

    /// Without a wish, no decimals from a hundred on.
    static func power(_ value: Double?, _ readings: Readings) -> String? {
        value.map { value in
            let isLarge = readings.decimals == nil && (abs(value) >= 100 || value == 0)
            return isLarge ? NumberFormat.fixed(value, decimals: 0) : readings.text(value)
        }
    }

    private static let sortable = ["attention", "site", "grid", "dev", "soc", "cost"]

    static func next(_ order: TableSort?, reverse: Bool) -> TableSort? {
        if reverse {
            return order.map { TableSort(column: $0.column, descending: !$0.descending) }
                ?? TableSort(column: "site", descending: true)
        }
        let index = sortable.firstIndex(of: order?.column ?? "attention") ?? 0
        let name = sortable[(index + 1) % sortable.count]
        return name == "attention" ? nil : TableSort(column: name)
    }

    static func sorted(_ rows: [SiteRow], by order: TableSort) -> [SiteRow] {
        func key(_ row: SiteRow) -> Double {
            switch order.column {
            case "grid": row.grid ?? -.infinity
            case "dev": abs(row.deviation ?? 0)
            case "soc": row.charge ?? -.infinity
            case "cost": row.cost ?? -.infinity
            default: 0
            }
        }
        let sorted = rows.sorted { a, b in
            order.column == "site" ? a.name < b.name : key(a) == key(b) ? a.name < b.name : key(a) < key(b)
        }
        return order.descending ? sorted.reversed() : sorted
    }
}
