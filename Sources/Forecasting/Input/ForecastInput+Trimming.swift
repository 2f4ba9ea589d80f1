import EnergyCore

extension ForecastInput {
    /// Without what is missing at both ends; a silence before the viewpoint becomes extra horizon. Nil when nothing
    /// is known.
    func trimmed() -> ForecastInput? {
        guard let first = values.firstIndex(where: { $0.isFinite }),
            let last = values.lastIndex(where: { $0.isFinite })
        else { return nil }
        var result = self
        let oldest = max(first, last + 1 - Int(366 * 86_400 / resolution.inSeconds))
        result.start = start + resolution * oldest
        result.values = values[oldest...last].map { $0.isFinite ? $0 : .nan }
        result.horizon = horizon + values.count - 1 - last
        result.regressors = regressors.map { regressor in
            var cut = regressor
            cut.values = Array(regressor.values.dropFirst(oldest)).map { $0.isFinite ? $0 : .nan }
            return cut
        }
        return result
    }

    /// The only value there is, if there is only one.
    var constantValue: Double? {
        var only: Double?
        for value in values where !value.isNaN {
            if let only, only != value { return nil }
            only = value
        }
        return only
    }
}
