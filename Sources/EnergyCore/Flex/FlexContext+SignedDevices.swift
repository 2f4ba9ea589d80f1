extension FlexContext {
    /// Fields that name known flows at the site and say which way they count, whatever the sensor says.
    package static let signedDeviceFields: [(name: String, sign: Double)] = [
        ("inflexible-consumption", 1), ("inflexible-production", -1),
    ]

    /// Every field that lists known flows at the site, as bare ids or as `{"sensor": id}`.
    package static let knownFlowFields = ["inflexible-device-sensors"] + signedDeviceFields.map(\.name)

    /// The sensors of known flows that a stored flex-context lists.
    package static func knownFlows(in members: JSONObject) -> [SensorID] {
        knownFlowFields.flatMap { members[$0]?.arrayValue ?? [] }.compactMap { $0.intValue ?? $0["sensor"]?.intValue }
    }
}

extension FlexReader {
    /// Known flows: a list of sensor references, or of bare ids.
    mutating func knownFlows(_ value: JSONValue?, _ field: String, _ sign: Double) -> [InflexibleDevice] {
        guard let value else { return [] }
        guard let elements = value.arrayValue else {
            errors.add(field, value.isNull ? "Field may not be null." : "Not a valid list.")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            let path = [field, "\(index)"]
            guard let sensor = sensor(id: element["sensor"] ?? element, path) else { return nil }
            guard let plain = SensorReference(sensor, as: .power) else {
                errors.add(path, "Inflexible device sensor '\(sensor.id)' must have a power or energy unit.")
                return nil
            }
            guard case .object = element else { return InflexibleDevice(reference: plain, sign: sign) }
            guard case .sensor(let reference)? = variable(element, path, .power) else { return nil }
            return InflexibleDevice(reference: reference, sign: sign)
        }
    }
}
