extension SeriesWindow {
    /// The answer's values in the sensor's unit, NaN where nothing is known.
    ///
    /// Events become coarser steps by their mean, whatever the quantity, and finer ones by repetition; readings of
    /// instantaneous sensors count where they sit exactly on a step.
    ///
    /// - Parameters:
    ///   - starts: seconds since the epoch, ascending, within `eventSeconds`
    ///   - values: one per start; NaN counts as absent
    package func resampled(starts: [Int64], values: [Double]) -> [Double] {
        let steps = stepStarts
        if isInstantaneous || resolution == sensorResolution { return picked(steps, starts, values) }
        return resolution > sensorResolution ? averaged(steps, starts, values) : repeated(steps, starts, values)
    }

    /// The value at each step that an event starts with.
    private func picked(_ steps: [Instant], _ starts: [Int64], _ values: [Double]) -> [Double] {
        var result = [Double](repeating: .nan, count: steps.count)
        var index = 0
        for (slot, step) in steps.enumerated() {
            while index < starts.count, starts[index] * 1_000_000 < step.microseconds { index += 1 }
            if index < starts.count, starts[index] * 1_000_000 == step.microseconds { result[slot] = values[index] }
        }
        return result
    }

    /// The mean of the events that start within each step; a step that reaches beyond the window gets none.
    private func averaged(_ steps: [Instant], _ starts: [Int64], _ values: [Double]) -> [Double] {
        let stepping = EventSteps(resolution, in: zone)
        var result = [Double](repeating: .nan, count: steps.count)
        var index = 0
        for (slot, step) in steps.enumerated() {
            let stepEnd = slot + 1 < steps.count ? steps[slot + 1] : stepping.instant(slot + 1, after: start.instant)
            while index < starts.count, starts[index] * 1_000_000 < step.microseconds { index += 1 }
            var sum = 0.0
            var count = 0
            while index < starts.count, starts[index] * 1_000_000 < stepEnd.microseconds {
                if !values[index].isNaN {
                    sum += values[index]
                    count += 1
                }
                index += 1
            }
            if count > 0, stepEnd <= end { result[slot] = sum / Double(count) }
        }
        return result
    }

    /// The value of the event that covers the start of each step.
    private func repeated(_ steps: [Instant], _ starts: [Int64], _ values: [Double]) -> [Double] {
        let events = EventSteps(sensorResolution, in: zone)
        var result = [Double](repeating: .nan, count: steps.count)
        var index = -1
        var eventEnd = Int64.min
        for (slot, step) in steps.enumerated() {
            while index + 1 < starts.count, starts[index + 1] * 1_000_000 <= step.microseconds {
                index += 1
                eventEnd = Int64.min
            }
            guard index >= 0 else { continue }
            if eventEnd == Int64.min {
                eventEnd = events.instant(1, after: Instant(seconds: starts[index])).microseconds
            }
            if step.microseconds < eventEnd { result[slot] = values[index] }
        }
        return result
    }

    /// The answer's values in the unit of the query.
    ///
    /// Units convert last, with the resolution of the answer; only power asked of an energy sensor converts first, with
    /// the sensor's, for a mean of energies over longer events would be no power.
    package func answer(
        starts: [Int64], values: [Double], sensorUnit: String, unit: String
    ) throws(UnitError) -> [Double] {
        if unit == sensorUnit { return resampled(starts: starts, values: values) }
        let isStockToFlow: Bool
        if let own = try? Unit(parsing: sensorUnit), let wanted = try? Unit(parsing: unit) {
            isStockToFlow = own.relation(to: wanted) == .stockToFlow
        } else {
            isStockToFlow = false
        }
        let duration = isInstantaneous ? .zero : isStockToFlow ? sensorResolution : resolution
        let conversion = try Unit.conversion(from: sensorUnit, to: unit, duration: duration)
        var result: [Double]
        if isStockToFlow {
            var converted = values
            conversion.apply(to: &converted)
            result = resampled(starts: starts, values: converted)
        } else {
            result = resampled(starts: starts, values: values)
            conversion.apply(to: &result)
        }
        return result
    }
}
