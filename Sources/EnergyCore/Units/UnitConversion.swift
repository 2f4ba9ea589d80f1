/// How values of one unit become values of another: `value * factor + shift`.
package struct UnitConversion: Hashable, Sendable {
    package var factor: Double
    package var shift: Double

    package static let identity = UnitConversion(factor: 1, shift: 0)

    package init(factor: Double, shift: Double = 0) {
        self.factor = factor
        self.shift = shift
    }

    package var isIdentity: Bool { factor == 1 && shift == 0 }

    package func callAsFunction(_ value: Double) -> Double {
        shift == 0 ? value * factor : value * factor + shift
    }

    package func apply(to values: inout [Double]) {
        if isIdentity { return }
        for index in values.indices { values[index] = self(values[index]) }
    }
}

/// How two units relate by dimension.
package enum UnitRelation: Hashable, Sendable {
    case sameDimension
    /// The first is the second times a time: kWh to kW.
    case stockToFlow
    /// The second is the first times a time: kW to kWh.
    case flowToStock
    case unrelated
}

extension Unit {
    /// The relation of this unit, values of which are at hand, to the one they shall have.
    package func relation(to target: Unit) -> UnitRelation {
        guard size.isUsable, target.size.isUsable, !isLogarithmic, !target.isLogarithmic else { return .unrelated }
        let quotient = dimension / target.dimension
        if quotient.isNone { return .sameDimension }
        if quotient == .time { return .stockToFlow }
        if quotient == Dimension.none / .time { return .flowToStock }
        return .unrelated
    }

    /// How values of this unit become values of `target`, for events that last `duration` (which only matters between
    /// stocks and flows).
    package func conversion(to target: Unit, duration: TimeSpan) throws(UnitError) -> UnitConversion {
        if text == target.text { return .identity }
        let relation = relation(to: target)
        switch relation {
        case .sameDimension:
            let shift = zero == target.zero && zero == 0 ? 0 : (zero - target.zero) / target.size.value
            return UnitConversion(factor: (size / target.size).value, shift: shift)
        case .stockToFlow, .flowToStock:
            guard duration > .zero else { throw .needsDuration(from: text, to: target.text) }
            let seconds = Ratio(Double(duration.microseconds), 1e6)
            let ratio = size / target.size
            return UnitConversion(factor: (relation == .stockToFlow ? ratio / seconds : ratio * seconds).value)
        case .unrelated:
            throw .incompatible(from: text, to: target.text)
        }
    }

    /// How values in `from` become values in `to`. Equal texts always convert, and an empty text counts as without
    /// dimension on the side of the values.
    package static func conversion(
        from: String, to: String, duration: TimeSpan
    ) throws(UnitError) -> UnitConversion {
        if from == to { return .identity }
        let source = from.isEmpty ? Unit.dimensionless : try Unit.lenient(from)
        let target = try Unit(parsing: to)
        return try source.conversion(to: target, duration: duration)
    }
}

/// Which units a request may use for a sensor.
package enum UnitRules {
    /// Whether data of `unit` may be sent to or asked from a sensor of `sensorUnit`, whose events last `duration`: equal
    /// texts, the same dimension, a stock for a flow, or power for an energy.
    package static func accepts(_ unit: String, for sensorUnit: String, duration: TimeSpan) -> Bool {
        if unit == sensorUnit { return true }
        guard let given = try? Unit(parsing: unit), let own = try? Unit(parsing: sensorUnit) else { return false }
        switch given.relation(to: own) {
        case .sameDimension, .stockToFlow: return true
        case .flowToStock: return given.dimension == .power && own.dimension == .energy && duration > .zero
        case .unrelated: return false
        }
    }

    /// Whether values convert whatever the length of their events: both valid and of the same dimension.
    package static func areConvertible(_ from: String, _ to: String) -> Bool {
        guard let from = try? Unit(parsing: from), let to = try? Unit(parsing: to) else { return false }
        return from.text == to.text || from.relation(to: to) == .sameDimension
    }

    /// The refusal of a unit in posted or requested data.
    package static func refusal(of unit: String, for sensorUnit: String) -> String {
        "Required unit for this sensor is \(sensorUnit), got incompatible unit: \(unit)"
    }

    /// The refusal of a unit stated with an uploaded file.
    package static func uploadRefusal(of unit: String, for sensorUnit: String) -> String {
        "Provided unit '\(unit)' is not convertible to sensor unit '\(sensorUnit)'"
    }

    /// Whether totals of such values add up over time when a file is resampled: energies and currencies.
    package static func isSummed(_ unit: String) -> Bool {
        guard let unit = try? Unit(parsing: unit) else { return false }
        return unit.dimension == .energy || unit.dimension.isCurrency
    }
}
