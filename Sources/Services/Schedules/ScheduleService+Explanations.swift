import EnergyCore
import Scheduling
import Store

extension SchedulePreview {
    /// Why the schedule is what it is, one explanation per device or group of devices; none for processes.
    package func explanations() -> [ScheduleExplanation] {
        let zone = Zone.fixed(offset: request.start.offset)
        return steps.compactMap { step in
            guard let solved = step.solved, let snapshot = step.snapshot else { return nil }
            return ScheduleExplainer.explanation(of: solved, snapshot, zone: zone)
        }
    }
}

extension ScheduleService {
    /// Why a message has no schedule, and what would help; nil if it has one. Takes some re-solves.
    package func conflict(
        in message: JSONObject, for target: Target, as caller: Caller
    ) throws -> InfeasibilityReport? {
        let request = try request(message, for: target, as: caller)
        let records = try context.records()
        let zone = Zone.fixed(offset: request.start.offset)
        let steps = if case .sequence(let steps) = request.subject { steps } else { [request] }
        for step in steps {
            let prepared = try context.store.read { transaction in
                try ScheduleComputation.prepare(
                    step, readings: StoreReadings(transaction: transaction, records: records))
            }
            guard case .devices(_, let snapshot) = prepared else { continue }
            if let report = InfeasibilityExplainer.report(on: snapshot, zone: zone) { return report }
        }
        return nil
    }

    /// The same for a job that failed, by its own message.
    package func conflict(ofJob id: JobID, as caller: Caller) throws -> InfeasibilityReport? {
        let job = try jobs.job(id, as: caller)
        guard let message = job.payload["message"]?.objectValue else { return nil }
        if let sensor = job.payload["sensor"]?.intValue {
            return try conflict(in: message, for: .sensor(sensor), as: caller)
        }
        guard let asset = job.payload["asset"]?.intValue else { return nil }
        return try conflict(in: message, for: .asset(asset), as: caller)
    }
}
