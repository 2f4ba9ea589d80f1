import EnergyCore
import Services
import TerminalKit

/// The charts of a device with the prices it is scheduled against, and what its plan does with them in one line.
struct ScheduleCharts: Hashable, Sendable {
    var panels: [PanelData] = []
    /// `buys at 57.2 EUR/MWh, sells at 134; next 19:00 -90 kW`
    var note = ""

    @Sendable
    static func load(_ query: GraphsQuery, _ data: ConsoleData) throws -> ScheduleCharts {
        let records = try data.records()
        var charts = ScheduleCharts(panels: try GraphsModel.load(query, data).panels)
        guard let id = query.asset else { return charts }
        let context = records.inheritedFlexContext(of: id)["consumption-price"]
        let sensor = (context?["sensor"]?.intValue ?? context?.intValue).flatMap { records.sensor($0) }
        guard let sensor, data.canRead(sensor, records) else { return charts }
        if !charts.panels.contains(where: { $0.lines.contains { $0.sensor == sensor.id } }) {
            charts.panels += try GraphsModel.panels(
                [ShownPanel(title: sensor.name, sensors: [sensor])], query, data, records)
        }
        charts.note = note(charts.panels, sensor, now: query.belief.moment(now: data.now), data, records)
        return charts
    }

    private static func note(
        _ panels: [PanelData], _ price: Sensor, now: Instant, _ data: ConsoleData, _ records: Directory
    ) -> String {
        guard let power = panels.first(where: { $0.lines.contains { $0.kind == .plan && !$0.samples.isEmpty } }),
            let plan = power.lines.first(where: { $0.kind == .plan }), let owner = records.sensor(plan.sensor)
        else { return "" }
        let prices = panels.flatMap(\.lines).first { $0.sensor == price.id && $0.kind == .measured }
        let sign: Double = owner.consumptionIsPositive ? 1 : -1
        var parts: [String] = []
        for (word, direction) in [("buys", 1.0), ("sells", -1.0)] {
            var (energy, money) = (0.0, 0.0)
            for sample in plan.samples where sample.mean * sign * direction > 0 {
                guard let rate = prices?.sample(at: sample.start)?.mean else { continue }
                let amount = abs(sample.mean) * (sample.end - sample.start).inHours
                energy += amount
                money += amount * rate
            }
            if energy > 0 { parts.append("\(word) at \(data.readings.text(money / energy)) \(price.unit)") }
        }
        let changes = changes(plan.samples, after: now)
        let zone = Zone.named(owner.timezone) ?? .utc
        let format = TimeFormat(zone: zone, now: data.now)
        var text = parts.joined(separator: ", ")
        if !changes.isEmpty {
            let steps = changes.map { sample in
                "\(format.short(sample.start)) \(sample.mean > 0 ? "+" : "")\(data.readings.text(sample.mean))"
            }
            text += "\(text.isEmpty ? "" : "; ")next \(power.unit) \(steps.joined(separator: "  "))"
        }
        return text
    }

    /// The first slots to come that differ visibly from the ones before them.
    private static func changes(_ samples: [SeriesSample], after now: Instant) -> [SeriesSample] {
        let least = 0.05 * (samples.map { abs($0.mean) }.max() ?? 0)
        var found: [SeriesSample] = []
        var before = samples.last { $0.start <= now && $0.end > now }?.mean
        for sample in samples where sample.start > now && found.count < 6 {
            if before.map({ abs($0 - sample.mean) > least }) ?? true {
                found.append(sample)
                before = sample.mean
            }
        }
        return found
    }
}
