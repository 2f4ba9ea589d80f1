/// What the forecaster did: for the job's result and for those who wonder.
package struct ForecastReport: Hashable, Sendable {
    /// Which way the forecast was made.
    package enum Method: String, Hashable, Sendable {
        /// Every observation has the same value.
        case constant
        /// Intervals of several hours: last values, means and the season of a week.
        case coarse
        /// Too few days for anything but the daily pattern.
        case pattern
        /// Ridge regression, trees and daily pattern together.
        case blend
    }

    /// One range of horizons.
    package struct Band: Hashable, Sendable {
        /// From and until, in hours ahead.
        package var fromHours: Double
        package var untilHours: Double
        /// Shares in the blend.
        package var ridgeShare: Double
        package var treeShare: Double
        package var patternShare: Double
        /// Mean absolute error on history that was held out.
        package var heldOutError: Double
        package var samples: Int
    }

    package var method: Method
    package var daysOfHistory: Double
    package var missingShare: Double
    package var isSolar = false
    /// Values outside are taken for outliers.
    package var clippedTo: ClosedRange<Double>?
    package var features: [String] = []
    package var bands: [Band] = []
    /// Mean absolute error of taking the value of the day before, over the last four weeks.
    package var dayNaiveError: Double?
    /// The same with the week before.
    package var weekNaiveError: Double?
    /// How fast deviations of the last hours fade, in hours.
    package var fadeHours: Double?

    init(method: Method, daysOfHistory: Double, missingShare: Double) {
        self.method = method
        self.daysOfHistory = daysOfHistory
        self.missingShare = missingShare
    }
}
