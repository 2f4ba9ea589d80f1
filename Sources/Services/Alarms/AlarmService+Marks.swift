import EnergyCore
import Store

/// What people noted on alarms, before and after one deed: what is needed to take it back.
package struct AlarmDeed: Hashable, Sendable {
    let before: [String: AlarmMark]
    let after: [String: AlarmMark]
}

extension AlarmService {
    /// Notes that the caller has seen some alarms, and what there is to say about them: all of them, or none when it
    /// throws.
    @discardableResult
    package func acknowledge(_ keys: [String], note: String = "", as caller: Caller) throws -> AlarmDeed {
        try change(keys, "Acknowledged", note, caller) { mark, now in
            mark.acknowledgedAt = now
            mark.acknowledgedBy = caller.name ?? "operator"
        }
    }

    /// Hides some alarms until a moment: all of them, or none when it throws.
    @discardableResult
    package func shelve(_ keys: [String], until moment: Instant, note: String = "", as caller: Caller) throws
        -> AlarmDeed
    {
        try change(keys, "Shelved until \(moment.utcText)", note, caller) { mark, _ in mark.shelvedUntil = moment }
    }

    /// Makes the alarms what they were before a deed.
    ///
    /// - Throws: `UndoError.changedSince` when somebody else has dealt with one of them since.
    package func takeBack(_ deed: AlarmDeed, as caller: Caller) throws {
        let subjects = try deed.after.keys.sorted().map { ($0, try subject(of: $0, caller)) }
        try context.write { transaction in
            let marks = try transaction.alarmMarks()
            let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
            for (key, subject) in subjects {
                guard marks[key] == deed.after[key] else { throw UndoError.changedSince(title: subject.title) }
                if let before = deed.before[key] {
                    try transaction.set(before)
                } else {
                    try transaction.deleteAlarmMark(key)
                }
                try trail.note("Undone: mark on alarm '\(subject.title)'", asset: subject.asset)
            }
        }
    }

    private func change(
        _ keys: [String], _ verb: String, _ note: String, _ caller: Caller, _ change: (inout AlarmMark, Instant) -> Void
    ) throws -> AlarmDeed {
        let subjects = try keys.map { ($0, try subject(of: $0, caller)) }
        let now = context.clock.now
        return try context.write { transaction in
            let marks = try transaction.alarmMarks()
            let trail = AuditTrail(caller: caller, now: now, transaction: transaction)
            var after: [String: AlarmMark] = [:]
            for (key, subject) in subjects {
                var mark = marks[key] ?? AlarmMark(key: key, firstSeen: now)
                change(&mark, now)
                if !note.isEmpty { mark.note = note }
                after[key] = mark
                try transaction.set(mark)
                let words = note.isEmpty ? "" : ": \(note)"
                try trail.note("\(verb): alarm '\(subject.title)'\(words)", asset: subject.asset)
            }
            return AlarmDeed(before: marks.filter { after[$0.key] != nil }, after: after)
        }
    }

    /// What a key is about, in words. Throws unless it names something that the caller may work on. Whether the alarm
    /// still lasts does not matter, and to find out would take a look at all data.
    private func subject(of key: String, _ caller: Caller) throws -> (title: String, asset: AssetID?) {
        let parts = key.split(separator: ":", maxSplits: 2).map(String.init)
        let (records, rest) = (try context.records(), parts.dropFirst(2).first ?? "")
        switch (parts.first.flatMap(Alarm.Kind.init(rawValue:)), parts.dropFirst().first) {
        case (.stale, let id?):
            guard let sensor = Int(id).flatMap(records.sensor) else { break }
            let asset = try context.asset(sensor.assetID, for: .update, caller)
            return ("\(asset.name) / \(sensor.name): \(rest) data are stale", asset.id)
        case (.breach, let id?):
            guard let asset = Int(id).flatMap(records.asset) else { break }
            _ = try context.asset(asset.id, for: .update, caller)
            return ("\(asset.name): \(rest)", asset.id)
        case (.job, let id?):
            let job = try jobs.job(id, as: caller)
            let asset = job.assetID ?? job.sensorID.flatMap(records.sensor)?.assetID
            if let asset { _ = try context.asset(asset, for: .update, caller) }
            return ("job \(job.number) failed", asset)
        default: break
        }
        throw NotFound(.alarm, id: key)
    }
}
