/// Sensors that take a planned power in the direction of their names: both name one, each takes the part in its direction;
/// else the one takes the whole profile, counted its way.
package struct FlexOutputs: Hashable, Sendable {
    package var consumption: Sensor?
    package var production: Sensor?

    package init() {}

    /// Reads the two fields of a device or group, or of a site when they begin with `prefix`.
    init(_ members: JSONObject, prefix: String = "", _ reader: inout FlexReader) {
        consumption = Self.sensor(members, prefix + "consumption", &reader)
        production = Self.sensor(members, prefix + "production", &reader)
        if let consumption, consumption.id == production?.id {
            reader.errors.add(
                prefix + "production", "Sensor \(consumption.id) cannot take both consumption and production.")
        }
    }

    private static func sensor(_ members: JSONObject, _ field: String, _ reader: inout FlexReader) -> Sensor? {
        guard let value = members[field] else { return nil }
        guard case .object = value else {
            reader.errors.add(field, "The `\(field)` field can only be a Sensor.")
            return nil
        }
        guard case .sensor(let reference)? = reader.variable(value, [field], .power) else { return nil }
        return reference.sensor
    }
}
