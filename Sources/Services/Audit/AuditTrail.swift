import EnergyCore
import Store

/// Writes the records of who did what, in the words clients know.
struct AuditTrail {
    let caller: Caller
    let now: Instant
    let transaction: WriteTransaction

    /// Longer texts lose their middle.
    private static let longest = 255

    func note(_ event: String, asset: AssetID?) throws {
        var record = record(event)
        record.assetID = asset
        try transaction.append(record)
    }

    func note(_ event: String, user: UserID?, account: AccountID?) throws {
        var record = record(event)
        record.userID = user
        record.accountID = account
        try transaction.append(record)
    }

    /// - Parameter files: the name of the file, or of several as a sentence lists them
    func noteUpload(from files: String, to sensor: Sensor) throws {
        try note("Data from \(files) uploaded to sensor '\(sensor.name)': \(sensor.id)", asset: sensor.assetID)
    }

    private func record(_ event: String) -> AuditRecord {
        var record = AuditRecord(at: now, event: Self.cut(event))
        record.activeUserID = caller.userID
        record.activeUserName = caller.name
        return record
    }

    static func cut(_ event: String) -> String {
        guard event.unicodeScalars.count > longest else { return event }
        return String(event.unicodeScalars.prefix(125)) + " ... " + String(event.unicodeScalars.suffix(125))
    }
}

extension AuditTrail {
    /// One record for each field of an asset that changed.
    func noteChanges(from old: Asset, to new: Asset) throws {
        for (field, before, after) in Self.plainFields(old, new) where before != after {
            try note("Updated: \(field), From: \(before), To: \(after)", asset: new.id)
        }
        for (key, value) in new.attributes where old.attributes[key] != value {
            let before = old.attributes[key]?.recordText ?? "None"
            try note("Updated Attr: \(key), From: \(before), To: \(value.recordText)", asset: new.id)
        }
        let model = (old.flexModel ?? .object([:]), new.flexModel ?? .object([:]))
        for (field, before, after) in [
            ("flex_context", JSONValue.object(old.flexContext), JSONValue.object(new.flexContext)),
            ("flex_model", model.0, model.1),
            ("sensors_to_show", old.sensorsToShow, new.sensorsToShow),
            ("sensors_to_show_as_kpis", old.sensorsToShowAsKPIs, new.sensorsToShowAsKPIs),
        ] {
            let changes = Self.difference(before, after)
            if !changes.isEmpty { try note("Updated: \(field), \(Self.listed(changes))", asset: new.id) }
        }
    }

    private static func plainFields(_ old: Asset, _ new: Asset) -> [(String, String, String)] {
        func number(_ value: Double?) -> String { value.map(NumberText.text) ?? "None" }
        func id(_ value: Int?) -> String { value.map { "\($0)" } ?? "None" }
        return [
            ("name", old.name, new.name),
            ("account_id", id(old.accountID), id(new.accountID)),
            ("generic_asset_type_id", id(old.type.id), id(new.type.id)),
            ("parent_asset_id", id(old.parentID), id(new.parentID)),
            ("latitude", number(old.latitude), number(new.latitude)),
            ("longitude", number(old.longitude), number(new.longitude)),
            ("external_id", old.externalID ?? "None", new.externalID ?? "None"),
        ]
    }

    /// What differs between two values, member by member for objects, entry by entry for lists.
    static func difference(_ old: JSONValue, _ new: JSONValue) -> [String] {
        switch (old, new) {
        case (.object(let old), .object(let new)): return differences(old, new)
        case (.array(let old), .array(let new)): return differences(old, new)
        default: return old == new ? [] : ["change \(old.recordText) -> \(new.recordText)"]
        }
    }

    private static func differences(_ old: JSONObject, _ new: JSONObject) -> [String] {
        var changes: [String] = []
        for (key, before) in old {
            guard let after = new[key] else {
                changes.append("remove \(key)")
                continue
            }
            if before != after { changes.append("change \(key): \(before.recordText) -> \(after.recordText)") }
        }
        for (key, value) in new where old[key] == nil { changes.append("add \(key): \(value.recordText)") }
        return changes
    }

    private static func differences(_ old: [JSONValue], _ new: [JSONValue]) -> [String] {
        var changes: [String] = []
        for index in 0..<max(old.count, new.count) {
            let place = "entry \(index + 1)"
            if index >= new.count {
                changes.append("remove \(place)")
            } else if index >= old.count {
                changes.append("add \(place): \(new[index].recordText)")
            } else if old[index] != new[index] {
                changes.append("change \(place): \(old[index].recordText) -> \(new[index].recordText)")
            }
        }
        return changes
    }

    private static func listed(_ changes: [String]) -> String {
        if changes.count == 1 { return changes[0] }
        return changes.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n")
    }

    /// One record for a changed sensor, even if nothing changed.
    func noteChanges(from old: Sensor, to new: Sensor) throws {
        let fields: [(String, String, String)] = [
            ("name", old.name, new.name),
            ("unit", old.unit, new.unit),
            ("event_resolution", old.resolution.clockText, new.resolution.clockText),
            ("timezone", old.timezone, new.timezone),
            ("attributes", JSONValue.object(old.attributes).recordText, JSONValue.object(new.attributes).recordText),
        ]
        let texts = fields.filter { $0.1 != $0.2 }
            .map { "Field name: \($0.0), Old value: \($0.1), New value: \($0.2)" }
        try note(
            "Updated sensor '\(old.name)': \(old.id). Updated fields: \(texts.joined(separator: "; "))",
            asset: new.assetID)
    }
}
