import EnergyCore
import Scheduling
import Store

/// What a job keeps of its schedule, so that its id always answers with the same values.
struct ScheduleRecord {
    private var members: JSONObject
    private var outputs: [JSONValue] = []
    private var costs: [CommitmentCost] = []
    private var cost = 0.0
    /// By how much a plan may be dearer than the optimum, where the search was cut short.
    private var widestGap: Double?

    init(schedulerName: String, request: ScheduleRequest) {
        members = [
            "scheduler": .string(schedulerName), "start": .string(request.grid.start.utcText),
            "end": .string(request.end.utcText), "currency": .string(request.context.currency),
        ]
    }

    mutating func add(_ schedule: ComputedSchedule) {
        costs += schedule.costs
        cost += schedule.cost
        if let gap = schedule.solved?.gap, gap > 0 { widestGap = max(widestGap ?? 0, gap) }
        for output in schedule.outputs {
            outputs.append(
                .object([
                    "sensor": .int(output.sensor.id), "role": .string(output.role.rawValue),
                    "start": .string(output.start.utcText), "step": .string(output.step.isoText(.hours)),
                    "values": .array(output.values.map { .double($0) }),
                ]))
        }
    }

    var json: JSONValue {
        var result = members
        result["cost"] = .number(cost)
        var named = JSONObject()
        for item in CostEvaluator.byName(costs) { named[item.name] = .number(item.cost) }
        if let widestGap { result["gap"] = .number(widestGap) }
        result["costs"] = .object(named)
        result["outputs"] = .array(outputs)
        return .object(result)
    }

    /// What listings show about a job before it has run.
    static func metadata(of request: ScheduleRequest, at now: Instant) -> JSONObject {
        let subject: JSONObject
        let models: JSONValue
        switch request.target {
        case .sensor(let sensor):
            subject = ["id": .int(sensor.id), "class": .string("Sensor")]
            models = .object(request.mergedModels.first ?? JSONObject())
        case .asset(let asset):
            subject = ["id": .int(asset.id), "class": .string("GenericAsset")]
            models = .array(request.mergedModels.map { .object($0) })
        }
        let zone = Zone.fixed(offset: request.start.offset)
        let kwargs: JSONObject = [
            "start": .string(request.start.text), "end": .string(request.end.text(in: zone)),
            "belief_time": .text((request.prior ?? now).text(in: zone)),
            "resolution": .string(request.grid.step.isoText(.hours)), "flex_model": models,
            "flex_context": .object(request.mergedContext),
        ]
        return ["asset_or_sensor": .object(subject), "scheduler_kwargs": .object(kwargs)]
    }
}
