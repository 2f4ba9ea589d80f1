/// What a flex-model is read against.
package struct FlexModelScope {
    package var lookup: any FlexLookup
    /// The power sensor, if the device has one.
    package var sensor: Sensor?

    package init(lookup: any FlexLookup, sensor: Sensor?) {
        self.lookup = lookup
        self.sensor = sensor
    }

    /// The unit of bare state-of-charge numbers when `soc-unit` is not given.
    var defaultEnergyUnit: String {
        switch sensor?.unit {
        case "kWh", "kW": "kWh"
        default: "MWh"
        }
    }
}

extension FlexModel {
    /// Every field of a storage device that the API knows.
    package static let fields: Set<String> = FlexLinks.fields.union([
        "soc-at-start", "soc-unit", "soc-min", "soc-max", "soc-minima", "soc-maxima", "soc-targets", "soc-gain",
        "soc-usage", "power-capacity", "consumption-capacity", "production-capacity", "charging-efficiency",
        "discharging-efficiency", "roundtrip-efficiency", "storage-efficiency", "state-of-charge",
        "prefer-charging-sooner", "prefer-curtailing-later", "consumption", "production",
    ]).union(FlexContext.signedDeviceFields.map(\.name))

    /// Fields that say which device an entry of a list is about.
    package static let referenceFields: Set<String> = ["sensor", "asset"]

    /// Reads and validates a flex-model. Faults come all at once, by field.
    package init(parsing members: JSONObject, in scope: FlexModelScope) throws(FieldErrors) {
        self.init()
        let zone = scope.sensor.flatMap { Zone.named($0.timezone) } ?? .utc
        var reader = FlexReader(lookup: scope.lookup, zone: zone)
        for key in members.keys where !Self.fields.contains(key) && !Self.referenceFields.contains(key) {
            reader.errors.add(key, "Unknown field.")
        }
        readStock(members, scope, &reader)
        readFlows(members, &reader)
        readEfficiencies(members, scope, &reader)
        stateOfCharge = Self.stateOfCharge(members["state-of-charge"], &reader)
        prefersChargingSooner = reader.flag(members["prefer-charging-sooner"], ["prefer-charging-sooner"]) ?? true
        prefersCurtailingLater = reader.flag(members["prefer-curtailing-later"], ["prefer-curtailing-later"]) ?? true
        links = FlexLinks(members, &reader)
        outputs = FlexOutputs(members, &reader)
        readKnownFlows(members, &reader)
        try reader.errors.throwIfAny()
    }

    private mutating func readStock(_ members: JSONObject, _ scope: FlexModelScope, _ reader: inout FlexReader) {
        var unitText = scope.defaultEnergyUnit
        if let value = members["soc-unit"] {
            if let text = value.stringValue, ["kWh", "MWh"].contains(text) {
                unitText = text
            } else {
                reader.errors.add("soc-unit", "Must be one of: kWh, MWh.")
            }
        }
        let unit = try? FlexUnit(parsing: unitText)
        let plain = FlexReader.Forms(numberUnit: unit)
        let floor = FlexReader.Forms(numberUnit: unit, lowest: 0, lowestText: "Must be greater than or equal to 0 MWh.")
        readStart(members["soc-at-start"], plain, &reader)
        socMin = reader.fixed(members["soc-min"], ["soc-min"], .energy, floor)
        socMax = reader.fixed(members["soc-max"], ["soc-max"], .energy, plain)
        socMinima = reader.variable(members["soc-minima"], ["soc-minima"], .energy, plain)
        socMaxima = reader.variable(members["soc-maxima"], ["soc-maxima"], .energy, plain)
        socTargets = reader.variable(members["soc-targets"], ["soc-targets"], .energy, plain)
        if case .fixed? = socTargets {
            reader.errors.add(
                "soc-targets", "A fixed value is not supported here. Use time series segments or a sensor instead.")
        }
    }

    /// A value, or where to look it up: a sensor, also one of shares, or a time series specification.
    private mutating func readStart(_ value: JSONValue?, _ plain: FlexReader.Forms, _ reader: inout FlexReader) {
        let field = "soc-at-start"
        switch value {
        case .array?: startLevel = reader.variable(value, [field], .energy, plain)
        case .object?:
            let sensor = value?["sensor"]?.intValue.flatMap { reader.lookup.sensor($0) }
            let isShare = sensor.flatMap { SensorReference($0, as: .ratio) } != nil
            startLevel = reader.variable(value, [field], isShare ? .ratio : .energy, plain)
        default: socAtStart = reader.fixed(value, [field], .energy, plain)
        }
    }

    /// Flows that are known beforehand; an entry that says nothing else is no device to plan.
    private mutating func readKnownFlows(_ members: JSONObject, _ reader: inout FlexReader) {
        let fields = FlexContext.signedDeviceFields
        for (field, sign) in fields { knownFlows += reader.knownFlows(members[field], field, sign) }
        let others: Set = Self.referenceFields.union(["commodity", "group"]).union(fields.map(\.name))
        isKnown = fields.contains { members[$0.name] != nil } && members.keys.allSatisfy(others.contains)
    }

    private mutating func readFlows(_ members: JSONObject, _ reader: inout FlexReader) {
        socGain = Self.components(members["soc-gain"], "soc-gain", &reader)
        socUsage = Self.components(members["soc-usage"], "soc-usage", &reader)
        powerCapacity = reader.variable(members["power-capacity"], ["power-capacity"], .power)
        consumptionCapacity = reader.variable(members["consumption-capacity"], ["consumption-capacity"], .power)
        productionCapacity = reader.variable(members["production-capacity"], ["production-capacity"], .power)
    }

    private static func components(
        _ value: JSONValue?, _ field: String, _ reader: inout FlexReader
    ) -> [VariableQuantity] {
        guard let value else { return [] }
        guard let elements = value.arrayValue else {
            reader.errors.add(field, value.isNull ? "Field may not be null." : "Not a valid list.")
            return []
        }
        if elements.isEmpty { reader.errors.add(field, "Shorter than minimum length 1.") }
        return elements.enumerated().compactMap { reader.variable($1, [field, "\($0)"], .power) }
    }

    private mutating func readEfficiencies(
        _ members: JSONObject, _ scope: FlexModelScope, _ reader: inout FlexReader
    ) {
        let ratio = FlexReader.Forms(numberUnit: try? FlexUnit(parsing: "dimensionless"))
        var charging = ratio
        charging.lowest = 0
        var positive = ratio
        positive.lowest = .leastNonzeroMagnitude
        positive.lowestText = "Must be greater than 0."
        chargingEfficiency = reader.variable(
            members["charging-efficiency"], ["charging-efficiency"], .ratio, charging)
        dischargingEfficiency = reader.variable(
            members["discharging-efficiency"], ["discharging-efficiency"], .ratio, positive)
        storageEfficiency = reader.variable(members["storage-efficiency"], ["storage-efficiency"], .ratio, positive)
        if let value = reader.fixed(members["roundtrip-efficiency"], ["roundtrip-efficiency"], .ratio, ratio) {
            roundtripEfficiency = value
            if value <= 0 || value > 1 {
                reader.errors.add("roundtrip-efficiency", "Must be greater than 0 % and less than or equal to 100 %.")
            }
        }
        for field in ["charging-efficiency", "discharging-efficiency"]
        where members[field] != nil && members["roundtrip-efficiency"] != nil {
            let name = field.replacingHyphens
            reader.errors.add(
                FieldErrors.wholeInput, "Fields `\(name)` and `roundtrip_efficiency` are mutually exclusive.")
            break
        }
        if case .sensor(let reference)? = storageEfficiency, let sensor = scope.sensor,
            reference.sensor.resolution != sensor.resolution
        {
            reader.errors.add(
                "storage-efficiency",
                "Event resolution of the storage efficiency and the power sensor don't match. Resampling the storage efficiency is not supported."
            )
        }
    }

    private static func stateOfCharge(_ value: JSONValue?, _ reader: inout FlexReader) -> Sensor? {
        guard let value else { return nil }
        let field = "state-of-charge"
        guard case .object = value else {
            reader.errors.add(
                field,
                "The `state-of-charge` field can only be a Sensor. In the future, the state-of-charge field will replace soc-at-start field."
            )
            return nil
        }
        let share = value["sensor"]?.intValue.flatMap { reader.lookup.sensor($0) }
        let isShare = share.flatMap { SensorReference($0, as: .ratio) } != nil
        guard case .sensor(let reference)? = reader.variable(value, [field], isShare ? .ratio : .energy) else {
            return nil
        }
        guard reference.sensor.resolution == .zero else {
            reader.errors.add(
                field,
                "The field `state-of-charge` points to a sensor with a non-instantaneous event resolution. Please, use an instantaneous sensor."
            )
            return nil
        }
        return reference.sensor
    }
}

extension String {
    /// A field's name as programs spell it.
    fileprivate var replacingHyphens: String { String(map { $0 == "-" ? "_" : $0 }) }
}
