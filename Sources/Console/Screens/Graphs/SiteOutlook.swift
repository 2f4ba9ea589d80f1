import EnergyCore
import Services
import TerminalKit

/// The charts of a site with what is planned to flow through its grid connection, and what would if no device followed
/// a plan. Both are sums of what is stored about the site's devices, as the figure beside the measured one in the table.
enum SiteOutlook {
    @Sendable
    static func load(_ query: GraphsQuery, _ data: ConsoleData) throws -> GraphsModel {
        var model = try GraphsModel.load(query, data)
        let records = try data.records()
        guard query.step > .zero,
            let site = (query.asset ?? data.sites(account: nil, records).first?.id).flatMap({ records.asset($0) }),
            site.parentID == nil
        else { return model }
        let facts = SiteFacts(site, records)
        let shown = ShownPanels.panels(of: site, data, records)
        guard let grid = facts.grid,
            let index = shown.firstIndex(where: { $0.sensors.first?.id == grid.id }),
            model.panels.indices.contains(index),
            !model.panels[index].lines.contains(where: { $0.kind == .plan && !$0.samples.isEmpty })
        else { return model }
        try add(to: &model.panels[index], facts, grid, query, data)
        return model
    }

    private static func add(
        to panel: inout PanelData, _ facts: SiteFacts, _ grid: Sensor, _ query: GraphsQuery, _ data: ConsoleData
    ) throws {
        let now = query.belief.moment(now: data.now)
        let slots = slots(query)
        guard let first = slots.first, let last = slots.last else { return }
        let slot = last.upperBound - last.lowerBound
        func queries(_ sensors: [Sensor], _ kinds: Set<SeriesKind>) -> [SeriesQuery] {
            sensors.map { sensor in
                SeriesQuery(
                    sensor: sensor.id, start: first.lowerBound - DayTable.patience(sensor), end: last.upperBound,
                    step: slot, kinds: kinds)
            }
        }
        let series = try data.series.series(
            queries(facts.devices, [.plan]) + queries(facts.loads + facts.solar, [.measured, .forecast]),
            as: query.belief, caller: data.caller)
        let table = DayTable(series, now: now, start: first.lowerBound)
        guard let factor = SiteFacts.converted(SiteFacts.Quantity(value: 1, unit: grid.unit), to: panel.unit) else {
            return
        }
        let direction: Double = grid.consumptionIsPositive ? factor : -factor
        func line(_ name: String, _ kind: SeriesKind, _ line: ChartLine, _ value: (Instant) -> Double?) -> PanelLine {
            let samples = slots.compactMap { slot in
                value(slot.lowerBound).map {
                    SeriesSample($0 * direction, from: slot.lowerBound, to: slot.upperBound)
                }
            }
            return PanelLine(
                name: name, sensor: grid.id, kind: kind, line: line, isInstant: false, samples: samples,
                isComputed: true)
        }
        let hasForecast = panel.lines.contains { $0.kind == .forecast && !$0.samples.isEmpty }
        let idle = line("if idle", .forecast, .forecast) { moment in
            moment < now - slot || hasForecast ? nil : table.expectedTotal(facts, at: moment)
        }
        let plan = line("plan", .plan, .plan) { table.plannedTotal(facts, at: $0) }
        panel.lines.removeAll { $0.samples.isEmpty && $0.kind != .measured }
        panel.lines += [plan, idle].filter { !$0.samples.isEmpty }
        // What is missing in the sums for the time to come is said: they look complete.
        let unknown = (facts.loads + facts.solar).filter { sensor in
            table.latest(sensor, .measured) != nil && !table.samples(sensor, .forecast).contains { $0.end > now }
        }
        if !unknown.isEmpty, last.upperBound > now, !plan.samples.isEmpty || !idle.samples.isEmpty {
            let names = unknown.count == 1 ? name(of: unknown[0], data) : "\(unknown.count) of the loads"
            panel.note = ["ahead without \(names)", panel.note].filter { !$0.isEmpty }.joined(separator: "   ")
        }
    }

    private static func name(of sensor: Sensor, _ data: ConsoleData) -> String {
        (try? data.records().asset(sensor.assetID)?.name) ?? sensor.name
    }

    /// The window in quarter-hours, or in longer steps where there is no room for so many.
    private static func slots(_ query: GraphsQuery) -> [Range<Instant>] {
        let quarter = TimeSpan.minutes(15).microseconds
        let step = max(1, query.step.microseconds / quarter) * quarter
        let first = query.start.microseconds / quarter * quarter
        return stride(from: first, to: query.end.microseconds, by: Int64.Stride(step)).map {
            Instant(microseconds: $0)..<Instant(microseconds: $0 + step)
        }
    }
}
