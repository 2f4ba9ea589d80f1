/// Bounds that forecasts of a series keep.
package struct ValueLimits: Hashable, Sendable {
    /// No value below it; nil for no bound but that a series which was never negative stays so.
    package var lower: Double?
    /// No value above it.
    package var upper: Double?
    /// Values that fall within a band go to the target of the band, before the bounds apply.
    package var snaps: [Snap] = []

    package init(lower: Double? = nil, upper: Double? = nil, snaps: [Snap] = []) {
        self.lower = lower
        self.upper = upper
        self.snaps = snaps
    }

    /// One band: from `first`, which belongs to it, to `second`, which does not, in either order.
    package struct Snap: Hashable, Sendable {
        package var target: Double
        package var first: Double
        package var second: Double

        package init(target: Double, first: Double, second: Double) {
            self.target = target
            self.first = first
            self.second = second
        }

        func holds(_ value: Double) -> Bool {
            first <= second ? value >= first && value < second : value <= first && value > second
        }
    }

    func applied(to value: Double) -> Double {
        var value = snaps.first { $0.holds(value) }?.target ?? value
        if let lower { value = max(value, lower) }
        if let upper { value = min(value, upper) }
        return value
    }
}
