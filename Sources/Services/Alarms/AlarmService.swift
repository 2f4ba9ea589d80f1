import EnergyCore
import Store

/// What wants attention: stale data, values outside of their limits, failed jobs; and what people did about it.
package struct AlarmService: Sendable {
    let context: ServiceContext
    let status: StatusService
    let jobs: JobService

    /// All alarms on what the caller may read, oldest first. Takes a look at the data of every sensor that has any: for
    /// a background thread, not for each redraw.
    package func alarms(as caller: Caller, includingShelved: Bool = false) throws -> [Alarm] {
        try alarms(at: .live, as: caller, includingShelved: includingShelved)
    }

    /// The alarms that would have shown at a moment, by what was known then. Acknowledgements are those of today.
    package func alarms(at horizon: BeliefHorizon, as caller: Caller, includingShelved: Bool) throws -> [Alarm] {
        let records = try context.records()
        let sensors = records.allAssets
            .filter { AccessPolicy.allows(caller, to: .read, records.resource($0)) }
            .flatMap { records.sensorIDs(ofAsset: $0.id) }
        let limits = context.limits.bySensor(records)
        var alarms = try staleAlarms(sensors, horizon, caller)
        alarms += try breaches(limits, records, horizon, caller)
        alarms += try jobAlarms(records, horizon.moment(now: context.clock.now), caller)
        return try marked(alarms, includingShelved: includingShelved)
    }

    /// Those of the same alarms that come from the data of some sensors: stale data, and limits that their values break.
    /// What it costs does not depend on how many other sensors there are.
    package func alarms(
        onDataOf sensors: Set<SensorID>, at horizon: BeliefHorizon, as caller: Caller, includingShelved: Bool
    ) throws -> [Alarm] {
        let records = try context.records()
        let limits = context.limits.bySensor(records)
        let touched = sensors.reduce(into: [SensorID: [WatchedLimit]]()) { $0[$1] = limits[$1] }
        var alarms = try staleAlarms(Array(sensors), horizon, caller)
        alarms += try breaches(touched, records, horizon, caller)
        return try marked(alarms, includingShelved: includingShelved)
    }

    private func breaches(
        _ limits: [SensorID: [WatchedLimit]], _ records: Directory, _ horizon: BeliefHorizon, _ caller: Caller
    ) throws -> [Alarm] {
        if limits.isEmpty { return [] }
        let now = horizon.moment(now: context.clock.now)
        return try context.store.read { transaction in
            let watch = LimitWatch(records: records, now: now, transaction: transaction)
            return try limits.flatMap { sensor, limits in
                let readable = limits.filter { limit in
                    records.asset(limit.asset)
                        .map { AccessPolicy.allows(caller, to: .read, records.resource($0)) } ?? false
                }
                return readable.isEmpty ? [] : try watch.breaches(of: readable, on: sensor)
            }
        }
    }

    private func staleAlarms(_ sensors: [SensorID], _ horizon: BeliefHorizon, _ caller: Caller) throws -> [Alarm] {
        try status.statuses(of: sensors, as: horizon, caller: caller).compactMap { entry in
            guard entry.verdict.isStale, let type = entry.sourceType else { return nil }
            var alarm = Alarm(
                key: "stale:\(entry.sensor.id):\(type)", kind: .stale,
                title: "\(entry.assetName) / \(entry.sensor.name): \(type) data are stale",
                detail: "")
            alarm.verdict = entry.verdict
            alarm.assetID = entry.sensor.assetID
            alarm.sensorID = entry.sensor.id
            alarm.since = entry.verdict.since
            return alarm
        }
    }

    private func jobAlarms(_ records: Directory, _ moment: Instant, _ caller: Caller) throws -> [Alarm] {
        let failures = try jobs.failures(since: moment - .days(1), as: caller)
        return failures.filter { $0.endedAt.map { $0 <= moment } ?? true }.map { job in
            let sensor = job.sensorID.flatMap(records.sensor)
            let asset = (job.assetID ?? sensor?.assetID).flatMap(records.asset)
            let place = [asset?.name, sensor?.name].compactMap(\.self).joined(separator: " / ")
            var alarm = Alarm(
                key: "job:\(job.id)", kind: .job,
                title: "\(place.isEmpty ? job.kind : place): \(job.queue) job failed",
                detail: "\(job.errorClass ?? "Error"): \(job.error ?? "")")
            alarm.assetID = asset?.id
            alarm.sensorID = sensor?.id
            alarm.jobID = job.id
            alarm.since = job.endedAt
            return alarm
        }
    }

    private func marked(_ alarms: [Alarm], includingShelved: Bool) throws -> [Alarm] {
        if alarms.isEmpty { return [] }
        let marks = try context.store.read { try $0.alarmMarks() }
        let now = context.clock.now
        let never = Instant(microseconds: .max)
        return alarms.map { alarm in
            var alarm = alarm
            alarm.mark = marks[alarm.key]
            // Data came and stopped again since somebody saw it: that is news.
            if alarm.kind == .stale, let since = alarm.since, let seen = alarm.mark?.acknowledgedAt, since > seen {
                alarm.mark?.acknowledgedAt = nil
                alarm.mark?.acknowledgedBy = nil
            }
            return alarm
        }
        .filter { includingShelved || !$0.isShelved(at: now) }
        .sorted { ($0.since ?? never, $0.key) < ($1.since ?? never, $1.key) }
    }
}
