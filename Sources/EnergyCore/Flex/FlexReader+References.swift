extension FlexReader {
    /// A sensor reference: an object with `sensor`, and optionally which sources count and a default.
    mutating func sensor(_ members: JSONObject, _ path: [String], _ measure: FlexMeasure) -> Raw? {
        guard let id = members["sensor"] else {
            errors.add(path, "Dictionary provided but `sensor` key not found.")
            return nil
        }
        guard let sensor = sensor(id: id, path) else { return nil }
        var filter = SourceFilter()
        filter.types = texts(members["source-types"], path + ["source-types"])
        filter.excludedTypes = texts(members["exclude-source-types"], path + ["exclude-source-types"])
        filter.sources = integers(members["sources"], path + ["sources"])
        filter.accounts = integers(members["source-account"], path + ["source-account"])
        var fallback: FlexQuantity?
        if let value = members["default"] {
            guard
                case .fixed(let quantity)? = raw(
                    value, path + ["default"], measure, Forms(segments: false, sensor: false))
            else { return nil }
            fallback = quantity
        }
        return .sensor(sensor, filter, fallback: fallback)
    }

    /// The sensor with an id, which may come as a number or as its digits.
    mutating func sensor(id value: JSONValue, _ path: [String]) -> Sensor? {
        let id: Int?
        switch value {
        case .int(let number): id = Int(number)
        case .string(let text): id = Int(text)
        default:
            errors.add(path, "Sensor ID has the wrong type. Got `\(Self.typeName(value))` but `int` was expected.")
            return nil
        }
        if let id, let sensor = lookup.sensor(id) { return sensor }
        errors.add(path, "No sensor found with ID \(value.recordText).")
        return nil
    }

    private mutating func texts(_ value: JSONValue?, _ path: [String]) -> [String] {
        guard let value else { return [] }
        guard let elements = value.arrayValue else {
            errors.add(path, "Not a valid list.")
            return []
        }
        for (index, element) in elements.enumerated() where element.stringValue == nil {
            errors.add(path + ["\(index)"], "Not a valid string.")
        }
        return elements.compactMap(\.stringValue)
    }

    private mutating func integers(_ value: JSONValue?, _ path: [String]) -> [Int] {
        guard let value else { return [] }
        if let single = value.intValue { return [single] }
        guard let elements = value.arrayValue else {
            errors.add(path, "Not a valid list.")
            return []
        }
        for (index, element) in elements.enumerated() where element.intValue == nil {
            errors.add(path + ["\(index)"], "Not a valid integer.")
        }
        return elements.compactMap(\.intValue)
    }

    /// True or false, also as the usual words for it.
    mutating func flag(_ value: JSONValue?, _ path: [String]) -> Bool? {
        guard let value else { return nil }
        switch value {
        case .bool(let flag): return flag
        case .int(1), .double(1): return true
        case .int(0), .double(0): return false
        case .string(let text):
            if ["t", "true", "on", "y", "yes", "1"].contains(text.lowercased()) { return true }
            if ["f", "false", "off", "n", "no", "0"].contains(text.lowercased()) { return false }
        case .null:
            errors.add(path, "Field may not be null.")
            return nil
        default: break
        }
        errors.add(path, "Not a valid boolean.")
        return nil
    }
}
