import EnergyCore
import Services
import TerminalKit

/// The Overview as sentences, with an exit code for monitoring.
enum OverviewPlain {
    @MainActor
    static func page(_ model: OverviewModel?, _ inputs: ScreenInputs) -> PlainPage {
        guard let model else { return PlainPage(lines: ["no answer from the store"], severity: .alarm) }
        let format = TimeFormat(zone: inputs.zone, now: inputs.now)
        let active = model.alarms.filter(\.isActive)
        let alarms = active.filter { $0.priority == .alarm }.count
        var lines = [
            "\(format.full(inputs.now)) \(format.offset(inputs.now)): \(count(model.rows.count, "site")), "
                + "\(count(alarms, "alarm")), \(count(active.count - alarms, "warning"))"
        ]
        lines += model.rows.map { sentence($0, inputs.data.readings) }
        lines += active.map { alarm in
            "\(alarm.priority == .alarm ? "Alarm" : "Warning") \(alarm.since.map { format.short($0) } ?? "") "
                + "\(alarm.place): \(alarm.text)"
        }
        return PlainPage(lines: lines, severity: alarms > 0 ? .alarm : active.isEmpty ? .fine : .warning)
    }

    private static func count(_ number: Int, _ thing: String) -> String {
        "\(number) \(thing)\(number == 1 ? "" : "s")"
    }

    private static func sentence(_ row: SiteRow, _ readings: Readings) -> String {
        var parts: [String] = []
        let grid = OverviewColumns.power(row.grid, readings).map { "grid \($0) kW" } ?? "grid unknown"
        parts.append(grid + (OverviewColumns.power(row.plan, readings).map { " (plan \($0))" } ?? ""))
        if let charge = row.charge { parts.append("SoC \(NumberFormat.fixed(charge, decimals: 0)) %") }
        if let cost = row.cost {
            let idle =
                row.againstIdle.map {
                    " (\(NumberFormat.fixed(abs($0), decimals: 2)) \($0 <= 0 ? "less" : "more") than idle)"
                } ?? ""
            parts.append("cost today \(NumberFormat.fixed(cost, decimals: 2)) \(row.currency)\(idle)")
        }
        if !row.next.isEmpty { parts.append("next \(row.next)") }
        return "\(row.name): " + parts.joined(separator: ", ")
    }
}
