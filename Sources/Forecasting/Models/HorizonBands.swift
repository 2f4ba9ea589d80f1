/// Ranges of horizons that share a model, in intervals, half-open.
enum HorizonBands {
    /// From hours; steps of a day beyond the last, doubling after a week. Bands shorter than an interval vanish.
    static func ranges(hours: [Double], hoursPerStep: Double, horizon: Int) -> [Range<Int>] {
        var bounds = hours
        while let last = bounds.last, Double(horizon) * hoursPerStep > last {
            bounds.append(last + (last < 168 ? 24 : last))
        }
        var result: [Range<Int>] = []
        var low = 0
        for bound in bounds.dropFirst() {
            let high = Int((bound / hoursPerStep).rounded())
            if high > low, low < horizon {
                result.append(low..<high)
                low = high
            }
        }
        return result
    }

    static let ridge: [Double] = [0, 1, 2, 4, 8, 16, 24, 48]
    static let trees: [Double] = [0, 2, 6, 12, 24, 48]
}
