/// What is known about a process: something that runs for a while at one power.
package struct ProcessModel: Hashable, Sendable {
    /// How freely the running time may be placed.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// As early as possible, in one piece.
        case inflexible = "INFLEXIBLE"
        /// At the cheapest times, in pieces.
        case breakable = "BREAKABLE"
        /// At the cheapest time, in one piece.
        case shiftable = "SHIFTABLE"
    }

    /// A time in which no step may begin.
    package struct Restriction: Hashable, Sendable {
        package var start: Instant
        package var end: Instant
    }

    /// In the unit of the power sensor.
    package var power: Double
    package var duration: TimeSpan
    package var kind: Kind
    package var restrictions: [Restriction] = []
    /// True to seek the dearest times.
    package var seeksHighest = false
}

extension ProcessModel {
    private static let names = ["process-type", "time-restrictions", "optimization-sense", "optimization-direction"]

    /// Every field of a process, in both spellings.
    package static let fields: Set<String> = Set(
        ["power", "duration", "optimization_sense"] + names + names.map { String($0.map { $0 == "-" ? "_" : $0 }) })

    /// Reads and validates a flex-model of a process. Faults come all at once, by field.
    ///
    /// - Parameter start: where nominal durations (months, years) are counted from.
    package init(parsing members: JSONObject, in scope: FlexModelScope, start: Instant) throws(FieldErrors) {
        let zone = scope.sensor.flatMap { Zone.named($0.timezone) } ?? .utc
        var reader = FlexReader(lookup: scope.lookup, zone: zone)
        for key in members.keys where !Self.fields.contains(key) && !FlexModel.referenceFields.contains(key) {
            reader.errors.add(key, "Unknown field.")
        }
        let power = Self.power(members["power"], scope, &reader)
        var duration: TimeSpan?
        if members["duration"] == nil {
            reader.errors.add("duration", "Missing data for required field.")
        } else if let read = reader.duration(members["duration"], ["duration"]) {
            duration = read.grounded(from: start, in: zone)
            if let duration, duration <= .zero { reader.errors.add("duration", "Must be greater than 0.") }
        }
        let kind = Self.kind(Self.member("process-type", members), scope, &reader)
        let restrictions = Self.restrictions(Self.member("time-restrictions", members), &reader)
        let seeksHighest = Self.sense(members, &reader)
        try reader.errors.throwIfAny()
        guard let power, let duration, let kind else { throw FieldErrors("power", "Missing data for required field.") }
        self.init(power: power, duration: duration, kind: kind, restrictions: restrictions, seeksHighest: seeksHighest)
    }

    private static func member(_ name: String, _ members: JSONObject) -> JSONValue? {
        members[name] ?? members[String(name.map { $0 == "-" ? "_" : $0 })]
    }

    private static func power(_ value: JSONValue?, _ scope: FlexModelScope, _ reader: inout FlexReader) -> Double? {
        guard let value else {
            reader.errors.add("power", "Missing data for required field.")
            return nil
        }
        if let number = value.doubleValue { return number }
        guard case .string = value, let megawatts = reader.fixed(value, ["power"], .power, .init()) else {
            if case .string = value {} else { reader.errors.add("power", "Not a valid number.") }
            return nil
        }
        guard let sensor = scope.sensor, let reference = SensorReference(sensor, as: .power) else { return megawatts }
        let hours = sensor.resolution.inHours
        let perUnit = reference.value(of: 1, stepHours: hours > 0 ? hours : 1)
        return megawatts / perUnit
    }

    private static func kind(_ value: JSONValue?, _ scope: FlexModelScope, _ reader: inout FlexReader) -> Kind? {
        let attribute = scope.sensor.flatMap { scope.lookup.attribute("process-type", of: $0) }
        guard let given = value ?? attribute else { return .inflexible }
        if let kind = given.stringValue.flatMap(Kind.init(rawValue:)) { return kind }
        reader.errors.add("process-type", "Must be one of: INFLEXIBLE, BREAKABLE, SHIFTABLE.")
        return nil
    }

    private static func sense(_ members: JSONObject, _ reader: inout FlexReader) -> Bool {
        let value = member("optimization-sense", members) ?? member("optimization-direction", members)
        guard let value else { return false }
        if let text = value.stringValue, text == "MIN" || text == "MAX" { return text == "MAX" }
        reader.errors.add("optimization-sense", "Must be one of: MAX, MIN.")
        return false
    }

    private static func restrictions(_ value: JSONValue?, _ reader: inout FlexReader) -> [Restriction] {
        guard let value else { return [] }
        guard let elements = value.arrayValue else {
            reader.errors.add("time-restrictions", "Not a valid list.")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            let path = ["time-restrictions", "\(index)"]
            guard let members = element.objectValue else {
                reader.errors.add(path, "Invalid input type.")
                return nil
            }
            return reader.window(members, path).map { Restriction(start: $0.start, end: $0.end) }
        }
    }
}
