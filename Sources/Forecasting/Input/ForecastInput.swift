import EnergyCore

/// All that a forecast is made from: what is known of one series at one moment, on a regular grid.
package struct ForecastInput: Sendable {
    /// Start of the first interval of `values`.
    package var start: Instant
    /// Length of an interval, longer than zero.
    package var resolution: TimeSpan
    /// Observations up to the viewpoint; NaN where nothing is known.
    package var values: [Double]
    /// How many intervals after the last of `values` to forecast.
    package var horizon: Int
    /// Series that explain the target, on the same grid.
    package var regressors: [Regressor] = []
    /// Days to treat like Sundays.
    package var holidays: [Range<Instant>] = []
    /// Offset of the local clock from UTC: people and tariffs follow the local clock, lags do as well.
    package var utcOffset: @Sendable (Instant) -> TimeSpan
    /// Targets before this moment only serve as lags.
    package var trainStart: Instant?
    /// Bounds of the values to return.
    package var limits = ValueLimits()

    package init(
        start: Instant, resolution: TimeSpan, values: [Double], horizon: Int,
        utcOffset: @escaping @Sendable (Instant) -> TimeSpan = { _ in .zero }
    ) {
        self.start = start
        self.resolution = resolution
        self.values = values
        self.horizon = horizon
        self.utcOffset = utcOffset
    }
}
