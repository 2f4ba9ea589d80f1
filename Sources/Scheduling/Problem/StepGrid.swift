import EnergyCore

/// The slots of a schedule: `count` steps of equal length from `start` on, all in elapsed time.
///
/// Flows belong to a step, stocks to the end of a step. The grid is not tied to the clock.
package struct StepGrid: Hashable, Sendable {
    /// Where step 0 begins.
    package let start: Instant
    /// Length of a step; more than zero.
    package let step: TimeSpan
    package let count: Int

    package init(start: Instant, step: TimeSpan, count: Int) {
        self.start = start
        self.step = step
        self.count = count
    }

    /// The grid that covers [start, end); a last step that begins before `end` is included in full.
    package init(start: Instant, end: Instant, step: TimeSpan) {
        let length = max(0, (end - start).microseconds)
        let whole = (length + step.microseconds - 1) / max(1, step.microseconds)
        self.init(start: start, step: step, count: Int(whole))
    }

    /// Length of a step in hours.
    package var hours: Double { step.inHours }

    /// Where step `index` begins; `count` gives the end of the last step.
    package func time(_ index: Int) -> Instant {
        Instant(microseconds: start.microseconds + step.microseconds * Int64(index))
    }

    /// End of the last step.
    package var end: Instant { time(count) }
}
