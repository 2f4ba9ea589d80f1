import EnergyCore
import Scheduling
import Services
import TerminalKit

/// What a preview is computed for.
struct PreviewQuery: Hashable, Sendable {
    var draft: ScheduleDraft
    var zone: Zone
    /// Circumstances that are not so, to see what they would bring.
    var whatIfs: [WhatIf] = []
}

extension PreviewQuery {
    /// Computes it, and stores nothing.
    func computed(_ data: ConsoleData) throws -> SchedulePreview {
        let (whatIfs, quantile) = (whatIfs, whatIfs.compactMap(\.quantile).last)
        return try data.services.schedules.preview(
            draft.message, for: draft.target, as: data.caller, quantile: quantile
        ) { snapshot in
            for whatIf in whatIfs { whatIf.apply(to: &snapshot) }
        }
    }
}

/// A line of the comparison with the plan in force and with doing nothing.
struct CostLine: Hashable, Sendable {
    var name: String
    var inForce: Double?
    var idle: Double?
    var preview: Double
    /// False for the figures below the costs: peaks, energy, levels.
    var isMoney = true

    /// A value of this line as the tables show it.
    func text(_ value: Double, _ readings: Readings) -> String {
        isMoney ? NumberFormat.fixed(value, decimals: 2) : readings.fixed(value, decimals: 1)
    }
}

/// A schedule that was computed and thrown away: charts, costs, comparison; or why there is none.
struct PreviewModel: Hashable, Sendable {
    var panels: [PanelData] = []
    var start: Instant
    var end: Instant
    var currency = "EUR"
    /// The total, its parts, and then what is no money.
    var lines: [CostLine] = []
    var schedulerName = ""
    /// When there is no schedule: the reason, the conflict in words, and what would help.
    var problem: [String] = []
    /// What the request was refused for, by the path of the field in it.
    var refusals: [String: String] = [:]
    /// The first values, for the eye.
    var firstValues = ""
    var checks: [TriggerCheck] = []
    /// Where the known prices end, when that is before the end of the schedule.
    var pricesEnd: Instant?
    var courses = PreviewCourses()

    /// What it costs, tie-breakers left out.
    var cost: Double { lines.first?.preview ?? 0 }
    /// The parts of the cost.
    var costs: [CostLine] { lines.dropFirst().filter(\.isMoney) }

    @Sendable
    static func load(_ query: PreviewQuery, _ data: ConsoleData) throws -> PreviewModel {
        do {
            let preview = try query.computed(data)
            return try model(preview, query, data)
        } catch let refusal as RequestRefusal {
            var model = failed(["the request is not valid: \(refusal.description)"], data)
            if case .fields(let errors) = refusal.reason { model.refusals = errors.byField }
            return model
        } catch let failure as SchedulingFailure {
            // The message tells a conflict slot by slot; what it is about comes first.
            var (lines, slots) = Self.split(failure.message)
            if let report = try? data.services.schedules.conflict(
                in: query.draft.message, for: query.draft.target, zone: query.zone, as: data.caller)
            {
                lines +=
                    report.statements.map { "conflict: \($0)" } + report.facts.map { "given: \($0)" }
                    + report.changes.map { "would help: \($0)" }
            }
            if case .unknownPrices(let sensor) = failure {
                lines += (try? TriggerChecks.otherPrices(than: sensor, query, data)) ?? []
            }
            lines += slots.prefix(2) + (slots.count > 2 ? ["and \(slots.count - 2) more like these"] : [])
            if failure == .noDevices {
                lines.append("would help: a flex-model (m) and a power sensor (N) on the device, in Assets (2)")
            }
            return failed(lines, data)
        }
    }

    /// The sentences of a message, and the slots that it lists.
    private static func split(_ message: String) -> (sentences: [String], slots: [String]) {
        let lines = message.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
        return (lines.filter { !$0.hasPrefix("t=") }, lines.filter { $0.hasPrefix("t=") })
    }

    private static func failed(_ lines: [String], _ data: ConsoleData) -> PreviewModel {
        var model = PreviewModel(start: data.now, end: data.now + .hours(24))
        model.problem = lines
        return model
    }

    private static func model(_ preview: SchedulePreview, _ query: PreviewQuery, _ data: ConsoleData) throws
        -> PreviewModel
    {
        let grid = preview.request.grid
        var model = PreviewModel(start: grid.start, end: preview.request.end)
        model.currency = preview.request.context.currency
        model.schedulerName = preview.request.schedulerName
        model.courses = PreviewCourses(preview)
        model.panels = try PreviewPanels.panels(preview, of: query.draft, data)
        model.lines = try lines(preview, TimeFormat(zone: query.zone, now: data.now), data)
        (model.checks, model.pricesEnd) = try TriggerChecks.make(preview, query, data)
        if let first = preview.outputs.first {
            let format = TimeFormat(zone: query.zone, now: data.now)
            model.firstValues = first.values.prefix(6).enumerated().map { index, value in
                "\(format.minute(first.start + first.step * index)) "
                    + "\(value > 0 ? "+" : "")\(NumberFormat.significant(value))"
            }.joined(separator: "  ")
        }
        return model
    }

    /// The same objective for the preview, for the plan in force and for leaving the devices idle.
    private static func lines(_ preview: SchedulePreview, _ format: TimeFormat, _ data: ConsoleData) throws
        -> [CostLine]
    {
        var lines: [CostLine] = []
        var figures: [CostLine] = []
        for step in preview.steps {
            guard let solved = step.solved else { continue }
            let idlePowers = solved.powers.map { $0.map { _ in 0.0 } }
            let idle = CostEvaluator.byName(CostEvaluator.costs(of: idlePowers, in: solved.problem))
            let stored = try inForce(preview, solved, data)
            let force = stored.map { CostEvaluator.byName(CostEvaluator.costs(of: $0, in: solved.problem)) }
            for cost in CostEvaluator.byName(step.costs) where !cost.isPreference {
                lines.append(
                    CostLine(
                        name: cost.name, inForce: force?.first { $0.name == cost.name }?.cost,
                        idle: idle.first { $0.name == cost.name }?.cost,
                        preview: cost.cost))
            }
            figures = PreviewFigures.lines(solved, idle: idlePowers, inForce: stored)
            if let snapshot = step.snapshot {
                figures += PreviewTargets(solved.problem, snapshot, format)
                    .lines(solved.powers, idle: idlePowers, inForce: stored)
            }
        }
        guard !lines.isEmpty else { return step(preview) }
        let known = lines.compactMap(\.inForce)
        let total = CostLine(
            name: "total", inForce: known.isEmpty ? nil : known.reduce(0, +),
            idle: lines.compactMap(\.idle).reduce(0, +),
            preview: lines.reduce(0) { $0 + $1.preview })
        return [total] + lines + figures
    }

    /// A process has one cost and nothing to compare it with.
    private static func step(_ preview: SchedulePreview) -> [CostLine] {
        let costs = preview.steps.flatMap(\.costs).filter { !$0.isPreference }
        guard !costs.isEmpty else { return [] }
        return [CostLine(name: "total", preview: costs.reduce(0) { $0 + $1.cost })]
            + costs.map { CostLine(name: $0.name, preview: $0.cost) }
    }

    /// The stored plans of the same devices on the same grid, in MW; nil unless all of them have one.
    private static func inForce(_ preview: SchedulePreview, _ solved: SolvedSchedule, _ data: ConsoleData) throws
        -> [[Double]]?
    {
        let powers = preview.outputs.filter { $0.role == .power }
        guard powers.count == solved.powers.count, !powers.isEmpty else { return nil }
        let grid = preview.request.grid
        let queries = powers.map {
            SeriesQuery(sensor: $0.sensor.id, start: grid.start, end: preview.request.end, step: .zero, kinds: [.plan])
        }
        let series = try data.series.series(queries, as: .live, caller: data.caller)
        return powers.enumerated().reduce(into: Optional([])) { result, item in
            let output = item.element
            let samples = series.first { $0.sensor.id == output.sensor.id }?.parts.first?.samples ?? []
            let factor = (try? Unit.conversion(from: output.sensor.unit, to: "MW", duration: grid.step))?.factor ?? 1
            guard !samples.isEmpty else {
                result = nil
                return
            }
            result?.append(
                solved.powers[item.offset].indices.map { index in
                    let moment = grid.start + grid.step * index
                    return (samples.first { $0.start <= moment && moment < $0.end }?.mean ?? 0) * output.storedSign
                        * factor
                })
        }
    }
}
