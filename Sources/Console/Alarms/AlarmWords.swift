import EnergyCore
import Services

/// Says alarms in an operator's words, with priority, consequence and next step.
struct AlarmWords {
    /// Sensors that flex-configurations refer to: schedules miss what they do not tell.
    let needed: Set<SensorID>
    let now: Instant
    let records: Directory

    /// An alarm as a row; nil for what is no trouble to an operator.
    func row(_ alarm: Alarm) -> AlarmRow? {
        let place = alarm.assetID.flatMap { records.asset($0)?.name } ?? ""
        let sensor = alarm.sensorID.flatMap { records.sensor($0)?.name } ?? ""
        var row: AlarmRow
        switch alarm.kind {
        case .stale:
            let type = alarm.key.split(separator: ":").last.map(String.init) ?? ""
            if SeriesKind(sourceType: type) != .measured {
                return outlook(alarm, type, place: place, sensor: sensor)
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
            row.title = "\(sensor) silent"
            if case .measured(let allowed)? = alarm.verdict?.grounds {
                row.limit = allowed == .zero ? "" : TimeFormat.age(allowed)
                row.raisedAt = alarm.since.map { min(now, $0 + allowed) }
            }
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
            row.limit = alarm.detail.split(separator: ", limit ").last.map(String.init) ?? ""
            row.consequence = "fuses, contracts or stores are beyond what they are made for"
            row.firstCheck = alarm.detail
            row.nextStep = "t makes a new plan that respects the limit; Enter shows the charts"
        case .job:
            let reason = alarm.detail.split(separator: "\n").last.map(String.init) ?? alarm.detail
            let isSchedule = alarm.title.contains("scheduling")
            row = AlarmRow(
                id: alarm.key, kind: .job, priority: isSchedule ? .alarm : .warning,
                text: "\(isSchedule ? "schedule" : "job") failed: \(reason)", place: place)
            row.title = isSchedule ? "schedule failed" : "job failed"
            row.subject = "job:\(alarm.assetID ?? 0):\(alarm.sensorID ?? 0):\(isSchedule)"
            row.consequence =
                isSchedule ? "the plan before stays in force until it ends" : "schedules use older forecasts"
            row.firstCheck = reason
            row.nextStep = "Enter shows the job, R runs it again, t opens the form with other values"
        }
        row.detail = detail(alarm)
        row.since = alarm.since
        (row.asset, row.sensor, row.job) = (alarm.assetID, alarm.sensorID, alarm.jobID)
        apply(alarm.mark, to: &row)
        return row
    }

    /// Plans and forecasts are late when they do not reach far enough ahead.
    private func outlook(_ alarm: Alarm, _ type: String, place: String, sensor: String) -> AlarmRow? {
        let word = type == "scheduler" ? "plan" : "forecast"
        // A plan that ended is told by the watch for devices without a plan.
        if type == "scheduler", let since = alarm.since, since <= now { return nil }
        let reach =
            alarm.since.map {
                $0 > now ? "ends in \(TimeFormat.age($0 - now))" : "ended \(TimeFormat.age(now - $0)) ago"
            } ?? "is missing"
        var row = AlarmRow(
            id: alarm.key, kind: .stale, priority: .warning, text: "\(sensor) \(word) \(reach)", place: place)
        row.title = "\(sensor) \(word) ends"
        row.isAhead = true
        row.consequence =
            type == "scheduler"
            ? "after that the device runs without a plan" : "schedules beyond that have no expectation to rest on"
        row.firstCheck = "did the last job fail? screen 8 shows jobs and their reasons"
        row.nextStep = type == "scheduler" ? "t triggers a new schedule" : "F triggers a new forecast"
        row.detail = detail(alarm)
        // It has been too short since it was so far from its end.
        var needed = TimeSpan.zero
        if case .outlook(let span)? = alarm.verdict?.grounds {
            needed = span
            row.limit = "\(TimeFormat.age(.zero - span)) ahead"
        }
        row.raisedAt = alarm.since.map { min(now, $0 + needed) }
        row.since = row.raisedAt ?? alarm.mark?.firstSeen
        (row.asset, row.sensor) = (alarm.assetID, alarm.sensorID)
        apply(alarm.mark, to: &row)
        return row
    }

    private func detail(_ alarm: Alarm) -> String {
        alarm.verdict.map { StalenessText.sentence($0) } ?? alarm.detail
    }

    private func breachText(_ alarm: Alarm, _ place: String) -> String {
        let prefix = "\(place) / "
        return alarm.title.hasPrefix(prefix) ? String(alarm.title.dropFirst(prefix.count)) : alarm.title
    }

    private func apply(_ mark: AlarmMark?, to row: inout AlarmRow) {
        guard let mark else { return }
        row.owner = mark.acknowledgedBy ?? ""
        row.note = mark.note ?? ""
        if let until = mark.shelvedUntil, until > now {
            row.state = .shelved
            row.shelvedUntil = until
        } else if mark.acknowledgedAt != nil {
            row.state = .acknowledged
        }
    }

    /// A device that runs without a plan.
    func row(_ device: UnplannedDevice) -> AlarmRow {
        var row = AlarmRow(
            id: "no-plan:\(device.sensor.id)", kind: .noPlan, priority: .warning,
            text: "no schedule for \(TimeFormat.age(now - device.since))", place: device.asset.name)
        row.since = device.since
        row.title = "no schedule"
        row.asset = device.asset.id
        row.sensor = device.sensor.id
        row.consequence = "the device runs without a plan: no savings, no protection from peaks"
        row.firstCheck = "did its last schedule fail? screen 8 shows jobs and their reasons"
        row.nextStep = "t triggers a schedule, with a preview first"
        return row
    }
}
