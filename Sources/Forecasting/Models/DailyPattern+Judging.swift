import Foundation

extension DailyPattern {
    func residuals() -> [Float] {
        (judgedFrom..<series.origin).map { t in
            series.observed[t].isNaN ? 0 : Float(series.observed[t]) - leftOut[0][t - judgedFrom]
        }
    }

    /// Compares the views on known days and mixes them by their errors, unless their shares are known.
    mutating func judge(keeping known: [[Float]]?) {
        for lead in 1...2 {
            let (values, losses) = trials(lead: lead)
            let shares = known?[lead - 1] ?? Self.shares(losses, days: Double(values[0].count) / series.axis.perDay)
            // Too few days to leave out two of them: what holds for one day ahead has to do.
            self.shares.append(lead == 2 && !judgesByPast ? self.shares[0] : shares)
            let mix = self.shares[lead - 1]
            leftOut.append(
                values[0].indices.map { i in
                    var sum: Float = 0
                    for v in values.indices { sum += mix[v] * values[v][i] }
                    return sum
                })
        }
    }

    /// What each view says of the judged intervals, and its error with recent days counting more.
    private func trials(lead: Int) -> (values: [[Float]], losses: [Float]) {
        let count = series.origin - judgedFrom
        var values = [[Float]](repeating: Array(repeating: 0, count: count), count: Self.views.count)
        var losses = [Float](repeating: 0, count: Self.views.count)
        var pool = PatternPool(series, hour: hour)
        for i in 0..<count {
            let t = judgedFrom + i
            pool.gather(around: t, lead: lead, byPast: judgesByPast, before: series.origin)
            let truth = series.observed[t]
            let weight = Float(exp2(-Double(count - i) / series.axis.perDay / 10))
            for v in Self.views.indices {
                let value = pool.value(v) ?? median
                values[v][i] = value
                if !truth.isNaN { losses[v] += weight * abs(Float(truth) - value) }
            }
        }
        return (values, losses)
    }

    private static func shares(_ losses: [Float], days: Double) -> [Float] {
        let sharpness = Float(min(8, 3 + days))
        let least = losses.min() ?? 0
        let scores = losses.map { powf(max(least, 1e-12) / max($0, 1e-12), sharpness) }
        let total = scores.reduce(0, +)
        return scores.map { $0 / max(total, 1e-12) }
    }

    /// Least squares through the origin of later on earlier residuals at three distances, read as an exponential.
    func fittedFade() -> Double {
        let count = series.origin - judgedFrom
        guard count >= 24 * hour else { return 3 }
        var upper = 0.0
        var lower = 0.0
        for distance in [hour, 3 * hour, 6 * hour] {
            var cross = 0.0
            var square = 1e-12
            for i in hour..<max(hour, count - distance) {
                let last = residualSums[i] - residualSums[i - 1]
                let x = 0.5 * (last + (residualSums[i] - residualSums[i - hour]) / Double(hour))
                cross += x * (residualSums[i + distance] - residualSums[i + distance - 1])
                square += x * x
            }
            let slope = min(max(cross / square, 0.01), 0.98)
            let hours = Double(distance) * series.axis.hoursPerStep
            upper += hours * hours
            lower -= hours * log(slope)
        }
        return min(max(upper / max(lower, 1e-9), 1), 24)
    }
}
