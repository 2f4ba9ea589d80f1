import EnergyCore

/// One row of an asset's charts: its title and the sensors drawn in it.
package struct ShownRow: Hashable, Sendable {
    package var title: String?
    package var sensors: [SensorID]

    package init(title: String? = nil, sensors: [SensorID]) {
        self.title = title
        self.sensors = sensors
    }

    /// The rows of a stored list; items that make no sense are left out.
    package static func rows(_ stored: JSONValue) -> [ShownRow] {
        (stored.arrayValue ?? []).compactMap { try? row($0).get() }
    }

    /// What is wrong with a list that is to be stored; nothing if all is well.
    package static func faults(in list: JSONValue) -> [String] {
        guard let items = list.arrayValue else { return ["sensors_to_show should be a list."] }
        return items.compactMap { item in
            if case .failure(let fault) = row(item) { fault.text } else { nil }
        }
    }

    private struct Fault: Error {
        let text: String

        static func because(_ text: String) -> Result<ShownRow, Fault> { .failure(Fault(text: text)) }
    }

    private static func row(_ item: JSONValue) -> Result<ShownRow, Fault> {
        switch item {
        case .int, .double:
            guard let id = item.intValue else { return Fault.because(wrongItem) }
            return .success(ShownRow(sensors: [id]))
        case .array(let items):
            guard let ids = integers(items) else {
                return Fault.because("All elements in a list within 'sensors_to_show' must be integers.")
            }
            return .success(ShownRow(sensors: ids))
        case .object(let fields): return row(fields)
        case .null, .bool, .string: return Fault.because(wrongItem)
        }
    }

    private static func row(_ fields: JSONObject) -> Result<ShownRow, Fault> {
        guard let title = fields["title"] else { return Fault.because("Dictionary must contain a 'title' key.") }
        guard title.isNull || title.stringValue != nil else {
            return Fault.because("'title' value must be a string.")
        }
        if let sensor = fields["sensor"] {
            guard let id = sensor.intValue else { return Fault.because("'sensor' value must be an integer.") }
            return .success(ShownRow(title: title.stringValue, sensors: [id]))
        }
        guard let sensors = fields["sensors"] else {
            return Fault.because("Dictionary must contain either 'sensor' or 'sensors' key.")
        }
        guard let ids = sensors.arrayValue.flatMap(integers) else {
            return Fault.because("'sensors' value must be a list of integers.")
        }
        return .success(ShownRow(title: title.stringValue, sensors: ids))
    }

    private static let wrongItem = "Invalid item type in 'sensors_to_show'. Expected int, list, or dict."

    private static func integers(_ items: [JSONValue]) -> [SensorID]? {
        var ids: [SensorID] = []
        for item in items {
            guard let id = item.intValue else { return nil }
            ids.append(id)
        }
        return ids
    }
}
