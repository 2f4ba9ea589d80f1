import EnergyCore

/// Turns values of any form into one number per step; NaN where nothing is known.
struct SeriesResolver {
    /// Which of several segments counts where they overlap.
    enum Overlap {
        case first
        case last
        case lowest
        case highest
    }

    /// How a field reads its values.
    struct Rule {
        var overlap = Overlap.first
        /// True for values that belong to instants (stocks at the ends of steps) rather than to whole steps.
        var isInstant = false
        /// True to extend the first and last known value of segments to the ends of the window.
        var extendsEnds = false
        /// Segment values count up to here only.
        var cutoff: Instant?
    }

    let grid: StepGrid
    /// End of the window in which data are looked up.
    let end: Instant
    let prior: Instant?
    let readings: any SensorReadings

    /// One value per step.
    func series(_ quantity: VariableQuantity?, _ rule: Rule = Rule()) throws -> [Double] {
        switch quantity {
        case nil: return unknown
        case .fixed(let value)?: return [Double](repeating: value, count: grid.count)
        case .series(let segments)?: return segmentSeries(segments, rule)
        case .sensor(let reference)?: return try sensorSeries(reference, isInstant: rule.isInstant)
        }
    }

    var unknown: [Double] { [Double](repeating: .nan, count: grid.count) }

    private func segmentSeries(_ segments: [QuantitySegment], _ rule: Rule) -> [Double] {
        var values = unknown
        let shift = rule.isInstant ? 1 : 0
        let length = rule.isInstant ? TimeSpan.zero : grid.step
        for segment in segments {
            let end = rule.cutoff.map { min($0, segment.end) } ?? segment.end
            for index in steps(from: segment.start, to: end - length, shift: shift) {
                values[index] = Self.chosen(values[index], segment.value, rule.overlap)
            }
        }
        if rule.extendsEnds { Self.extendEnds(of: &values) }
        return values
    }

    /// Steps whose moment lies in [first, last].
    private func steps(from first: Instant, to last: Instant, shift: Int) -> Range<Int> {
        let step = grid.step.microseconds
        let origin = grid.time(shift).microseconds
        let lower = max(0, -floorQuotient(-(first.microseconds - origin), step))
        let upper = min(Int64(grid.count) - 1, floorQuotient(last.microseconds - origin, step))
        return lower <= upper ? Int(lower)..<Int(upper + 1) : 0..<0
    }

    private func floorQuotient(_ a: Int64, _ b: Int64) -> Int64 {
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private static func chosen(_ known: Double, _ new: Double, _ overlap: Overlap) -> Double {
        if known.isNaN { return new }
        switch overlap {
        case .first: return known
        case .last: return new
        case .lowest: return min(known, new)
        case .highest: return max(known, new)
        }
    }

    private static func extendEnds(of values: inout [Double]) {
        guard let first = values.firstIndex(where: { !$0.isNaN }), let last = values.lastIndex(where: { !$0.isNaN })
        else { return }
        for index in 0..<first { values[index] = values[first] }
        for index in last..<values.count { values[index] = values[last] }
    }

    private func sensorSeries(_ reference: SensorReference, isInstant: Bool) throws -> [Double] {
        let raw = try sensorValues(reference, shift: isInstant ? 1 : 0)
        let hours = grid.hours
        return raw.map { value in
            value.isNaN ? reference.fallback ?? .nan : reference.value(of: value, stepHours: hours)
        }
    }

    /// Readings on the grid, in the sensor's unit.
    func sensorValues(_ reference: SensorReference, shift: Int = 0) throws -> [Double] {
        let sensor = reference.sensor
        let from = grid.time(shift)
        let offset = grid.step * shift
        let readings = try readings.readings(
            of: sensor, from: from, to: max(end, grid.end) + offset, prior: prior, filter: reference.filter)
        guard !readings.isEmpty else { return unknown }
        let length = sensor.resolution
        if length == .zero { return exactValues(readings, from: from) }
        if length == grid.step { return coveringValues(readings, sensor, from: from, end: nil) }
        if length > grid.step { return coveringValues(readings, sensor, from: from, end: end + offset) }
        return meanValues(readings, from: from, end: end + offset)
    }

    /// The reading at exactly the moment of each step.
    private func exactValues(_ readings: [SensorReading], from: Instant) -> [Double] {
        var values = unknown
        for reading in readings {
            let distance = (reading.start - from).microseconds
            guard distance >= 0, distance % grid.step.microseconds == 0 else { continue }
            let index = Int(distance / grid.step.microseconds)
            if index < grid.count { values[index] = reading.value }
        }
        return values
    }

    /// The event that covers the start of each step. Steps that reach beyond `end` stay unknown.
    private func coveringValues(
        _ readings: [SensorReading], _ sensor: Sensor, from: Instant, end: Instant?
    ) -> [Double] {
        var values = unknown
        let days = sensor.resolution.microseconds % TimeSpan.days(1).microseconds == 0
        let zone = days ? Zone.named(sensor.timezone) : nil
        let dayCount = Int(sensor.resolution.microseconds / TimeSpan.days(1).microseconds)
        var place = 0
        for index in values.indices {
            let moment = from + grid.step * index
            if let end, moment + grid.step > end { continue }
            while place + 1 < readings.count, readings[place + 1].start <= moment { place += 1 }
            let event = readings[place]
            let eventEnd = zone?.adding(days: dayCount, to: event.start) ?? (event.start + sensor.resolution)
            if event.start <= moment, moment < eventEnd { values[index] = event.value }
        }
        return values
    }

    /// The mean of the events that begin in each step.
    private func meanValues(_ readings: [SensorReading], from: Instant, end: Instant) -> [Double] {
        var sums = [Double](repeating: 0, count: grid.count)
        var counts = [Int](repeating: 0, count: grid.count)
        for reading in readings {
            let distance = (reading.start - from).microseconds
            guard distance >= 0 else { continue }
            let index = Int(distance / grid.step.microseconds)
            guard index < grid.count else { continue }
            sums[index] += reading.value
            counts[index] += 1
        }
        return sums.indices.map { index in
            let reaches = from + grid.step * (index + 1) > end
            return counts[index] == 0 || reaches ? .nan : sums[index] / Double(counts[index])
        }
    }
}
