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

extension ReadTransaction {
    /// Minimum, maximum, mean and count between neighbouring edges (seconds since 1970, ascending).
    ///
    /// Answered from roll-ups where the edges fall on bins and everything known counts; from the beliefs otherwise.
    package func buckets(of sensor: Sensor, edges: [Int64], filter: BeliefFilter) throws -> [Bucket] {
        guard let first = edges.first, let last = edges.last, edges.count > 1 else { return [] }
        var bins = zip(edges, edges.dropFirst()).map { (end: $1, bin: RollUpBin(start: $0)) }
        var index = 0
        let range = EventRange(from: first, until: last)
        if filter.isTrivial, let level = rollUpLevel(for: edges, of: sensor) {
            try scanRollUps(of: sensor, level: level, in: range) { bin in
                while bin.start >= bins[index].end { index += 1 }
                bins[index].bin.merge(bin)
            }
        } else {
            try scanChosen(of: sensor, in: range, filter: filter) { start, belief in
                while start >= bins[index].end { index += 1 }
                if !belief.value.isNaN { bins[index].bin.add(belief.value) }
            }
        }
        return bins.map { end, bin in
            Bucket(
                start: bin.start, end: end, count: Int(bin.count), mean: bin.sum / Double(bin.count),
                minimum: bin.minimum, maximum: bin.maximum)
        }
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
            "SELECT start, count, sum, min, max FROM roll_up WHERE sensor = ? AND level = ? AND start >= ? AND start < ?"
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
