import EnergyCore

/// What a trigger message asks for, with all times resolved.
package struct ForecastPlan: Hashable, Sendable {
    /// First event to forecast.
    package var start: Instant
    /// End of the last event that was asked for.
    package var end: Instant
    /// When the first viewpoint's forecasts count as made.
    package var believedAt: Instant
    /// How far each viewpoint looks.
    package var horizon: TimeSpan
    /// Spacing of viewpoints.
    package var frequency: TimeSpan
    /// Length of a cycle: how long one training serves.
    package var cycle: TimeSpan
    package var isProbabilistic = false
    /// Only data recorded by then count, if the client says so.
    package var prior: Instant?
    package var config: ForecastConfig

    /// One training and the viewpoints it serves.
    package struct Cycle: Hashable, Sendable {
        package var viewpoints: [Viewpoint]
    }

    /// A moment from which to look ahead.
    package struct Viewpoint: Hashable, Sendable {
        /// First event.
        package var start: Instant
        package var believedAt: Instant
    }

    /// The trainings in time order; the last takes what the others leave.
    package var cycles: [Cycle] {
        let count = max(1, Int((end - start).microseconds / max(cycle.microseconds, 1)))
        return (0..<count).map { number in
            let from = start + cycle * number
            let until = number == count - 1 ? end : from + cycle
            var viewpoints: [Viewpoint] = []
            var at = from
            // Spaced from the very start, so that cycles that are no multiple of the frequency keep the rhythm.
            let done = (from - start).microseconds
            let over = done % frequency.microseconds
            if over > 0 { at = from + TimeSpan(microseconds: frequency.microseconds - over) }
            while at < until {
                viewpoints.append(Viewpoint(start: at, believedAt: believedAt + (at - start)))
                at = at + frequency
            }
            return Cycle(viewpoints: viewpoints)
        }
    }
}
