import EnergyCore

/// An asset as answers show it, with what belongs to it.
package struct AssetWire: Sendable {
    package var asset: Asset
    /// nil for public assets
    package var owner: Account?
    package var children: [Asset]
    package var sensors: [Sensor]

    package init(asset: Asset, owner: Account?, children: [Asset], sensors: [Sensor]) {
        self.asset = asset
        self.owner = owner
        self.children = children
        self.sensors = sensors
    }

    /// The names of all fields, in their order.
    package static let fields = [
        "id", "name", "account_id", "owner", "generic_asset_type_id", "generic_asset_type", "parent_asset_id",
        "child_assets", "sensors", "latitude", "longitude", "external_id", "attributes", "flex_context", "flex_model",
        "sensors_to_show", "sensors_to_show_as_kpis",
    ]

    package var json: JSONObject { json(only: Self.fields) }

    /// Only some of the fields.
    package func json(only fields: [String]) -> JSONObject {
        var json = JSONObject()
        for field in fields { json[field] = value(field) }
        return json
    }

    private func value(_ field: String) -> JSONValue {
        switch field {
        case "id": .int(asset.id)
        case "name": .string(asset.name)
        case "account_id": .int(asset.accountID)
        case "owner": owner.map { .object(["id": .int($0.id), "name": .string($0.name)]) } ?? .null
        case "generic_asset_type_id": .int(asset.type.id)
        case "generic_asset_type": Self.type(asset)
        case "parent_asset_id": .int(asset.parentID)
        case "child_assets": .array(children.map(Self.child))
        case "sensors": .array(sensors.map { .object(["id": .int($0.id), "name": .string($0.name)]) })
        case "latitude": asset.latitude.map { .double($0) } ?? .null
        case "longitude": asset.longitude.map { .double($0) } ?? .null
        case "external_id": .text(asset.externalID)
        case "attributes": .string(WireJSON.text(.object(asset.attributes)))
        case "flex_context": .string(WireJSON.text(.object(asset.flexContext)))
        case "flex_model": .string(WireJSON.text(asset.flexModel ?? .object([:])))
        case "sensors_to_show": .string(WireJSON.text(asset.sensorsToShow))
        case "sensors_to_show_as_kpis": .string(WireJSON.text(asset.sensorsToShowAsKPIs))
        default: .null
        }
    }

    private static func type(_ asset: Asset) -> JSONValue {
        .object(["id": .int(asset.type.id), "name": .string(asset.type.name)])
    }

    private static func child(_ child: Asset) -> JSONValue {
        .object([
            "id": .int(child.id), "name": .string(child.name), "account_id": .int(child.accountID),
            "generic_asset_type": type(child),
        ])
    }

    private static let typeSchema = Schema.object(["id": .id, "name": .string])
    private static let childSchema = Schema.object([
        "id": .id, "name": .string, "account_id": .id.orNull, "generic_asset_type": typeSchema,
    ])

    package static let schema = Schema.object([
        "id?": .id, "name?": .string, "account_id?": .id.orNull, "owner?": typeSchema.orNull,
        "generic_asset_type_id?": .id, "generic_asset_type?": typeSchema, "parent_asset_id?": .id.orNull,
        "child_assets?": .list(of: childSchema), "sensors?": .list(of: typeSchema), "latitude?": .number.orNull,
        "longitude?": .number.orNull, "external_id?": .string.orNull, "attributes?": .jsonText,
        "flex_context?": .jsonText, "flex_model?": .jsonText, "sensors_to_show?": .jsonText,
        "sensors_to_show_as_kpis?": .jsonText, "status?": .integer,
    ])
}
