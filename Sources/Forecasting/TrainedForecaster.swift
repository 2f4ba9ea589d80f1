import EnergyCore

/// What was learned from a history; forecasts from any viewpoint at or after its end.
package struct TrainedForecaster: Sendable {
    enum Kind: Sendable {
        case constant(Double)
        case coarse
        case models(ModelSet, ForecastTuning)
    }

    private let kind: Kind
    /// What was done and how well it went.
    package let report: ForecastReport

    init(kind: Kind, report: ForecastReport) {
        self.kind = kind
        self.report = report
    }

    /// - Parameter input: the series as known at the viewpoint, with the regressors expected there.
    package func forecast(_ input: ForecastInput) throws(ForecastError) -> ForecastResult {
        guard let known = input.trimmed() else { throw .noObservations }
        let skipped = known.horizon - input.horizon
        let start = input.start + input.resolution * input.values.count
        var result = ForecastResult(start: start, resolution: input.resolution)
        switch kind {
        case .constant(let value):
            for _ in 0..<input.horizon { result.append(value, low: value, high: value, limits: input.limits) }
        case .coarse:
            CoarsePattern(known).forecast(known, skipping: skipped, into: &result)
        case .models(let models, let tuning):
            models.forecast(known, skipping: skipped, tuning: tuning, into: &result)
        }
        return result
    }
}
