import EnergyCore
import Store

extension SensorService {
    /// Makes a sensor from fields named as in the API. The fields are checked before the right to the asset.
    package func create(_ fields: JSONObject, as caller: Caller) throws -> Sensor {
        let records = try context.records()
        var form = SensorForm(
            fields, original: nil, records: records, defaultTimezone: context.settings.timezone)
        var sensor = try form.sensor()
        _ = try context.asset(sensor.assetID, for: .createChildren, caller)
        return try context.write { transaction in
            try checkName(of: sensor, in: transaction)
            sensor.id = try transaction.insert(sensor)
            let trail = AuditTrail(caller: caller, now: context.clock.now, transaction: transaction)
            let suffix = caller.origin == .cli ? " (\(sensor.id)) via CLI." : ": \(sensor.id)"
            try trail.note("Created sensor '\(sensor.name)'\(suffix)", asset: sensor.assetID)
            return sensor
        }
    }

    /// Changes the fields that are given; none is fine. The fields are checked before the id, the id before the right.
    package func update(_ id: SensorID, _ fields: JSONObject, as caller: Caller) throws -> Sensor {
        let records = try context.records()
        func read(over original: Sensor) throws -> Sensor {
            var form = SensorForm(
                fields, original: original, records: records, defaultTimezone: context.settings.timezone)
            return try form.sensor()
        }
        _ = try read(
            over: Sensor(id: id, name: "", assetID: 0, unit: "", resolution: .zero, timezone: "UTC"))
        _ = try context.sensor(id, for: .update, caller)
        return try context.write { transaction in
            guard let original = try transaction.sensor(id) else { throw NotFound(.sensor, id) }
            let sensor = try read(over: original)
            try checkName(of: sensor, in: transaction)
            let now = context.clock.now
            let journal = UndoJournal(caller: caller, now: now, transaction: transaction)
            let remember = try journal.rememberChange(
                of: .sensor, id, title: "Change sensor '\(original.name)'",
                account: records.asset(original.assetID)?.accountID)
            try transaction.update(sensor)
            if sensor.timezone != original.timezone || sensor.resolution != original.resolution {
                try transaction.rebuildDerived(of: sensor)
            }
            let trail = AuditTrail(caller: caller, now: now, transaction: transaction)
            try trail.noteChanges(from: original, to: sensor)
            try remember()
            return sensor
        }
    }

    /// Sets one attribute of a sensor, or removes it (nil), and leaves the others alone.
    package func setAttribute(_ key: String, of id: SensorID, to value: JSONValue?, as caller: Caller) throws {
        _ = try context.sensor(id, for: .update, caller)
        try context.write { transaction in
            guard var sensor = try transaction.sensor(id) else { throw NotFound(.sensor, id) }
            let old = sensor.attributes[key]?.recordText ?? "None"
            sensor.attributes[key] = value
            try transaction.update(sensor)
            try AuditTrail(caller: caller, now: context.clock.now, transaction: transaction).note(
                "Updated sensor '\(sensor.name)': \(id); Attr '\(key)' To \(value?.recordText ?? "None") From \(old)",
                asset: sensor.assetID)
        }
    }

    /// Deletes a sensor and all its data. Can be taken back for ten minutes.
    package func delete(_ id: SensorID, as caller: Caller) throws {
        _ = try context.sensor(id, for: .delete, caller)
        try context.write { transaction in
            guard let sensor = try transaction.sensor(id) else { throw NotFound(.sensor, id) }
            let now = context.clock.now
            try UndoJournal(caller: caller, now: now, transaction: transaction).rememberDeletion(of: sensor)
            let trail = AuditTrail(caller: caller, now: now, transaction: transaction)
            try trail.note("Deleted sensor '\(sensor.name)': \(sensor.id)", asset: sensor.assetID)
            try transaction.deleteSensor(id)
        }
    }

    private func checkName(of sensor: Sensor, in transaction: ReadTransaction) throws {
        guard let other = try transaction.sensor(named: sensor.name, of: sensor.assetID), other.id != sensor.id else {
            return
        }
        throw FieldErrors(
            "name", "A sensor with the name '\(sensor.name)' already exists on asset \(sensor.assetID)")
    }
}
