import EnergyCore

/// Trains on the known part of a series and forecasts what follows. A pure function of its input: equal inputs give
/// equal bytes.
package struct Forecaster: Sendable {
    private let tuning: ForecastTuning

    package init() {
        tuning = .standard
    }

    init(tuning: ForecastTuning) {
        self.tuning = tuning
    }

    /// Trains and forecasts at once.
    package func forecast(_ input: ForecastInput) throws(ForecastError) -> ForecastResult {
        try train(input).forecast(input)
    }

    /// Learns from all that is known at the end of `input`. One training serves several viewpoints.
    /// - Parameter isCancelled: asked between ranges of horizons.
    package func train(
        _ input: ForecastInput, isCancelled: () -> Bool = { false }
    ) throws(ForecastError) -> TrainedForecaster {
        guard input.resolution > .zero else { throw .instantaneous }
        guard let known = input.trimmed() else { throw .noObservations }
        let perDay = 86_400 / known.resolution.inSeconds
        let days = Double(known.values.count) / perDay
        let missing = known.values.count { $0.isNaN }
        var report = ForecastReport(
            method: .constant, daysOfHistory: days, missingShare: Double(missing) / Double(known.values.count))
        if let value = known.constantValue { return TrainedForecaster(kind: .constant(value), report: report) }
        if perDay < 8 {
            report.method = .coarse
            return TrainedForecaster(kind: .coarse, report: report)
        }
        let models = try ModelSet(known, tuning: tuning, isCancelled: isCancelled)
        models.describe(in: &report, tuning: tuning)
        return TrainedForecaster(kind: .models(models, tuning), report: report)
    }
}
