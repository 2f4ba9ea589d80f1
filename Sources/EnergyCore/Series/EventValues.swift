/// One value per event, in time order, each event once.
package struct EventValues: Hashable, Sendable {
    package var starts: [Instant]
    package var values: [Double]

    package init(starts: [Instant] = [], values: [Double] = []) {
        self.starts = starts
        self.values = values
    }

    package var count: Int { starts.count }

    package mutating func append(_ start: Instant, _ value: Double) {
        starts.append(start)
        values.append(value)
    }
}

extension EventValues {
    /// The values as the steps of an answer show them; "not a number" where nothing is known.
    ///
    /// - Parameter event: how long the events last; zero for instantaneous sensors, of which the readings exactly on
    ///   the steps are picked. Longer steps take the mean of the events that start in them (a step that ends after the
    ///   window is left empty), shorter ones the value of the event that covers their start.
    package func resampled(to grid: EventGrid, event: EventStep) -> [Double] {
        if event.length == .zero || event.length == grid.step.length { return picked(on: grid) }
        return grid.step.length > event.length ? averaged(over: grid) : repeated(on: grid, event: event)
    }

    private func picked(on grid: EventGrid) -> [Double] {
        var index = 0
        return grid.starts.map { start in
            while index < count, starts[index] < start { index += 1 }
            return index < count && starts[index] == start ? values[index] : .nan
        }
    }

    private func averaged(over grid: EventGrid) -> [Double] {
        var index = 0
        return grid.starts.indices.map { step in
            let end = grid.end(ofStep: step)
            while index < count, starts[index] < grid.starts[step] { index += 1 }
            var sum = 0.0
            var number = 0
            while index < count, starts[index] < end {
                if !values[index].isNaN {
                    sum += values[index]
                    number += 1
                }
                index += 1
            }
            return end > grid.end || number == 0 ? .nan : sum / Double(number)
        }
    }

    private func repeated(on grid: EventGrid, event: EventStep) -> [Double] {
        var index = 0
        return grid.starts.map { start in
            while index + 1 < count, starts[index + 1] <= start { index += 1 }
            guard index < count, starts[index] <= start, start < event.end(of: starts[index]) else { return .nan }
            return values[index]
        }
    }
}
