import EnergyCore

/// Solves case files without a store: the same parsing, checks and solver as a request to the server.
package enum CaseRunner {
    /// What to do besides solving.
    package struct Options: Sendable {
        /// True to say in words why the schedule is what it is, or what stands in its way.
        package var explains = false
        package var limits = SolveLimits()

        package init() {}
    }

    /// The outcome of one case.
    package static func run(_ file: JSONValue, _ options: Options = Options()) throws -> CaseOutcome {
        let id = file["id"]?.stringValue ?? ""
        var world = try CaseWorld(file["world"] ?? .object([:]))
        guard let trigger = file["trigger"], let text = trigger["target"]?.stringValue else {
            throw CaseFault("the case has no trigger with a target")
        }
        let isSensor = trigger["endpoint"]?.stringValue == "sensor"
        guard let target = world.target(text, isSensor: isSensor) else {
            return unknownTarget(text, isSensor: isSensor, id: id)
        }
        let message = world.resolved(trigger["message"] ?? .object([:])).objectValue ?? [:]
        let request: ScheduleRequest
        do {
            request = try RequestBuilder(world: world).request(message, for: target)
        } catch let refusal {
            var outcome = CaseOutcome(id: id, status: .refused)
            outcome.message = world.named(.object(refusal.responseBody))
            return outcome
        }
        let steps = if case .sequence(let requests) = request.subject { requests } else { [request] }
        var outcome = CaseOutcome(id: id, status: .finished)
        var explanations: [JSONValue] = []
        for step in steps {
            try solve(step, &world, &outcome, options, &explanations)
            if outcome.status != .finished { break }
        }
        if options.explains { outcome.explanation = explanations.count == 1 ? explanations[0] : .array(explanations) }
        return outcome
    }

    private static func unknownTarget(_ text: String, isSensor: Bool, id: String) -> CaseOutcome {
        let sentence = "No \(isSensor ? "sensor" : "asset") found with ID \(text)."
        let faults: JSONObject = ["id": .array([.string(sentence)])]
        let place = isSensor ? "path" : RequestRefusal.Location.argumentsAndBody.rawValue
        var outcome = CaseOutcome(id: id, status: .refused)
        outcome.message = .object([
            "message": .object([place: .object(faults)]), "result": .string("Rejected"),
            "status": .string("UNPROCESSABLE_ENTITY"),
        ])
        return outcome
    }

    private static func solve(
        _ request: ScheduleRequest, _ world: inout CaseWorld, _ outcome: inout CaseOutcome, _ options: Options,
        _ explanations: inout [JSONValue]
    ) throws {
        let computation = ScheduleComputation(lookup: world, limits: options.limits)
        do {
            let prepared = try ScheduleComputation.prepare(request, readings: world)
            let schedule = try computation.compute(request, prepared)
            outcome.cost = (outcome.cost ?? 0) + schedule.objective
            outcome.costs += schedule.costs
            if let gap = schedule.solved?.gap, gap > 0 { outcome.gap = max(outcome.gap ?? 0, gap) }
            add(schedule, of: request, to: &outcome, world)
            if options.explains, let solved = schedule.solved, let snapshot = schedule.snapshot {
                let zone = Zone.fixed(offset: request.start.offset)
                explanations.append(.object(ScheduleExplainer.explanation(of: solved, snapshot, zone: zone).json))
            }
            for output in schedule.outputs { world.save(output, recorded: request.prior) }
        } catch let failure as SchedulingFailure {
            outcome.status = .failed
            outcome.message = .string(world.named(failure.text))
            if options.explains { explain(failure, request, world, &explanations) }
            guard failure == .infeasible else { return }
            let prepared = try ScheduleComputation.prepare(request, readings: world)
            let schedule = try computation.computeFallback(request, prepared)
            outcome.fallback = schedule.schedulerName
            add(schedule, of: request, to: &outcome, world)
        }
    }

    private static func explain(
        _ failure: SchedulingFailure, _ request: ScheduleRequest, _ world: CaseWorld, _ explanations: inout [JSONValue]
    ) {
        switch failure {
        case .infeasible, .contradictions:
            let prepared = try? ScheduleComputation.prepare(request, readings: world)
            guard case .devices(_, let snapshot)? = prepared,
                let report = InfeasibilityExplainer.report(on: snapshot, zone: .fixed(offset: request.start.offset))
            else { return }
            explanations.append(.object(report.json))
        default: break
        }
    }

    /// Adds the values per sensor, and per device where the sensors do not tell the devices' powers exactly.
    private static func add(
        _ schedule: ComputedSchedule, of request: ScheduleRequest, to outcome: inout CaseOutcome, _ world: CaseWorld
    ) {
        var values = outcome.schedule ?? JSONObject()
        for output in schedule.outputs {
            guard let key = world.key(output.sensor.id) else { continue }
            values[key] = .array(output.values.map { .number($0) })
        }
        if case .devices(let devices) = request.subject, needsDevices(devices, request.grid) {
            values["devices"] = .array(schedule.powers.map { .array($0.map { .number($0) }) })
        }
        outcome.schedule = values
    }

    private static func needsDevices(_ devices: [DeviceRequest], _ grid: StepGrid) -> Bool {
        let sensors = devices.map(\.sensor?.id)
        if sensors.contains(nil) || Set(sensors).count < sensors.count { return true }
        return devices.contains { ($0.sensor?.resolution ?? .zero) > grid.step }
    }
}
