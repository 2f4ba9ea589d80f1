import EnergyCore

/// All models of one training.
struct ModelSet: Sendable {
    private let ridges: [(horizons: Range<Int>, model: RidgeModel)]
    private let bands: [HorizonModel]
    private let sampleCounts: [Int]
    private let pattern: DailyPattern
    private let days: Double
    private let plainSpread: (low: Double, high: Double)

    init(
        _ input: ForecastInput, tuning: ForecastTuning, isCancelled: () -> Bool
    ) throws(ForecastError) {
        let series = PreparedSeries(input, tuning: tuning)
        let builder = FeatureBuilder(series)
        let axis = series.axis
        days = Double(series.origin) / axis.perDay
        let first = Self.firstTarget(input, days: days, perDay: axis.perDay, tuning: tuning)
        let folds = FoldPlan(count: tuning.folds, origin: series.origin, first: first, perDay: axis.perDay)
        var ridges: [(Range<Int>, RidgeModel)] = []
        if days >= tuning.patternOnlyDays {
            for range in HorizonBands.ranges(
                hours: HorizonBands.ridge, hoursPerStep: axis.hoursPerStep, horizon: input.horizon)
            {
                if isCancelled() { throw .cancelled }
                let samples = SampleSet(
                    builder, horizons: range, first: first, limit: tuning.ridgeRows, halfLife: tuning.ridgeHalfLife,
                    folds: folds)
                ridges.append(
                    (range, RidgeModel(samples, tuning: tuning, regressors: series.regressors.count)))
            }
        }
        pattern = DailyPattern(series)
        var bands: [HorizonModel] = []
        var counts: [Int] = []
        for range in HorizonBands.ranges(
            hours: HorizonBands.trees, hoursPerStep: axis.hoursPerStep, horizon: input.horizon)
        {
            if isCancelled() { throw .cancelled }
            let samples = SampleSet(
                builder, horizons: range, first: first, limit: tuning.treeRows, halfLife: tuning.treeHalfLife,
                folds: folds)
            counts.append(samples.count)
            bands.append(
                HorizonModel(
                    samples, horizons: range, ridge: { h in ridges.first { $0.0.contains(h) }?.1 }, pattern: pattern,
                    days: days, tuning: tuning, seed: UInt64(100 + 10 * bands.count)))
        }
        self.ridges = ridges.map { (horizons: $0.0, model: $0.1) }
        self.bands = bands
        sampleCounts = counts
        plainSpread = Self.plainSpread(series.observed)
    }

    /// Targets need lags, but a short history cannot be choosy.
    private static func firstTarget(
        _ input: ForecastInput, days: Double, perDay: Double, tuning: ForecastTuning
    ) -> Int {
        let lead = days < tuning.patternOnlyDays ? 0 : days < 24 ? max(2, days / 3) : 8
        let first = Int(perDay * lead)
        guard let trainStart = input.trainStart else { return first }
        let steps = Int((trainStart - input.start).inSeconds / input.resolution.inSeconds)
        return min(max(first, steps), max(first, Int(perDay * (days - 2))))
    }

    /// How far values lie from their median, whatever the time: for when there is nothing better.
    private static func plainSpread(_ values: [Double]) -> (low: Double, high: Double) {
        let known = values.filter { !$0.isNaN }
        let middle = quantile(known, 0.5)
        return (quantile(known, 0.1) - middle, quantile(known, 0.9) - middle)
    }

    /// - Parameter skipped: intervals at the front that the caller does not want.
    func forecast(
        _ input: ForecastInput, skipping skipped: Int, tuning: ForecastTuning, into result: inout ForecastResult
    ) {
        var input = input
        // The models know as many regressors as they were trained with.
        let regressors = pattern.series.regressors.count
        input.regressors = Array(input.regressors.prefix(regressors))
        while input.regressors.count < regressors { input.regressors.append(Regressor(name: "", values: [])) }
        let series = PreparedSeries(input, tuning: tuning, forTraining: false)
        let builder = FeatureBuilder(series)
        let current = DailyPattern(series, trained: pattern)
        var limits = input.limits
        if series.neverNegative { limits.lower = max(limits.lower ?? 0, 0) }
        if series.neverPositive { limits.upper = min(limits.upper ?? 0, 0) }
        let half = (series.range.upperBound - series.range.lowerBound) / 2
        let least = series.range.lowerBound - half
        let most = series.range.upperBound + half
        withUnsafeTemporaryAllocation(of: Float.self, capacity: builder.width) { buffer in
            guard let row = buffer.baseAddress else { return }
            for h in skipped..<input.horizon {
                builder.write(knownBefore: series.origin, at: series.origin + h, to: row)
                let (value, low, high) = forecast(row, ahead: h, usual: current.value(at: series.origin + h))
                let point = min(max(Double(value), least), most)
                result.append(point, low: point + low, high: point + high, limits: limits)
            }
        }
    }

    private func forecast(
        _ row: UnsafePointer<Float>, ahead h: Int, usual: Float
    ) -> (value: Float, low: Double, high: Double) {
        guard let band = bands.first(where: { $0.horizons.contains(h) }) ?? bands.last else {
            return (usual, plainSpread.low, plainSpread.high)
        }
        var value = usual
        if band.shares.pattern < 1 {
            let linear = (ridges.first { $0.horizons.contains(h) } ?? ridges.last)?.model.predict(row) ?? usual
            value = band.shares.blend(linear, band.trees(row), usual)
        }
        guard let spread = band.spread(row) ?? bands.last(where: { $0.spread(row) != nil })?.spread(row) else {
            return (value, plainSpread.low, plainSpread.high)
        }
        return (value, Double(spread.low), Double(spread.high))
    }

    func describe(in report: inout ForecastReport, tuning: ForecastTuning) {
        let series = pattern.series
        let step = series.axis.hoursPerStep
        report.method = days < tuning.patternOnlyDays ? .pattern : .blend
        report.isSolar = series.isSolar
        report.clippedTo = series.range
        report.features = FeatureBuilder.names
        report.fadeHours = pattern.fadeHours
        report.bands = zip(bands, sampleCounts).map { band, samples in
            ForecastReport.Band(
                fromHours: Double(band.horizons.lowerBound) * step, untilHours: Double(band.horizons.upperBound) * step,
                ridgeShare: Double(band.shares.ridge), treeShare: Double(band.shares.trees),
                patternShare: Double(band.shares.pattern), heldOutError: Double(band.errors.blend), samples: samples)
        }
        report.dayNaiveError = naiveError(series, days: 1)
        report.weekNaiveError = naiveError(series, days: 7)
    }

    private func naiveError(_ series: PreparedSeries, days: Int) -> Double? {
        var sum = 0.0
        var count = 0
        for t in max(0, series.origin - Int(28 * series.axis.perDay))..<series.origin {
            let lag = series.axis.lag(t, days: days)
            guard lag >= 0, !series.observed[t].isNaN, !series.observed[lag].isNaN else { continue }
            sum += abs(series.observed[t] - series.observed[lag])
            count += 1
        }
        return count > 0 ? sum / Double(count) : nil
    }
}
