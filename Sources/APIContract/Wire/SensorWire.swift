import EnergyCore

/// A sensor as answers show it.
package enum SensorWire {
    package static func json(_ sensor: Sensor, addresses: EntityAddresses) -> JSONObject {
        [
            "id": .int(sensor.id), "name": .string(sensor.name), "unit": .string(unit(sensor)),
            "timezone": .string(sensor.timezone), "event_resolution": .string(sensor.resolution.isoText(.days)),
            "entity_address": .string(addresses.address(of: sensor.id)),
            "attributes": .string(WireJSON.text(.object(sensor.attributes))),
            "generic_asset_id": .int(sensor.assetID),
        ]
    }

    /// As the sensors of an asset are listed: the resolution in words.
    package static func listed(_ sensor: Sensor, addresses: EntityAddresses) -> JSONObject {
        var json = json(sensor, addresses: addresses)
        json["event_resolution"] = .string(sensor.resolution.shortWords)
        return json
    }

    private static func unit(_ sensor: Sensor) -> String { sensor.unit }

    package static let schema = Schema.object([
        "id": .id, "name": .string, "unit": .string, "timezone": .string,
        "event_resolution": .string.described("ISO 8601 duration; in words where sensors are listed below an asset"),
        "entity_address": .string, "attributes": .jsonText, "generic_asset_id": .id, "status?": .integer,
    ])
}
