/// What is known of the chosen values of the events that start in a bin.
struct RollUpBin: Hashable, Sendable {
    var start: Int64
    var count: Int64 = 0
    var sum = 0.0
    var minimum = Double.infinity
    var maximum = -Double.infinity

    mutating func add(_ value: Double) {
        count += 1
        sum += value
        if value < minimum { minimum = value }
        if value > maximum { maximum = value }
    }

    mutating func merge(_ other: RollUpBin) {
        count += other.count
        sum += other.sum
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }
}
