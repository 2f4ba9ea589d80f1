/// How good forecasts from past moments would have been.
package struct BacktestSummary: Hashable, Sendable {
    /// Errors over one range of horizons, or over one hour of the day.
    package struct Score: Hashable, Sendable {
        package private(set) var count = 0
        private var errors = 0.0
        private var bias = 0.0
        private var naiveErrors = 0.0
        private var inside = 0

        /// Mean absolute error; nil without forecasts.
        package var meanError: Double? { mean(errors) }
        /// Mean of forecast minus truth.
        package var meanBias: Double? { mean(bias) }
        /// Mean absolute error of the seasonal naive forecast.
        package var naiveError: Double? { mean(naiveErrors) }
        /// Share of the truth between the quantiles 0.1 and 0.9.
        package var coverage: Double? { mean(Double(inside)) }
        /// One minus error over naive error: 1 is perfect, 0 no better than naive; nil where naive is perfect.
        package var skill: Double? { naiveErrors > 0 ? 1 - errors / naiveErrors : nil }

        private func mean(_ sum: Double) -> Double? { count > 0 ? sum / Double(count) : nil }

        mutating func add(truth: Double, value: Double, low: Double, high: Double, naive: Double) {
            count += 1
            errors += abs(value - truth)
            bias += value - truth
            naiveErrors += abs(naive - truth)
            if low <= truth, truth <= high { inside += 1 }
        }
    }

    /// One range of horizons.
    package struct Band: Hashable, Sendable {
        package var fromHours: Double
        package var untilHours: Double
        package var score = Score()
    }

    /// Days after which the naive forecast repeats itself: 1 or 7, whichever is better on this series.
    package var naiveDays = 1
    package var origins = 0
    package var total = Score()
    package var bands: [Band]
    /// By local hour of the day.
    package var hours: [Score]

    init(hours horizon: Double) {
        var bounds: [Double] = [0, 2, 6, 24, 48]
        while let last = bounds.last, last < horizon { bounds.append(last + 24) }
        bands = zip(bounds, bounds.dropFirst()).filter { $0.0 < horizon }.map {
            Band(fromHours: $0.0, untilHours: $0.1)
        }
        hours = Array(repeating: Score(), count: 24)
    }
}
