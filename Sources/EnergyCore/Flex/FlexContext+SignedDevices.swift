extension FlexContext {
    /// Fields that name known flows at the site and say which way they count, whatever the sensor says.
    static let signedDeviceFields: [(name: String, sign: Double)] = [
        ("inflexible-consumption", 1), ("inflexible-production", -1),
    ]

    /// Every field that lists known flows at the site, as bare ids or as `{"sensor": id}`.
    package static let knownFlowFields = ["inflexible-device-sensors"] + signedDeviceFields.map(\.name)

    /// The sensors of known flows that a stored flex-context lists.
    package static func knownFlows(in members: JSONObject) -> [SensorID] {
        knownFlowFields.flatMap { members[$0]?.arrayValue ?? [] }.compactMap { $0.intValue ?? $0["sensor"]?.intValue }
    }

    /// A list of `{"sensor": id}`, or of bare ids.
    mutating func readSignedDevices(_ value: JSONValue?, _ field: String, _ sign: Double, _ reader: inout FlexReader) {
        guard let value else { return }
        guard let elements = value.arrayValue else {
            reader.errors.add(field, value.isNull ? "Field may not be null." : "Not a valid list.")
            return
        }
        for (index, element) in elements.enumerated() {
            let path = [field, "\(index)"]
            guard let sensor = reader.sensor(id: element["sensor"] ?? element, path) else { continue }
            guard let reference = SensorReference(sensor, as: .power) else {
                reader.errors.add(path, "Inflexible device sensor '\(sensor.id)' must have a power or energy unit.")
                continue
            }
            inflexibleDevices.append(InflexibleDevice(reference: reference, sign: sign))
        }
    }
}
