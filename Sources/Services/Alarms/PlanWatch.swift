import EnergyCore
import Store

/// A device that was scheduled before and whose last plan has run out.
package struct UnplannedDevice: Hashable, Sendable {
    package var asset: Asset
    package var sensor: Sensor
    /// End of the last plan.
    package var since: Instant
}

/// Looks for devices without a plan.
package struct PlanWatch: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) {
        self.context = context
    }

    /// The devices among some assets that have a flex-model, had a plan, and have none at a moment.
    package func unplanned(_ assets: [Asset], at moment: Instant, as horizon: BeliefHorizon, caller: Caller) throws
        -> [UnplannedDevice]
    {
        let records = try context.records()
        let schedulers = Set(records.sources.values.filter { $0.type == "scheduler" }.map(\.id))
        guard !schedulers.isEmpty else { return [] }
        return try context.store.read { transaction in
            try assets.compactMap { asset in
                guard asset.flexModel?.objectValue?.isEmpty == false,
                    AccessPolicy.allows(caller, to: .read, records.resource(asset)),
                    let sensor = records.sensors(of: asset.id).first(where: { Unit.isPower($0.unit) })
                else { return nil }
                var filter = BeliefFilter(horizon).believed(until: moment)
                filter.sources = schedulers
                guard let last = try transaction.latestBelief(of: sensor, filter: filter) else { return nil }
                let end = last.eventStart + sensor.resolution
                return end <= moment ? UnplannedDevice(asset: asset, sensor: sensor, since: end) : nil
            }
        }
    }
}
