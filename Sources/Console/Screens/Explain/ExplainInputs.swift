import EnergyCore
import Scheduling
import Services
import TerminalKit

/// A series of values that a schedule rests on.
struct ExplainInput: Hashable, Sendable {
    var what: String
    var text: String
}

/// Finds out what a schedule was computed from: which sensors, who made their values and when, how far they reach.
enum ExplainInputs {
    static func find(_ preview: SchedulePreview, _ query: PreviewQuery, _ data: ConsoleData) throws -> [ExplainInput] {
        let (request, context) = (preview.request, preview.request.context)
        var wanted: [(what: String, sensor: Sensor)] = []
        if case .sensor(let reference)? = context.consumptionPrice { wanted.append(("price", reference.sensor)) }
        if case .sensor(let reference)? = context.productionPrice, context.productionPrice != context.consumptionPrice {
            wanted.append(("price of feed-in", reference.sensor))
        }
        wanted += context.inflexibleDevices.map { ("known flow", $0.reference.sensor) }
        let horizon = request.prior.map { BeliefHorizon.asOf($0) } ?? .live
        let series = try data.series.series(
            wanted.map { SeriesQuery(sensor: $0.sensor.id, start: request.grid.start, end: request.end, step: .zero) },
            as: horizon, caller: data.caller)
        let (records, format) = (try data.records(), TimeFormat(zone: query.zone, now: data.now))
        var inputs = wanted.map { what, sensor in
            ExplainInput(
                what: what, text: text(sensor, series.first { $0.sensor.id == sensor.id }, records, format))
        }
        inputs.append(ExplainInput(what: "scheduler", text: scheduler(preview)))
        return inputs
    }

    private static func text(_ sensor: Sensor, _ series: SeriesData?, _ records: Directory, _ format: TimeFormat)
        -> String
    {
        let place = records.asset(sensor.assetID)?.name ?? ""
        var text = "sensor \(sensor.id) \(place) \(sensor.name)"
        for part in series?.parts ?? [] where !part.samples.isEmpty {
            let word = part.kind == .measured ? "measured" : part.kind == .forecast ? "forecast" : "plan"
            let sources = part.sources.map { $0.model ?? $0.name }.joined(separator: ", ")
            text += "; \(word) by \(sources)"
            if let made = part.lastBelief, made <= format.now { text += ", recorded \(format.short(made))" }
            if let end = part.samples.last?.end { text += ", known until \(format.short(end))" }
        }
        return text
    }

    private static func scheduler(_ preview: SchedulePreview) -> String {
        let grid = preview.request.grid
        let devices = preview.steps.compactMap(\.snapshot).reduce(0) { $0 + $1.devices.count }
        return "\(preview.request.schedulerName), \(grid.count) steps of \(TimeFormat.length(grid.step)), "
            + "\(devices) device\(devices == 1 ? "" : "s")"
    }
}
