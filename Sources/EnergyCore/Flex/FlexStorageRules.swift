/// What may be stored on an asset as its flex-context and flex-model: the usual fields, with fewer forms.
package enum FlexStorageRules {
    private static let energyPrices: Set<String> = ["consumption-price", "production-price"]

    /// Checks a flex-context before it is stored.
    ///
    /// - Parameter allowsFixedPrices: true when the asset is created; a change refuses fixed energy prices.
    package static func checkContext(
        _ members: JSONObject, lookup: any FlexLookup, allowsFixedPrices: Bool = false
    ) throws(FieldErrors) {
        var errors = FieldErrors()
        for (field, value) in members {
            let fault =
                formFault(field, value, allowsFixedPrices: allowsFixedPrices) ?? unitFault(field, value, lookup)
            if let fault { errors.add(field, fault) }
        }
        checkInflexible(members["inflexible-device-sensors"], lookup, &errors)
        let rest = members.without(Set(errors.tree.keys))
        do {
            _ = try FlexContext(parsing: rest, lookup: lookup)
        } catch {
            errors.merge(error)
        }
        try errors.throwIfAny()
    }

    private static func formFault(_ field: String, _ value: JSONValue, allowsFixedPrices: Bool) -> String? {
        let isQuantity =
            FlexContext.powerFields.contains(field) || FlexContext.priceFields.contains { $0.name == field }
        if isQuantity, case .array = value {
            return "A time series specification (listing segments) is not supported when storing flex-context fields. "
                + "Use a fixed quantity or a sensor reference instead."
        }
        if energyPrices.contains(field), !allowsFixedPrices, case .string(let text) = value,
            (try? FlexQuantity(parsing: text))?.value(in: .pricePerEnergy) != nil
        {
            return "Fixed prices are not currently supported for \(field) in flex-context fields in the DB."
        }
        return nil
    }

    /// Sensors of a wrong unit, and fixed prices per the wrong thing.
    private static func unitFault(_ field: String, _ value: JSONValue, _ lookup: any FlexLookup) -> String? {
        let measure = FlexContext.priceFields.first { $0.name == field }?.measure
        guard let measure = measure ?? (FlexContext.powerFields.contains(field) ? .power : nil) else { return nil }
        let isRight: Bool
        switch value {
        case .object(let members):
            guard let id = members["sensor"]?.intValue, let sensor = lookup.sensor(id) else { return nil }
            isRight = SensorReference(sensor, as: measure).map { $0.mixing == .none } ?? false
        case .string(let text) where measure.isPrice:
            guard let quantity = try? FlexQuantity(parsing: text) else { return nil }
            isRight = quantity.value(in: measure) != nil
        default: return nil
        }
        if isRight { return nil }
        switch measure {
        case .pricePerEnergy: return "Energy price field '\(field)' must have an energy price unit."
        case .pricePerPower: return "Capacity price field '\(field)' must have a capacity price unit."
        default: return "Power field '\(field)' must have a power unit."
        }
    }

    private static func checkInflexible(_ value: JSONValue?, _ lookup: any FlexLookup, _ errors: inout FieldErrors) {
        for id in value?.arrayValue ?? [] {
            guard let id = id.intValue, let sensor = lookup.sensor(id) else { continue }
            if SensorReference(sensor, as: .power) == nil {
                errors.add(
                    "inflexible-device-sensors",
                    "Inflexible device sensor '\(id)' must have a power or energy unit.")
            }
        }
    }

    /// Checks a flex-model before it is stored.
    package static func checkModel(_ members: JSONObject, lookup: any FlexLookup) throws(FieldErrors) {
        var errors = FieldErrors()
        for (field, value) in members {
            if let fault = modelFault(field, value, lookup) { errors.add(field, fault) }
        }
        let rest = members.without(Set(errors.tree.keys).union(ProcessModel.fields))
        do {
            _ = try FlexModel(parsing: rest, in: FlexModelScope(lookup: lookup, sensor: nil))
        } catch {
            errors.merge(error)
        }
        try errors.throwIfAny()
    }

    private static func modelFault(_ field: String, _ value: JSONValue, _ lookup: any FlexLookup) -> String? {
        if field == "soc-gain" || field == "soc-usage" {
            guard let elements = value.arrayValue else {
                return "Field '\(field)' must be a list of quantities or sensors."
            }
            let faulty = elements.contains { element in
                if case .array = element { return false }
                return isForeign(element, .power, lookup)
            }
            if faulty { return "Field '\(field)' must have a power unit." }
            return elements.contains { $0.arrayValue != nil } ? segmentsText : nil
        }
        if field == "soc-at-start", case .array = value { return segmentsText }
        if let measure = modelMeasures[field] {
            if case .array = value { return segmentsText }
            if case .object = value, isForeign(value, measure, lookup) {
                let check =
                    measure == .power ? "is_power_unit" : measure == .energy ? "is_energy_unit" : "is_ratio_unit"
                return "Field '\(field)' failed unit validation by \(check)."
            }
        }
        return nil
    }

    private static let segmentsText =
        "A time series specification (listing segments) is not supported when storing flex-model fields. "
        + "Use a fixed quantity or a sensor reference instead."

    private static let modelMeasures: [String: FlexMeasure] = [
        "soc-min": .energy, "soc-max": .energy, "soc-minima": .energy, "soc-maxima": .energy, "soc-targets": .energy,
        "power-capacity": .power, "consumption-capacity": .power, "production-capacity": .power,
        "charging-efficiency": .ratio, "discharging-efficiency": .ratio, "storage-efficiency": .ratio,
        "state-of-charge": .energy,
    ]

    /// True for a sensor whose unit does not fit.
    private static func isForeign(_ value: JSONValue, _ measure: FlexMeasure, _ lookup: any FlexLookup) -> Bool {
        guard let id = value["sensor"]?.intValue, let sensor = lookup.sensor(id) else { return false }
        return SensorReference(sensor, as: measure).map { $0.mixing != .none } ?? true
    }
}
