import EnergyCore
import Services

/// Brings together what the services find for the sites of an account (nil: all that the user may see).
struct AlarmBoard {
    let account: AccountID?
    let belief: BeliefHorizon
    let data: ConsoleData
    let records: Directory
    /// See `AlarmBoard.neededSensors`.
    let needed: Set<SensorID>

    /// What needs attention, most urgent and newest first.
    func rows() throws -> [AlarmRow] {
        let superseded = try supersededJobs()
        let alarms = try data.services.alarms.alarms(at: belief, as: data.caller, includingShelved: true)
            .filter { alarm in alarm.jobID.map { !superseded.contains($0) } ?? true }
        let sites = data.sites(account: account, records).flatMap { records.tree(from: $0.id) }
        return try rows(alarms, unplannedAmong: sites).sorted(by: AlarmRow.isMoreUrgent)
    }

    /// The part of the same rows that comes from the data of some sensors. What it costs does not depend on how many
    /// other sensors there are.
    func rows(onDataOf sensors: Set<SensorID>) throws -> [AlarmRow] {
        let alarms = try data.services.alarms.alarms(
            onDataOf: sensors, at: belief, as: data.caller, includingShelved: true)
        let assets = Set(sensors.compactMap { records.sensor($0)?.assetID }).compactMap { records.asset($0) }
            .filter { data.isInSite($0, account: account, records) }
        return try rows(alarms, unplannedAmong: assets).filter { $0.sensor.map(sensors.contains) ?? false }
            .sorted(by: AlarmRow.isMoreUrgent)
    }

    private func rows(_ alarms: [Alarm], unplannedAmong assets: [Asset]) throws -> [AlarmRow] {
        let moment = belief.moment(now: data.now)
        let words = AlarmWords(needed: needed, now: moment, records: records)
        // Staleness is told per type of source; one row per sensor is enough.
        var seen: Set<String> = []
        let rows = alarms.filter { isInAccount($0.assetID) }.compactMap(words.row).filter {
            seen.insert("\($0.kind) \($0.sensor ?? 0) \($0.job ?? "") \($0.asset ?? 0) \($0.isAhead)").inserted
        }
        let unplanned = try PlanWatch(context: data.services.context)
            .unplanned(assets, at: moment, as: belief, caller: data.caller)
        return rows + unplanned.map(words.row)
    }

    private func isInAccount(_ asset: AssetID?) -> Bool {
        guard let account, let owner = asset.flatMap({ records.asset($0) })?.accountID else { return true }
        return owner == account
    }

    /// Sensors that flex-configurations refer to.
    static func neededSensors(_ records: Directory) -> Set<SensorID> {
        var found: Set<SensorID> = []
        func collect(_ value: JSONValue) {
            switch value {
            case .array(let items): items.forEach(collect)
            case .object(let members):
                if let id = members["sensor"]?.intValue { found.insert(id) }
                for (_, member) in members { collect(member) }
            default: break
            }
        }
        for top in records.children(of: nil) {
            for asset in records.tree(from: top.id) {
                collect(.object(asset.flexContext))
                if let model = asset.flexModel { collect(model) }
                found.formUnion(FlexContext.knownFlows(in: asset.flexContext))
            }
        }
        return found
    }

    /// Failed jobs after which one for the same thing went well.
    private func supersededJobs() throws -> Set<JobID> {
        var done: Set<String> = []
        var found: Set<JobID> = []
        for job in try data.services.jobs.jobs(limit: 500, as: data.caller).sorted(by: { $0.enqueuedAt > $1.enqueuedAt }
        ) {
            let thing = "\(job.kind) \(job.assetID ?? 0) \(job.sensorID ?? 0)"
            if job.state == .finished { done.insert(thing) }
            if job.state == .failed, !done.insert(thing).inserted { found.insert(job.id) }
        }
        return found
    }
}
