/// Sensors that take a planned power in the direction of their names: both name one, each takes the part in its direction;
/// else the one takes the whole profile, counted its way.
package struct FlexOutputs: Hashable, Sendable {
    package var consumption: Sensor?
    package var production: Sensor?

    package init() {}

    /// Reads the two fields of a device or group, or of a site when they begin with `prefix`.
    init(_ members: JSONObject, prefix: String = "", _ reader: inout FlexReader) {
        consumption = reader.powerOutput(members, prefix + "consumption")
        production = reader.powerOutput(members, prefix + "production")
        if let consumption, consumption.id == production?.id {
            reader.errors.add(
                prefix + "production", "Sensor \(consumption.id) cannot take both consumption and production.")
        }
    }
}

extension FlexReader {
    /// A sensor that takes planned power.
    mutating func powerOutput(_ members: JSONObject, _ field: String) -> Sensor? {
        guard let value = members[field] else { return nil }
        guard case .object = value else {
            errors.add(field, "The `\(field)` field can only be a Sensor.")
            return nil
        }
        guard case .sensor(let reference)? = variable(value, [field], .power) else { return nil }
        return reference.sensor
    }
}
