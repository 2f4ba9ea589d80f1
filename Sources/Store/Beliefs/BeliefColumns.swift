import EnergyCore

/// Beliefs of one sensor as columns, ordered by event start, source, belief horizon (latest belief first), probability.
package struct BeliefColumns: Hashable, Sendable {
    /// Event starts in seconds since 1970.
    package var starts: [Int64] = []
    package var sources: [DataSourceID] = []
    /// Belief horizons in microseconds.
    package var horizons: [Int64] = []
    /// See `ProbabilityCode`.
    package var probabilities: [Int64] = []
    /// In the sensor's unit; "not a number" is possible in imported data.
    package var values: [Double] = []

    package init() {}

    package var count: Int { starts.count }
    package var isEmpty: Bool { starts.isEmpty }

    package mutating func append(
        start: Int64, source: DataSourceID, horizon: Int64, probability: Int64, value: Double
    ) {
        starts.append(start)
        sources.append(source)
        horizons.append(horizon)
        probabilities.append(probability)
        values.append(value)
    }

    mutating func reserveCapacity(_ count: Int) {
        starts.reserveCapacity(count)
        sources.reserveCapacity(count)
        horizons.reserveCapacity(count)
        probabilities.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        sources.removeAll(keepingCapacity: true)
        horizons.removeAll(keepingCapacity: true)
        probabilities.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
    }

    /// One row as a value.
    package subscript(index: Int) -> Belief {
        Belief(
            eventStart: Instant(seconds: starts[index]), horizon: TimeSpan(microseconds: horizons[index]),
            sourceID: sources[index], cumulativeProbability: ProbabilityCode.probability(probabilities[index]),
            value: values[index])
    }

    /// The rows as values, for callers that need not be fast.
    package var beliefs: [Belief] { starts.indices.map { self[$0] } }
}
