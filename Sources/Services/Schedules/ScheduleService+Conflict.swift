import EnergyCore
import Scheduling
import Store

extension ScheduleService {
    /// Why no schedule keeps all limits of a message, and what would help; nil when nothing contradicts.
    package func conflict(
        in message: JSONObject, for target: Target, zone: Zone, as caller: Caller
    ) throws -> InfeasibilityReport? {
        let request = try request(message, for: target, as: caller)
        let records = try context.records()
        let prepared = try context.store.read { transaction in
            try ScheduleComputation.prepare(
                request, readings: StoreReadings(transaction: transaction, records: records))
        }
        guard case .devices(_, let snapshot) = prepared else { return nil }
        return InfeasibilityExplainer.report(on: snapshot, zone: zone)
    }
}
