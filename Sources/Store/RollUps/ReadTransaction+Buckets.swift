import EnergyCore
import GRDB

/// What the chosen values of the events that start in a bucket amount to.
package struct Bucket: Hashable, Sendable {
    /// First second of the bucket.
    package var start: Int64
    /// The first second after it.
    package var end: Int64
    /// Events with a value.
    package var count: Int
    /// In the sensor's unit, as the others; meaningless when `count` is 0.
    package var mean: Double
    package var minimum: Double
    package var maximum: Double
}

/// Collects what falls between neighbouring edges, in time order.
private struct BucketBins {
    let range: EventRange
    private var bins: [(end: Int64, bin: RollUpBin)]
    private var index = 0

    /// nil with less than two edges.
    init?(edges: [Int64]) {
        guard let first = edges.first, let last = edges.last, edges.count > 1 else { return nil }
        range = EventRange(from: first, until: last)
        bins = zip(edges, edges.dropFirst()).map { (end: $1, bin: RollUpBin(start: $0)) }
    }

    mutating func add(_ value: Double, at start: Int64) {
        while start >= bins[index].end { index += 1 }
        bins[index].bin.add(value)
    }

    mutating func merge(_ bin: RollUpBin) {
        while bin.start >= bins[index].end { index += 1 }
        bins[index].bin.merge(bin)
    }

    var buckets: [Bucket] {
        bins.map { end, bin in
            Bucket(
                start: bin.start, end: end, count: Int(bin.count), mean: bin.sum / Double(bin.count),
                minimum: bin.minimum, maximum: bin.maximum)
        }
    }
}

extension ReadTransaction {
    /// Minimum, maximum, mean and count between neighbouring edges (seconds since 1970, ascending).
    ///
    /// Answered from roll-ups where the edges fall on bins and everything known counts; from the beliefs otherwise.
    package func buckets(of sensor: Sensor, edges: [Int64], filter: BeliefFilter) throws -> [Bucket] {
        if let kept = try keptBuckets(of: sensor, edges: edges, filter: filter) { return kept }
        guard var bins = BucketBins(edges: edges) else { return [] }
        try scanChosen(of: sensor, in: bins.range, filter: filter) { start, belief in
            if !belief.value.isNaN { bins.add(belief.value, at: start) }
        }
        return bins.buckets
    }

    /// The same from roll-ups only; nil where they do not have the answer.
    private func keptBuckets(of sensor: Sensor, edges: [Int64], filter: BeliefFilter) throws -> [Bucket]? {
        guard filter.isTrivial, var bins = BucketBins(edges: edges), let level = rollUpLevel(for: edges, of: sensor)
        else { return nil }
        try scanRollUps(of: sensor, level: level, in: bins.range) { bins.merge($0) }
        return bins.buckets
    }

    /// The coarsest kept level of which every edge begins a bin.
    private func rollUpLevel(for edges: [Int64], of sensor: Sensor) -> RollUpLevel? {
        var days = LocalDays(of: sensor)
        return RollUpLevel.levels(for: sensor.resolution).last { level in
            edges.allSatisfy { days.binStart(level, containing: $0) == $0 }
        }
    }

    func scanRollUps(
        of sensor: Sensor, level: RollUpLevel, in range: EventRange, _ body: (RollUpBin) -> Void
    ) throws {
        let statement = try RawStatement(
            database,
            """
            SELECT start, count, sum, min, max FROM roll_up
            WHERE sensor = ? AND level = ? AND start >= ? AND start < ?
            """
        )
        statement.bind(sensor.id, at: 1)
        statement.bind(level.rawValue, at: 2)
        statement.bind(range.from, at: 3)
        statement.bind(range.until, at: 4)
        defer { statement.reset() }
        while try statement.step() {
            body(
                RollUpBin(
                    start: statement.int(0), count: statement.int(1), sum: statement.double(2),
                    minimum: statement.double(3), maximum: statement.double(4)))
        }
    }
}
