import EnergyCore

/// Forecasts a known series from moments in its past, each time trained anew on what lay before.
package struct BacktestRun: Sendable {
    /// The whole series; the horizon of the input is that of every forecast.
    package var input: ForecastInput
    /// Numbers of first unknown intervals.
    package var origins: [Int]

    /// - Parameters:
    ///   - count: how many moments, the latest of which lies one horizon before the end.
    ///   - spacing: between moments, in intervals.
    package init(_ input: ForecastInput, count: Int, spacing: Int) {
        self.input = input
        let last = input.values.count - input.horizon
        origins = (0..<max(count, 0)).map { last - $0 * max(spacing, 1) }.filter { $0 > 1 }.reversed()
    }

    /// - Parameters:
    ///   - isCancelled: asked between ranges of horizons.
    ///   - progress: told the number of moments done.
    package func summary(
        isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
    ) throws(ForecastError) -> BacktestSummary {
        let hoursPerStep = input.resolution.inHours
        var summary = BacktestSummary(hours: Double(input.horizon) * hoursPerStep)
        summary.naiveDays = betterSeason()
        let season = max(1, Int((Double(summary.naiveDays) * 24 / hoursPerStep).rounded()))
        for (number, origin) in origins.enumerated() {
            let known = input(before: origin)
            guard known.trimmed() != nil else { continue }
            let result = try Forecaster().train(known, isCancelled: isCancelled).forecast(known)
            summary.origins += 1
            for h in 0..<result.values.count where origin + h < input.values.count {
                let truth = input.values[origin + h]
                guard truth.isFinite, let naive = naive(at: origin + h, before: origin, season: season) else {
                    continue
                }
                let hoursAhead = Double(h) * hoursPerStep
                func add(to score: inout BacktestSummary.Score) {
                    score.add(
                        truth: truth, value: result.values[h], low: result.low[h], high: result.high[h], naive: naive)
                }
                add(to: &summary.total)
                if let band = summary.bands.firstIndex(where: { $0.untilHours > hoursAhead }) {
                    add(to: &summary.bands[band].score)
                }
                add(to: &summary.hours[localHour(origin + h)])
            }
            progress(number + 1)
        }
        return summary
    }

    private func input(before origin: Int) -> ForecastInput {
        var known = input
        known.values = Array(input.values[..<origin])
        known.regressors = input.regressors.map { regressor in
            var cut = regressor
            cut.values = Array(regressor.values.prefix(origin + input.horizon))
            return cut
        }
        return known
    }

    private func localHour(_ index: Int) -> Int {
        let instant = input.start + input.resolution * index
        let local = instant.seconds + input.utcOffset(instant).microseconds / 1_000_000
        return Int(((local % 86_400) + 86_400) % 86_400 / 3600)
    }

    /// The latest known value a whole number of seasons before.
    private func naive(at index: Int, before origin: Int, season: Int) -> Double? {
        var i = index - season
        while i >= 0 {
            if i < origin, input.values[i].isFinite { return input.values[i] }
            i -= season
        }
        return nil
    }

    private func betterSeason() -> Int {
        func error(_ days: Int) -> Double {
            let season = max(1, Int((Double(days) * 24 / input.resolution.inHours).rounded()))
            var sum = 0.0
            var count = 0.0
            for i in season..<max(season, input.values.count) {
                let difference = input.values[i] - input.values[i - season]
                if difference.isFinite {
                    sum += abs(difference)
                    count += 1
                }
            }
            return count > 0 ? sum / count : .infinity
        }
        return error(7) < error(1) ? 7 : 1
    }
}
