import EnergyCore
import Store

extension WorldImport {
    mutating func readAssetType(_ entry: WorldEntry) throws {
        let name = try entry.text("name")
        var type = try assetType(name) ?? AssetType(id: 0, name: name)
        type.description = try entry.optionalText("description") ?? type.description
        if type.id == 0 { type.id = try transaction.insert(type) } else { try transaction.update(type) }
        types[name] = type
    }

    private func assetType(_ name: String) throws -> AssetType? {
        try types[name] ?? transaction.assetTypes().first { $0.name == name }
    }

    mutating func readAsset(_ entry: WorldEntry) throws {
        let names = WorldPath.names(try entry.text("path"))
        let path = WorldPath.path(names)
        guard let name = names.last, !name.isEmpty else { throw WorldError(entry.place("path"), "it is empty") }
        let parentPath = WorldPath.path(names.dropLast())
        let parent = parentPath.isEmpty ? nil : try asset(parentPath, at: entry.place("path"))
        let typeName = try entry.text("type")
        guard let type = try assetType(typeName) else {
            throw WorldError(entry.place("type"), "there is no asset type '\(typeName)'")
        }
        let owner = try entry.optionalText("account").map { try account($0, at: entry.place("account")).id }
        var asset =
            try transaction.asset(named: name, under: parent) ?? Asset(id: 0, name: name, accountID: owner, type: type)
        asset.accountID = owner
        asset.type = type
        asset.parentID = parent
        asset.latitude = try entry.optionalNumber("latitude")
        asset.longitude = try entry.optionalNumber("longitude")
        asset.attributes = try entry.object("attributes")
        asset.externalID = try entry.optionalText("external_id")
        if asset.id == 0 { asset.id = try transaction.insert(asset) } else { try transaction.update(asset) }
        assets[path] = asset.id
        summary.assets += 1
        for sensor in try entry.entries("sensors") { try readSensor(sensor, of: asset, at: path) }
    }

    private func asset(_ path: String, at place: String) throws -> AssetID {
        if let id = assets[path] { return id }
        var parent: AssetID?
        for name in WorldPath.names(path) {
            guard let asset = try transaction.asset(named: name, under: parent) else {
                throw WorldError(place, "there is no asset '\(path)' before this one")
            }
            parent = asset.id
        }
        guard let parent else { throw WorldError(place, "an asset's path is due") }
        return parent
    }

    private mutating func readSensor(_ entry: WorldEntry, of asset: Asset, at path: String) throws {
        let name = try entry.text("name")
        let unit = try entry.text("unit")
        guard unit.isEmpty || Unit.isValid(unit) else { throw WorldError(entry.place("unit"), "'\(unit)' is no unit") }
        guard let resolution = try entry.optionalSpan("resolution"), resolution >= .zero else {
            throw WorldError(entry.place("resolution"), "an ISO 8601 duration is due")
        }
        let zone = try entry.text("timezone")
        guard Zone.named(zone) != nil else {
            throw WorldError(entry.place("timezone"), "'\(zone)' is no IANA time zone")
        }
        var sensor =
            try transaction.sensor(named: name, of: asset.id)
            ?? Sensor(id: 0, name: name, assetID: asset.id, unit: unit, resolution: resolution, timezone: zone)
        if sensor.id != 0, sensor.resolution != resolution {
            throw WorldError(
                entry.place("resolution"), "the sensor exists with another resolution, and its data with it")
        }
        sensor.unit = unit
        sensor.timezone = zone
        sensor.attributes = try entry.object("attributes")
        if let knowledge = entry.members["knowledge_horizon"] {
            sensor.knowledgeHorizon = try KnowledgeHorizon(world: knowledge, at: entry.place("knowledge_horizon"))
        }
        if sensor.id == 0 { sensor.id = try transaction.insert(sensor) } else { try transaction.update(sensor) }
        sensors["\(path)/\(WorldPath.part(name))"] = sensor
        summary.sensors += 1
    }

    /// Fills in what refers to sensors, once all of them are known.
    func resolveReferences(_ entry: WorldEntry) throws {
        let fields = ["flex_context", "flex_model", "sensors_to_show", "sensors_to_show_as_kpis"]
        let path = WorldPath.path(WorldPath.names(try entry.text("path")))
        guard let id = assets[path], var asset = try transaction.asset(id) else { return }
        let values = try fields.map { field in
            try entry.members[field].map {
                try resolved($0, bare: field.hasPrefix("sensors"), at: entry.place(field))
            }
        }
        asset.flexContext = values[0]?.objectValue ?? JSONObject()
        asset.flexModel = values[1].flatMap { $0.isNull ? nil : $0 }
        asset.sensorsToShow = values[2] ?? .array([])
        asset.sensorsToShowAsKPIs = values[3] ?? .array([])
        try transaction.update(asset)
    }

    /// `bare`: references become ids; otherwise they become sensor references, except in lists.
    private func resolved(_ value: JSONValue, bare: Bool, at place: String) throws -> JSONValue {
        switch value {
        case .object(let object):
            if object.count == 1, let path = object["$sensor"]?.stringValue {
                let id = JSONValue.int(try sensor(path, at: place).id)
                return bare ? id : .object(["sensor": id])
            }
            return .object(JSONObject(try object.map { ($0, try resolved($1, bare: bare, at: "\(place).\($0)")) }))
        case .array(let list):
            return .array(
                try list.enumerated().map { index, element in
                    let isReference = element["$sensor"] != nil
                    return try resolved(element, bare: bare || isReference, at: "\(place)[\(index)]")
                })
        default:
            return value
        }
    }

    func sensor(_ path: String, at place: String) throws -> Sensor {
        if let sensor = sensors[path] { return sensor }
        let names = WorldPath.names(path)
        guard names.count > 1, let name = names.last else { throw WorldError(place, "'\(path)' is no sensor's path") }
        let owner = try asset(WorldPath.path(names.dropLast()), at: place)
        guard let sensor = try transaction.sensor(named: name, of: owner) else {
            throw WorldError(place, "there is no sensor '\(path)'")
        }
        return sensor
    }
}
