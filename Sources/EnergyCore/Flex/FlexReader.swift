/// Reads single flex fields and collects what is wrong with them, in the words of the API.
struct FlexReader {
    let lookup: any FlexLookup
    /// Where nominal durations (months, years) live.
    let zone: Zone
    var errors = FieldErrors()

    /// Which forms of a value a field takes, besides a sensor reference.
    struct Forms {
        var fixed = true
        var segments = true
        var sensor = true
        /// The unit of bare numbers; nil where they are refused.
        var numberUnit: FlexUnit?
        /// Lowest fixed value.
        var lowest: Double?
        /// How a value below the lowest is refused.
        var lowestText = "Must be greater than or equal to 0."
    }

    /// A value as it was written, before its unit is looked at.
    enum Raw {
        case fixed(FlexQuantity)
        case sensor(Sensor, SourceFilter, fallback: FlexQuantity?)
        case segments([(start: Instant, end: Instant, value: FlexQuantity)])
    }

    init(lookup: any FlexLookup, zone: Zone) {
        self.lookup = lookup
        self.zone = zone
    }

    /// A variable quantity in the unit of its measure; nil if absent or faulty. Prices are read with `price`.
    mutating func variable(
        _ value: JSONValue?, _ path: [String], _ measure: FlexMeasure, _ forms: Forms = Forms()
    ) -> VariableQuantity? {
        guard let value, let raw = raw(value, path, measure, forms) else { return nil }
        return converted(raw, path, measure)
    }

    /// A fixed quantity or number in the unit of its measure.
    mutating func fixed(_ value: JSONValue?, _ path: [String], _ measure: FlexMeasure, _ forms: Forms) -> Double? {
        guard let value else { return nil }
        switch value {
        case .string, .int, .double, .null:
            guard case .fixed(let quantity)? = raw(value, path, measure, forms) else { return nil }
            return quantity.value(in: measure)
        default:
            errors.add(
                path,
                "Unsupported value type. `\(Self.className(value))` was provided but only str, int and float are supported."
            )
            return nil
        }
    }

    /// Reads a value of any form and checks its dimension.
    mutating func raw(_ value: JSONValue, _ path: [String], _ measure: FlexMeasure, _ forms: Forms) -> Raw? {
        switch value {
        case .string(let text): return quantity(text, path, measure, forms).map { .fixed($0) }
        case .int, .double: return number(value, path, forms).map { .fixed($0) }
        case .object(let members): return sensor(members, path, measure)
        case .array(let elements): return segments(elements, path, measure, forms)
        case .null: errors.add(path, "Field may not be null.")
        case .bool: errors.add(path, Self.unsupported(value))
        }
        return nil
    }

    private mutating func quantity(
        _ text: String, _ path: [String], _ measure: FlexMeasure, _ forms: Forms
    ) -> FlexQuantity? {
        do {
            let quantity = try FlexQuantity(parsing: text)
            guard let value = quantity.value(in: measure), value.isFinite else {
                errors.add(path, "Cannot convert value `\(text)` to '\(measure.unitText)'")
                return nil
            }
            if let lowest = forms.lowest, value < lowest {
                errors.add(path, forms.lowestText)
                return nil
            }
            return quantity
        } catch {
            if case .undefined(let word) = error {
                errors.add(
                    path,
                    "Cannot convert value '\(text)' to a valid quantity. '\(word)' is not defined in the unit registry")
            }
            return nil
        }
    }

    private mutating func number(_ value: JSONValue, _ path: [String], _ forms: Forms) -> FlexQuantity? {
        guard let unit = forms.numberUnit, let number = value.doubleValue else {
            errors.add(path, Self.unsupported(value))
            return nil
        }
        if let lowest = forms.lowest, number * unit.factor < lowest {
            errors.add(path, forms.lowestText)
            return nil
        }
        return FlexQuantity(value: number, unit: unit)
    }

    /// A value of any form in the unit of its measure.
    mutating func converted(_ raw: Raw, _ path: [String], _ measure: FlexMeasure) -> VariableQuantity? {
        switch raw {
        case .fixed(let quantity): return quantity.value(in: measure).map { .fixed($0) }
        case .segments(let segments):
            return .series(
                segments.compactMap { segment in
                    segment.value.value(in: measure).map {
                        QuantitySegment(start: segment.start, end: segment.end, value: $0)
                    }
                })
        case .sensor(let sensor, let filter, let fallback):
            guard var reference = SensorReference(sensor, as: measure) else {
                errors.add(path, "Cannot convert \(sensor.unit) to \(measure.unitWords)")
                return nil
            }
            reference.filter = filter
            reference.fallback = fallback.flatMap { $0.value(in: measure) }
            return .sensor(reference)
        }
    }

    static func unsupported(_ value: JSONValue) -> String {
        "Unsupported value type. `\(className(value))` was provided but only dict, list and str are supported."
    }

    /// The class of a value as the texts of the API name it.
    static func className(_ value: JSONValue) -> String { "<class '\(typeName(value))'>" }

    static func typeName(_ value: JSONValue) -> String {
        switch value {
        case .null: "NoneType"
        case .bool: "bool"
        case .int: "int"
        case .double: "float"
        case .string: "str"
        case .array: "list"
        case .object: "dict"
        }
    }
}

extension SensorReference {
    /// A reference to a sensor whose unit fits the measure, a step's length apart if need be; nil if it does not.
    package init?(_ sensor: Sensor, as measure: FlexMeasure) {
        guard let unit = try? FlexUnit(parsing: sensor.unit), unit.isPrice == measure.isPrice,
            let dimension = unit.dimension, dimension.energy == measure.dimension.energy
        else { return nil }
        switch dimension.time - measure.dimension.time {
        case 0: self.init(sensor: sensor, factor: unit.factor, mixing: .none)
        case 1 where !measure.isPrice && measure != .ratio:
            self.init(sensor: sensor, factor: unit.factor, mixing: .stockToFlow)
        case -1 where !measure.isPrice && measure != .ratio:
            self.init(sensor: sensor, factor: unit.factor, mixing: .flowToStock)
        default: return nil
        }
    }
}
