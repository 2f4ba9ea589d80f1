import EnergyCore

/// All stored beliefs of one source about one sensor, every version and quantile counted.
package struct SourceStatistics: Hashable, Sendable {
    package var source: DataSourceID
    /// Stored beliefs.
    package var count = 0
    /// Those whose value is a number; sum, minimum and maximum are theirs.
    package var numbers = 0
    package var sum = 0.0
    package var minimum = Double.infinity
    package var maximum = -Double.infinity
    package var firstEventStart = Instant(microseconds: .max)
    package var lastEventStart = Instant(microseconds: .min)
    /// The latest belief time.
    package var lastBelief = Instant(microseconds: .min)

    package init(source: DataSourceID) {
        self.source = source
    }

    /// nil if there is no number.
    package var mean: Double? { numbers == 0 ? nil : sum / Double(numbers) }

    mutating func add(start: Int64, value: Double, believed: Int64) {
        count += 1
        if !value.isNaN {
            numbers += 1
            sum += value
            if value < minimum { minimum = value }
            if value > maximum { maximum = value }
        }
        let start = Instant(seconds: start)
        if start < firstEventStart { firstEventStart = start }
        if start > lastEventStart { lastEventStart = start }
        if believed > lastBelief.microseconds { lastBelief = Instant(microseconds: believed) }
    }

    mutating func merge(_ other: SourceStatistics) {
        count += other.count
        numbers += other.numbers
        sum += other.sum
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        firstEventStart = min(firstEventStart, other.firstEventStart)
        lastEventStart = max(lastEventStart, other.lastEventStart)
        lastBelief = max(lastBelief, other.lastBelief)
    }
}
