import APIContract
import EnergyCore

/// What bodies about assets hold.
enum AssetSchemas {
    private static let json = Schema.oneOf([.jsonText, .anyObject]).described("JSON text, or the value itself.")
    private static let jsonList = Schema.oneOf([.jsonText, .list(of: .any)]).described("JSON text, or the list itself.")
    private static let latitude = Schema.number(from: -90, to: 90).orNull
    private static let longitude = Schema.number(from: -180, to: 180).orNull

    static let new = Schema.object([
        "name": .string(maximum: 80), "generic_asset_type_id": .id, "account_id?": .id.orNull,
        "parent_asset_id?": .id.orNull, "latitude?": latitude, "longitude?": longitude, "external_id?": .string.orNull,
        "attributes?": json, "flex_context?": json, "flex_model?": json, "sensors_to_show?": jsonList,
        "sensors_to_show_as_kpis?": jsonList,
    ])

    static let changes = Schema.object([
        "name?": .string(maximum: 80), "generic_asset_type_id?": .id, "account_id?": .id.orNull,
        "parent_asset_id?": .id.orNull, "latitude?": latitude, "longitude?": longitude, "external_id?": .string.orNull,
        "attributes?": json, "flex_context?": json, "flex_model?": json, "sensors_to_show?": jsonList,
        "sensors_to_show_as_kpis?": jsonList,
    ])

    static let example: JSONValue = [
        "name": "Battery in the barn", "generic_asset_type_id": 5, "latitude": 52.37, "longitude": 4.89,
        "flex_model": "{\"soc-max\": \"20 kWh\", \"power-capacity\": \"5 kW\"}",
    ]
}
