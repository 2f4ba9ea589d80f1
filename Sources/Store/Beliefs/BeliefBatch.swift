import EnergyCore

/// Beliefs of one source about one sensor that are to be stored.
package struct BeliefBatch: Sendable {
    package let sensor: Sensor
    package var source: DataSourceID
    /// Event starts in seconds since 1970.
    package private(set) var starts: [Int64] = []
    /// Belief horizons in microseconds.
    package private(set) var horizons: [Int64] = []
    /// In the sensor's unit; a negative zero is stored as zero.
    package private(set) var values: [Double] = []
    /// Empty as long as all are one half; see `ProbabilityCode`.
    private(set) var probabilities: [Int64] = []
    private let knowledge: KnowledgeTimes

    package init(sensor: Sensor, source: DataSourceID) {
        self.sensor = sensor
        self.source = source
        knowledge = KnowledgeTimes(of: sensor)
    }

    package var count: Int { starts.count }
    package var isEmpty: Bool { starts.isEmpty }

    package mutating func reserveCapacity(_ count: Int) {
        starts.reserveCapacity(count)
        horizons.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    /// Adds an ordinary belief; one that is no number is left out.
    package mutating func append(start: Int64, horizon: TimeSpan, value: Double) {
        append(start: start, horizon: horizon, code: ProbabilityCode.half, value: value)
    }

    /// Adds an ordinary belief formed at a moment.
    package mutating func append(start: Int64, believedAt moment: Instant, value: Double) {
        append(start: start, horizon: horizon(ofEventAt: start, believedAt: moment), value: value)
    }

    /// Adds a row of a belief that may be probabilistic; one half is the probability of ordinary ones.
    package mutating func append(start: Int64, horizon: TimeSpan, probability: Double, value: Double) {
        append(start: start, horizon: horizon, code: ProbabilityCode.code(probability), value: value)
    }

    private mutating func append(start: Int64, horizon: TimeSpan, code: Int64, value: Double) {
        if value.isNaN { return }
        let isOrdinary = code == ProbabilityCode.half && probabilities.isEmpty
        if !isOrdinary, probabilities.isEmpty {
            probabilities = Array(repeating: ProbabilityCode.half, count: count)
        }
        starts.append(start)
        horizons.append(horizon.microseconds)
        values.append(value + 0)
        if !isOrdinary { probabilities.append(code) }
    }

    package mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        horizons.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        probabilities.removeAll(keepingCapacity: true)
    }

    /// How long before the event can be known for sure a moment lies.
    package func horizon(ofEventAt start: Int64, believedAt moment: Instant) -> TimeSpan {
        TimeSpan(microseconds: knowledge.microseconds(ofEventAt: start) - moment.microseconds)
    }

    func probability(_ index: Int) -> Int64 { probabilities.isEmpty ? ProbabilityCode.half : probabilities[index] }

    /// Where the beliefs from `first` on cease to be about events at equal steps, each with this belief alone, whose
    /// horizons change evenly. The batch must be in key order.
    func endOfBlock(from first: Int, until end: Int) -> Int {
        var next = first + 1
        guard probabilities.isEmpty, next < end, first == 0 || starts[first - 1] < starts[first] else { return next }
        let step = starts[next] - starts[first]
        let horizonStep = horizons[next] &- horizons[first]
        guard (1...BeliefBlock.longestStep).contains(step) else { return next }
        while next < end, starts[next] - starts[next - 1] == step, horizons[next] &- horizons[next - 1] == horizonStep {
            next += 1
        }
        return next < count && starts[next] == starts[next - 1] ? next - 1 : next
    }

    /// The beliefs at some places, found by `endOfBlock`, as one block.
    func block(_ places: Range<Int>) -> BeliefBlock {
        let first = places.lowerBound
        return BeliefBlock(
            sensor: sensor.id, source: source, start: starts[first], step: starts[first + 1] - starts[first],
            count: places.count, horizon: horizons[first], horizonStep: horizons[first + 1] &- horizons[first])
    }

    /// Whether every event occurs once, in time order, so that beliefs of the batch cannot meet each other.
    var isStrictlyAscending: Bool {
        for index in starts.indices.dropFirst() where starts[index] <= starts[index - 1] { return false }
        return true
    }

    /// In key order, and of rows with equal event, side (before or after the knowledge time), probability and value
    /// only the earliest belief.
    func normalised() -> BeliefBatch {
        if isStrictlyAscending { return self }
        let order = starts.indices.sorted { precedes($0, $1) }
        var result = BeliefBatch(sensor: sensor, source: source)
        result.reserveCapacity(count)
        var seen = Set<Seen>()
        var keep: [Int] = []
        var start = Int64.min
        // Within an event the latest belief comes first, so going backwards meets the earliest first.
        for index in order.reversed() {
            if starts[index] != start { seen.removeAll(keepingCapacity: true) }
            start = starts[index]
            let row = Seen(isForecast: horizons[index] > 0, probability: probability(index), value: values[index])
            if seen.insert(row).inserted { keep.append(index) }
        }
        for index in keep.reversed() {
            result.starts.append(starts[index])
            result.horizons.append(horizons[index])
            result.values.append(values[index])
            if !probabilities.isEmpty { result.probabilities.append(probabilities[index]) }
        }
        return result
    }

    private struct Seen: Hashable {
        let isForecast: Bool
        let probability: Int64
        let value: Double
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        if starts[a] != starts[b] { return starts[a] < starts[b] }
        if horizons[a] != horizons[b] { return horizons[a] < horizons[b] }
        if probability(a) != probability(b) { return probability(a) < probability(b) }
        // The order of equal keys decides which of them counts when overwriting is allowed: the one that came last.
        return a < b
    }
}
