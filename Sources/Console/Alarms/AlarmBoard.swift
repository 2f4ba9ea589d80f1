import EnergyCore
import Services

/// Brings together what the services find, with priority, consequence and next step.
package enum AlarmBoard {
    /// What needs attention in the sites of an account (nil: of all that the user may see), most urgent and newest
    /// first.
    package static func rows(account: AccountID?, belief: BeliefHorizon, _ data: ConsoleData, _ records: Directory)
        throws -> [AlarmRow]
    {
        let needed = neededSensors(records)
        let superseded = try supersededJobs(data)
        let moment = belief.moment(now: data.now)
        var rows: [AlarmRow] = try data.services.alarms.alarms(at: belief, as: data.caller, includingShelved: true)
            .compactMap { alarm in
                guard isIn(account, alarm.assetID, records) else { return nil }
                if let job = alarm.jobID, superseded.contains(job) { return nil }
                return row(alarm, needed: needed, now: moment, records)
            }
        // Staleness is told per type of source; one row per sensor is enough.
        var seen: Set<String> = []
        rows = rows.filter {
            seen.insert("\($0.kind) \($0.sensor ?? 0) \($0.job ?? "") \($0.asset ?? 0) \($0.since == nil)").inserted
        }
        let sites = data.sites(account: account, records).flatMap { records.tree(from: $0.id) }
        let watch = PlanWatch(context: data.services.context)
        rows += try watch.unplanned(sites, at: moment, as: belief, caller: data.caller).map { noPlan($0, now: moment) }
        return rows.sorted { a, b in
            (a.state == .shelved ? 1 : 0, a.priority.rawValue, -(a.since?.microseconds ?? 0), a.id)
                < (b.state == .shelved ? 1 : 0, b.priority.rawValue, -(b.since?.microseconds ?? 0), b.id)
        }
    }

    private static func isIn(_ account: AccountID?, _ asset: AssetID?, _ records: Directory) -> Bool {
        guard let account, let owner = asset.flatMap({ records.asset($0) })?.accountID else { return true }
        return owner == account
    }

    private static func row(_ alarm: Alarm, needed: Set<SensorID>, now: Instant, _ records: Directory) -> AlarmRow? {
        let place = alarm.assetID.flatMap { records.asset($0)?.name } ?? ""
        let sensor = alarm.sensorID.flatMap { records.sensor($0)?.name } ?? ""
        var row: AlarmRow
        switch alarm.kind {
        case .stale:
            let type = alarm.key.split(separator: ":").last.map(String.init) ?? ""
            if SeriesKind(sourceType: type) != .measured {
                return outlook(alarm, type, place: place, sensor: sensor, now: now)
            }
            if let verdict = alarm.verdict, let sensor = alarm.sensorID.flatMap({ records.sensor($0) }),
                !StalenessText.isTrouble(verdict, of: sensor)
            {
                return nil
            }
            let age = alarm.since.map { TimeFormat.age(now - $0) } ?? "long"
            let isNeeded = alarm.sensorID.map { needed.contains($0) } ?? false
            row = AlarmRow(
                id: alarm.key, kind: .stale, priority: isNeeded ? .alarm : .warning, text: "\(sensor) silent \(age)",
                place: place)
            row.consequence =
                isNeeded
                ? "schedules that count on this sensor use its forecast, or fail"
                : "its charts and figures are incomplete"
            row.firstCheck = "does the gateway of \(place) answer? cable, power, credentials"
            row.nextStep =
                isNeeded
                ? "F forecasts the sensor, then t schedules with the forecast"
                : "U uploads values that were kept elsewhere"
        case .breach:
            row = AlarmRow(id: alarm.key, kind: .breach, priority: .alarm, text: breachText(alarm, place), place: place)
            row.consequence = "fuses, contracts or stores are beyond what they are made for"
            row.firstCheck = alarm.detail
            row.nextStep = "t makes a new plan that respects the limit; Enter shows the charts"
        case .job:
            let reason = alarm.detail.split(separator: "\n").last.map(String.init) ?? alarm.detail
            let isSchedule = alarm.title.contains("scheduling")
            row = AlarmRow(
                id: alarm.key, kind: .job, priority: isSchedule ? .alarm : .warning,
                text: "\(isSchedule ? "schedule" : "job") failed: \(reason)", place: place)
            row.consequence =
                isSchedule ? "the plan before stays in force until it ends" : "schedules use older forecasts"
            row.firstCheck = reason
            row.nextStep = "Enter shows the job, R runs it again, t opens the form with other values"
        }
        row.detail = detail(alarm)
        row.since = alarm.since
        (row.asset, row.sensor, row.job) = (alarm.assetID, alarm.sensorID, alarm.jobID)
        apply(alarm.mark, to: &row, now: now)
        return row
    }

    /// Plans and forecasts are late when they do not reach far enough ahead.
    private static func outlook(_ alarm: Alarm, _ type: String, place: String, sensor: String, now: Instant)
        -> AlarmRow?
    {
        let word = type == "scheduler" ? "plan" : "forecast"
        // A plan that ended is told by the watch for devices without a plan.
        if type == "scheduler", let since = alarm.since, since <= now { return nil }
        let reach =
            alarm.since.map {
                $0 > now ? "ends in \(TimeFormat.age($0 - now))" : "ended \(TimeFormat.age(now - $0)) ago"
            } ?? "is missing"
        var row = AlarmRow(
            id: alarm.key, kind: .stale, priority: .warning, text: "\(sensor) \(word) \(reach)", place: place)
        row.consequence =
            type == "scheduler"
            ? "after that the device runs without a plan" : "schedules beyond that have no expectation to rest on"
        row.firstCheck = "did the last job fail? screen 8 shows jobs and their reasons"
        row.nextStep = type == "scheduler" ? "t triggers a new schedule" : "F triggers a new forecast"
        row.detail = detail(alarm)
        row.since = alarm.mark?.firstSeen
        (row.asset, row.sensor) = (alarm.assetID, alarm.sensorID)
        apply(alarm.mark, to: &row, now: now)
        return row
    }

    private static func detail(_ alarm: Alarm) -> String {
        alarm.verdict.map { StalenessText.sentence($0) } ?? alarm.detail
    }

    private static func breachText(_ alarm: Alarm, _ place: String) -> String {
        let prefix = "\(place) / "
        return alarm.title.hasPrefix(prefix) ? String(alarm.title.dropFirst(prefix.count)) : alarm.title
    }

    private static func apply(_ mark: AlarmMark?, to row: inout AlarmRow, now: Instant) {
        guard let mark else { return }
        row.owner = mark.acknowledgedBy ?? ""
        if let until = mark.shelvedUntil, until > now {
            row.state = .shelved
            row.shelvedUntil = until
        } else if mark.acknowledgedAt != nil {
            row.state = .acknowledged
        }
    }

    private static func noPlan(_ device: UnplannedDevice, now: Instant) -> AlarmRow {
        var row = AlarmRow(
            id: "no-plan:\(device.sensor.id)", kind: .noPlan, priority: .warning,
            text: "no schedule for \(TimeFormat.age(now - device.since))", place: device.asset.name)
        row.since = device.since
        row.asset = device.asset.id
        row.sensor = device.sensor.id
        row.consequence = "the device runs without a plan: no savings, no protection from peaks"
        row.firstCheck = "did its last schedule fail? screen 8 shows jobs and their reasons"
        row.nextStep = "t triggers a schedule, with a preview first"
        return row
    }

    /// Sensors that flex-configurations refer to.
    private static func neededSensors(_ records: Directory) -> Set<SensorID> {
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
    private static func supersededJobs(_ data: ConsoleData) throws -> Set<JobID> {
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
