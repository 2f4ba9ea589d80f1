/// Ranges of horizons that share a model, in intervals, half-open.
enum HorizonBands {
    /// From hours; steps of a day beyond the last. Bands shorter than an interval vanish.
    static func ranges(hours: [Double], hoursPerStep: Double, horizon: Int) -> [Range<Int>] {
        var bounds = hours
        while Double(horizon) * hoursPerStep > (bounds.last ?? 0) { bounds.append((bounds.last ?? 0) + 24) }
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
