import EnergyCore
import Forecasting
import Store

/// Runs one cycle of a request in the background.
struct ForecastJob: JobHandler {
    static let kind = "forecast"

    let context: ServiceContext
    var kind: String { Self.kind }

    func run(_ job: JobContext) throws -> JSONValue? {
        let records = try context.records()
        guard let id = job.payload["sensor"]?.intValue, let sensor = records.sensor(id) else {
            throw JobFailure(errorClass: "str", message: "The sensor to forecast no longer exists")
        }
        let service = ForecastPlanning(context: context)
        let plan: ForecastPlan
        do {
            plan = try service.plan(from: job.payload, sensor: sensor)
        } catch {
            throw JobFailure(errorClass: "str", message: error.description)
        }
        guard let source = job.payload["source"]?.intValue, let cycle = job.payload["cycle"]?.intValue,
            plan.cycles.indices.contains(cycle)
        else { throw JobFailure(errorClass: "str", message: "The job does not say what to forecast") }
        let work = ForecastWork(context: context, sensor: sensor, target: sensor, source: source, plan: plan)
        let outcome = try work.run(
            plan.cycles[cycle].viewpoints, isCancelled: { job.isCancelled }, report: { job.report($0, $1) })
        return .object(outcome.json)
    }
}

/// Ends when all cycles of a request have ended: it does nothing itself.
struct ForecastUmbrellaJob: JobHandler {
    static let kind = "forecast-umbrella"

    var kind: String { Self.kind }

    func run(_ job: JobContext) throws -> JSONValue? { nil }
}

extension ForecastWork.Outcome {
    /// What the job keeps: how many beliefs, and what the forecaster did.
    var json: JSONObject {
        var object: JSONObject = ["beliefs": .int(beliefs), "belief-times": .int(beliefTimes)]
        if let report { object["report"] = .object(report.json) }
        return object
    }
}

extension ForecastReport {
    /// For clients and for the console's job page.
    var json: JSONObject {
        var object: JSONObject = [
            "method": .string(method.rawValue), "days-of-history": .number(daysOfHistory),
            "missing-share": .number(missingShare), "solar": .bool(isSolar),
            "features": .array(features.map { .string($0) }),
        ]
        if let clippedTo {
            object["clipped-to"] = .array([.number(clippedTo.lowerBound), .number(clippedTo.upperBound)])
        }
        object["day-naive-error"] = dayNaiveError.map { .number($0) }
        object["week-naive-error"] = weekNaiveError.map { .number($0) }
        object["fade-hours"] = fadeHours.map { .number($0) }
        object["bands"] = .array(
            bands.map { band in
                .object([
                    "from-hours": .number(band.fromHours), "until-hours": .number(band.untilHours),
                    "ridge-share": .number(band.ridgeShare), "tree-share": .number(band.treeShare),
                    "pattern-share": .number(band.patternShare), "held-out-error": .number(band.heldOutError),
                    "samples": .int(band.samples),
                ])
            })
        return object
    }
}
