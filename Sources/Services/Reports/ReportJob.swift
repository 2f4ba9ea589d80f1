import EnergyCore
import Store

/// Computes a report and records its results.
struct ReportJob: JobHandler {
    static let kind = "report"

    let context: ServiceContext
    let data: DataService
    let sources: SourceService
    var kind: String { Self.kind }

    func run(_ job: JobContext) throws -> JSONValue? {
        let plan: ReportPlan
        do {
            plan = try ReportPlan(job.payload, records: try context.records())
        } catch let faults as FieldErrors {
            throw JobFailure(errorClass: "ValidationError", message: faults.description)
        }
        var frames: [String: ReportFrame] = [:]
        for (index, input) in plan.inputs.enumerated() {
            try job.checkCancellation()
            job.report(Double(index) / Double(plan.inputs.count + 1), "reading \(input.name)")
            frames[input.name] = try read(input, plan)
        }
        let results = try compute(plan, frames)
        var count = 0
        for output in plan.outputs {
            guard let frame = results[output.name] ?? (plan.outputs.count == 1 ? results[""] : nil) else {
                throw JobFailure(errorClass: "KeyError", message: "the report makes no series '\(output.name)'")
            }
            count += try record(frame, to: output, plan)
        }
        return ["num-beliefs": .int(Int64(count))]
    }

    private func read(_ input: ReportPlan.Input, _ plan: ReportPlan) throws -> ReportFrame {
        let span = plan.end.instant - plan.start.instant
        var query = DataQuery(
            start: plan.start, duration: ISODuration(span: span), unit: input.unit ?? input.sensor.unit)
        query.resolution = plan.resolution
        query.sourceTypes = input.sourceTypes
        query.excludedSourceTypes = input.excludedSourceTypes
        do {
            let answer = try data.data(of: input.sensor.id, query, as: .live, caller: .host)
            return ReportFrame(starts: answer.starts.map(\.seconds), values: answer.values)
        } catch let faults as FieldErrors {
            throw JobFailure(errorClass: "ValueError", message: "\(input.name): \(faults.description)")
        }
    }

    private func compute(_ plan: ReportPlan, _ frames: [String: ReportFrame]) throws -> [String: ReportFrame] {
        switch plan.method {
        case .program(let program):
            let zone = plan.outputs.first.flatMap { Zone.named($0.sensor.timezone) } ?? .utc
            return try program.run(frames, zone: zone)
        case .aggregate(let aggregate, let weights):
            var rows: [Int64: [Double]] = [:]
            for input in plan.inputs {
                let weight = weights[input.name] ?? 1
                for (start, value) in zip(frames[input.name]?.starts ?? [], frames[input.name]?.values ?? []) {
                    rows[start, default: []].append(value * weight)
                }
            }
            let starts = rows.keys.sorted()
            let frame = ReportFrame(starts: starts, values: starts.map { aggregate(rows[$0] ?? []) })
            return Dictionary(uniqueKeysWithValues: Set(plan.outputs.map(\.name) + [""]).map { ($0, frame) })
        }
    }

    private func record(_ frame: ReportFrame, to output: ReportPlan.Output, _ plan: ReportPlan) throws -> Int {
        let sensor = output.sensor
        var values = frame.values
        if let unit = output.unit, unit != sensor.unit {
            guard let conversion = try? Unit.conversion(from: unit, to: sensor.unit, duration: plan.resolution) else {
                let text = UnitRules.refusal(of: unit, for: sensor.unit)
                throw JobFailure(errorClass: "ValueError", message: text)
            }
            conversion.apply(to: &values)
        }
        let source = try sources.ensure(
            DataSource(id: 0, name: context.settings.defaultSourceName, type: "reporter", model: plan.reporter))
        let now = context.clock.now
        return try context.write { transaction in
            var batch = BeliefBatch(sensor: sensor, source: source.id)
            for (start, value) in zip(frame.starts, values) where value.isFinite {
                if let horizon = plan.horizon {
                    batch.append(start: start, horizon: horizon, value: value)
                } else {
                    batch.append(start: start, believedAt: now, value: value)
                }
            }
            _ = try transaction.save(batch, rule: SaveRule(mayReplace: true))
            return batch.count
        }
    }
}
