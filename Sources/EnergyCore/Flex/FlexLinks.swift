/// What ties a device to others, besides the grid connection.
package struct FlexLinks: Hashable, Sendable {
    /// What the device takes or gives, such as `gas` or `heat`; nil for electricity.
    package var commodity: String?
    /// Devices of the same coupling move in proportion.
    package var coupling: String?
    package var couplingCoefficient = 1.0
    /// The group whose limits count for the sum of its members.
    package var group: FlexGroupReference?
    /// The device is in exactly one of these bands in every step; empty for any power within its limits.
    package var modes: [OperationMode] = []

    package init() {}
}

/// The entry of a flex-model that stands for a group of devices.
package enum FlexGroupReference: Hashable, Sendable {
    case asset(AssetID)
    case sensor(SensorID)
}

/// A band of power that a device may run in, in MW.
package struct OperationMode: Hashable, Sendable {
    package var consumption: ClosedRange<Double>?
    package var production: ClosedRange<Double>?

    /// Net power, consumption positive.
    package var power: ClosedRange<Double> {
        let (in0, out0) = (consumption ?? 0...0, production ?? 0...0)
        return (in0.lowerBound - out0.upperBound)...(in0.upperBound - out0.lowerBound)
    }
}

extension FlexLinks {
    /// Every field that ties a device to others.
    static let fields: Set<String> = ["commodity", "coupling", "coupling-coefficient", "group", "operation-modes"]

    /// The commodity of devices that name none.
    package static let electricity = "electricity"

    init(_ members: JSONObject, _ reader: inout FlexReader) {
        commodity = reader.name(members["commodity"], ["commodity"])
        if commodity == Self.electricity { commodity = nil }
        coupling = reader.name(members["coupling"], ["coupling"])
        let forms = FlexReader.Forms(
            numberUnit: try? FlexUnit(parsing: "dimensionless"), lowest: .leastNonzeroMagnitude,
            lowestText: "Must be greater than 0.")
        let field = "coupling-coefficient"
        couplingCoefficient = reader.fixed(members[field], [field], .ratio, forms) ?? 1
        group = Self.group(members["group"], ["group"], &reader)
        modes = Self.modes(members["operation-modes"], &reader)
    }

    /// `{"asset": id}` or `{"sensor": id}`.
    static func group(_ value: JSONValue?, _ path: [String], _ reader: inout FlexReader) -> FlexGroupReference? {
        guard let value else { return nil }
        if let id = value["sensor"] { return reader.sensor(id: id, path).map { .sensor($0.id) } }
        guard let given = value["asset"] else {
            reader.errors.add(path, "Specify either a sensor or an asset.")
            return nil
        }
        guard let id = given.intValue, reader.lookup.asset(id) != nil else {
            reader.errors.add(path, "No asset found with ID \(given.recordText).")
            return nil
        }
        return .asset(id)
    }

    private static func modes(_ value: JSONValue?, _ reader: inout FlexReader) -> [OperationMode] {
        let field = "operation-modes"
        guard let value else { return [] }
        guard let elements = value.arrayValue else {
            reader.errors.add(field, "Not a valid list.")
            return []
        }
        if elements.isEmpty { reader.errors.add(field, "Shorter than minimum length 1.") }
        return elements.enumerated().compactMap { index, element in
            let path = [field, "\(index)"]
            guard let members = element.objectValue else {
                reader.errors.add(path, "Invalid input type.")
                return nil
            }
            let known = ["consumption-range", "production-range"]
            for key in members.keys where !known.contains(key) { reader.errors.add(path + [key], "Unknown field.") }
            guard members[known[0]] != nil || members[known[1]] != nil else {
                reader.errors.add(path, "Specify a consumption-range, a production-range or both.")
                return nil
            }
            return OperationMode(
                consumption: reader.range(members[known[0]], path + [known[0]]),
                production: reader.range(members[known[1]], path + [known[1]]))
        }
    }
}

extension FlexReader {
    /// A name that is not empty.
    mutating func name(_ value: JSONValue?, _ path: [String]) -> String? {
        guard let value else { return nil }
        guard let text = value.stringValue else {
            errors.add(path, value.isNull ? "Field may not be null." : "Not a valid string.")
            return nil
        }
        if text.isEmpty { errors.add(path, "Shorter than minimum length 1.") }
        return text
    }

    /// Two powers, the lower one first.
    mutating func range(_ value: JSONValue?, _ path: [String]) -> ClosedRange<Double>? {
        guard let value else { return nil }
        guard let ends = value.arrayValue, ends.count == 2 else {
            errors.add(path, "Must be a list of two powers, the lower one first.")
            return nil
        }
        let forms = Forms(lowest: 0)
        guard let low = fixed(ends[0], path + ["0"], .power, forms),
            let high = fixed(ends[1], path + ["1"], .power, forms)
        else { return nil }
        guard low <= high else {
            errors.add(path, "Must be a list of two powers, the lower one first.")
            return nil
        }
        return low...high
    }
}
