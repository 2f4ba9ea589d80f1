import EnergyCore
import Scheduling

/// The sensors that a message refers to, each with what the caller must be allowed to do with it: prices and limits are
/// read, but planned stocks and sums are written. Sensors of stored configuration are not looked at: whoever stored it could.
enum ReferencedSensors {
    private static let receivers: Set<String> = [
        "state-of-charge", "aggregate-power", "aggregate-consumption", "aggregate-production", "consumption",
        "production", "group",
    ]
    private static let idFields: Set<String> = [
        "inflexible-device-sensors", "inflexible-consumption", "inflexible-production", "consumption-price-sensor",
        "production-price-sensor",
    ]

    /// Refuses sensors that the caller has no right to, in the words for sensors that do not exist.
    static func check(_ message: JSONObject, _ records: Directory, _ caller: Caller) throws(RequestRefusal) {
        var faults = FieldErrors()
        for (field, value) in fields(of: message) {
            let permission: Permission = receivers.contains(field) ? .createChildren : .read
            for id in ids(in: value, isID: idFields.contains(field)) {
                guard let sensor = records.sensor(id) else { continue }
                if AccessPolicy.allows(caller, to: permission, records.resource(sensor)) { continue }
                faults.add(field, "No sensor found with ID \(id).")
            }
        }
        if !faults.isEmpty { throw RequestRefusal(.body, faults) }
    }

    /// Members of the flex-context and of every flex-model, without those that name a device itself.
    private static func fields(of message: JSONObject) -> [(String, JSONValue)] {
        var objects = [message["flex-context"]?.objectValue]
        switch message["flex-model"] {
        case .object(let model)?: objects.append(model)
        case .array(let models)?: objects += models.map(\.objectValue)
        default: break
        }
        return objects.compactMap { $0 }.flatMap { object in
            object.filter { $0.key != "sensor" && $0.key != "asset" }.map { ($0.key, $0.value) }
        }
    }

    private static func ids(in value: JSONValue, isID: Bool) -> [SensorID] {
        switch value {
        case .array(let elements): return elements.flatMap { ids(in: $0, isID: isID) }
        case .object(let members):
            return members.flatMap { ids(in: $0.value, isID: $0.key == "sensor") }
        case .int, .string:
            guard isID, let id = value.intValue ?? value.stringValue.flatMap({ Int($0) }) else { return [] }
            return [id]
        default: return []
        }
    }
}
