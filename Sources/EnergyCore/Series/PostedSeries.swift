/// Equidistant values as a client sends them, spread over the events of a sensor.
package struct PostedSeries: Hashable, Sendable {
    /// Event starts in seconds since the epoch, ascending. Events without a value are left out.
    package private(set) var starts: [Int64] = []
    /// In the sensor's unit, one per start.
    package private(set) var values: [Double] = []

    /// Why values cannot be spread, in the words of the API. All but `noValues` concern the whole input.
    package enum Fault: Error, Hashable, Sendable {
        case noValues
        case overlappingInstants
        case resolution(sent: TimeSpan, required: TimeSpan)
        case unit(sent: String, required: String)
        case tooMany(limit: Int)

        package var message: String {
            switch self {
            case .noValues: "Missing data for required field."
            case .overlappingInstants:
                "Cannot save multiple instantaneous values that overlap. That is, two values spanning the same moment "
                    + "(a zero duration). Try sending a single value or definining a non-zero duration."
            case .resolution(let sent, let required):
                "Resolution of \(sent.clockText) is incompatible with the sensor's required resolution of "
                    + "\(required.clockText)."
            case .unit(let sent, let required): UnitRules.refusal(of: sent, for: required)
            case .tooMany(let limit): "Too many events: the sensor's resolution makes more than \(limit) of them."
            }
        }
    }

    /// The most events one request may make of its values.
    package static let limit = 10_000_000

    /// Spreads values over the events of a sensor.
    ///
    /// A value that lasts longer than an event is repeated over all events it covers; energies and currencies are split
    /// among them instead. Units convert with the resolution of the sent values.
    ///
    /// - Parameters:
    ///   - values: NaN for gaps
    ///   - duration: of all values together
    ///   - zone: the sensor's
    package init(
        _ values: [Double], start: AwareDateTime, duration: TimeSpan, unit: String, sensor: Sensor, zone: Zone
    ) throws(Fault) {
        guard !values.isEmpty else { throw .noValues }
        let isInstantaneous = sensor.resolution == .zero
        let sent = TimeSpan(microseconds: duration.microseconds / Int64(values.count))
        if duration == .zero, values.count > 1 { throw .overlappingInstants }
        if !isInstantaneous { try PostedSeries.check(duration, count: values.count, sensor: sensor) }
        guard duration >= .zero else { throw .resolution(sent: sent, required: sensor.resolution) }
        let conversion = try PostedSeries.conversion(unit, sensor, isInstantaneous ? .zero : sent)
        let start = start.rounded(toFrequency: sensor.attributes["frequency"]?.stringValue)
        if isInstantaneous {
            place(values, from: start, duration: duration, conversion)
        } else {
            let parts = Int(sent.microseconds / sensor.resolution.microseconds)
            guard values.count <= PostedSeries.limit / max(parts, 1) else { throw .tooMany(limit: PostedSeries.limit) }
            let steps = EventSteps(sensor.resolution, in: zone)
            let divisor = PostedSeries.isSplit(unit, sensor, steps) ? Double(parts) : 1
            spread(values, from: start, steps, parts: parts, divisor: divisor, conversion)
        }
    }

    private static func check(_ duration: TimeSpan, count: Int, sensor: Sensor) throws(Fault) {
        let (unit, overflow) = sensor.resolution.microseconds.multipliedReportingOverflow(by: Int64(count))
        guard !overflow, duration > .zero, duration.microseconds % unit == 0 else {
            let sent = Double(duration.microseconds) / Double(count)
            throw .resolution(
                sent: TimeSpan(microseconds: Int64(sent.rounded(.toNearestOrEven))), required: sensor.resolution)
        }
    }

    private static func conversion(
        _ unit: String, _ sensor: Sensor, _ duration: TimeSpan
    ) throws(Fault) -> UnitConversion {
        guard UnitRules.accepts(unit, for: sensor.unit, duration: duration),
            let conversion = try? Unit.conversion(from: unit, to: sensor.unit, duration: duration)
        else { throw .unit(sent: unit, required: sensor.unit) }
        return conversion
    }

    /// Whether a value is the total of its events.
    private static func isSplit(_ unit: String, _ sensor: Sensor, _ steps: EventSteps) -> Bool {
        guard UnitRules.isSummed(sensor.unit) else { return false }
        if UnitRules.areConvertible(unit, sensor.unit) {
            // Sensors of whole days repeat even totals, as recorded.
            return steps.days == nil
        }
        return true
    }

    private mutating func place(
        _ sent: [Double], from start: Instant, duration: TimeSpan, _ conversion: UnitConversion
    ) {
        for (index, value) in sent.enumerated() where !value.isNaN {
            let offset = duration.microseconds.multipliedFullWidth(by: Int64(index))
            let elapsed = Int64(sent.count).dividingFullWidth(offset).quotient
            starts.append((start + TimeSpan(microseconds: elapsed)).seconds)
            values.append(conversion(value))
        }
    }

    private mutating func spread(
        _ sent: [Double], from start: Instant, _ steps: EventSteps, parts: Int, divisor: Double,
        _ conversion: UnitConversion
    ) {
        starts.reserveCapacity(sent.count * parts)
        values.reserveCapacity(sent.count * parts)
        for (index, value) in sent.enumerated() where !value.isNaN {
            let converted = conversion(value) / divisor
            for part in (index * parts)..<((index + 1) * parts) {
                starts.append(steps.instant(part, after: start).seconds)
                values.append(converted)
            }
        }
    }
}
