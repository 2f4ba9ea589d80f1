import EnergyCore
import Foundation

/// Forecasts of series with few intervals a day or less: a blend of the last value, means and medians of the latest
/// values and those of the same phase of the week, by how well each would have told the known values.
struct CoarsePattern: Sendable {
    private let values: [Double]
    /// Intervals in a week, where a week is a season.
    private let week: Int?
    /// Intervals in a day, where a day is a season.
    private let day: Int?
    private static let members = 5

    init(_ input: ForecastInput) {
        values = input.values
        let perDay = 86_400 / input.resolution.inSeconds
        let steps = 7 * perDay
        week = steps >= 2 && abs(steps - steps.rounded()) < 1e-9 ? Int(steps.rounded()) : nil
        day = perDay >= 2 && abs(perDay - perDay.rounded()) < 1e-9 ? Int(perDay.rounded()) : nil
    }

    func forecast(_ input: ForecastInput, skipping skipped: Int, into result: inout ForecastResult) {
        let known = values.filter { !$0.isNaN }
        let low = known.min() ?? 0
        let high = known.max() ?? 0
        var limits = input.limits
        if low >= 0 { limits.lower = max(limits.lower ?? 0, 0) }
        if high <= 0 { limits.upper = min(limits.upper ?? 0, 0) }
        for ahead in skipped..<input.horizon {
            let (shares, errors) = judged(ahead: ahead)
            let guesses = members(before: values.count, ahead: ahead)
            var value = zip(shares, guesses).reduce(0) { $0 + $1.0 * $1.1 }
            value = min(max(value, low - (high - low) / 2), high + (high - low) / 2)
            let lowError = errors.isEmpty ? low - value : quantile(errors, 0.1)
            let highError = errors.isEmpty ? high - value : quantile(errors, 0.9)
            result.append(value, low: value + lowError, high: value + highError, limits: limits)
        }
    }

    /// Shares of the members by their errors at this distance over the latest values, and the errors of their blend.
    private func judged(ahead: Int) -> (shares: [Double], errors: [Double]) {
        var losses = [Double](repeating: 1e-9, count: Self.members)
        var trials: [(truth: Double, guesses: [Double])] = []
        let first = max(2, values.count - 200)
        for t in first..<max(first, values.count) where !values[t].isNaN && t - ahead >= 1 {
            let guesses = members(before: t - ahead, ahead: ahead)
            guard guesses.allSatisfy({ !$0.isNaN }) else { continue }
            for m in guesses.indices { losses[m] += abs(values[t] - guesses[m]) }
            trials.append((values[t], guesses))
        }
        guard !trials.isEmpty else {
            return ([Double](repeating: 1 / Double(Self.members), count: Self.members), [])
        }
        let least = losses.min() ?? 1
        let scores = losses.map { pow(least / $0, 4) }
        let total = scores.reduce(0, +)
        let shares = scores.map { $0 / total }
        let errors = trials.map { trial in trial.truth - zip(shares, trial.guesses).reduce(0) { $0 + $1.0 * $1.1 } }
        return (shares, errors)
    }

    /// What each member says of the interval `ahead` after those before `origin`.
    private func members(before origin: Int, ahead: Int) -> [Double] {
        let latest = values[max(0, origin - 8)..<origin].filter { !$0.isNaN }
        guard let last = latest.last else { return [Double](repeating: .nan, count: Self.members) }
        let mean = latest.reduce(0, +) / Double(latest.count)
        let phase = samePhase(before: origin, ahead: ahead, season: week ?? 1)
        let daily = samePhase(before: origin, ahead: ahead, season: day ?? week ?? 1)
        return [
            last, mean, quantile(latest, 0.5), phase.first ?? mean,
            daily.isEmpty ? mean : quantile(Array(daily.prefix(4)), 0.5),
        ]
    }

    /// Known values a whole number of seasons before the target, the latest first.
    private func samePhase(before origin: Int, ahead: Int, season: Int) -> [Double] {
        var found: [Double] = []
        var i = origin + ahead - season
        while i >= 0, found.count < 4 {
            if i < origin, !values[i].isNaN { found.append(values[i]) }
            i -= season
        }
        return found
    }
}
