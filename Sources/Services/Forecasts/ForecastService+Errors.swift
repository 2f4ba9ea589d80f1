import EnergyCore
import Store

extension ForecastService {
    /// Of so many stored forecasts no more are looked at than the newest days of them.
    private static let mostForecasts = 300_000

    /// How far the stored forecasts of a sensor were from what was measured in the days before a moment, day by day from
    /// the newest on, so that it can be given up soon.
    package func errors(
        of sensorID: SensorID, before end: Instant, days: Int, as horizon: BeliefHorizon, caller: Caller,
        isCancelled: () -> Bool = { false }
    ) throws -> ForecastErrors {
        let sensor = try context.sensor(sensorID, for: .read, caller)
        let sources = try context.records().sources
        let forecasters = Set(sources.values.filter { $0.type == "forecaster" }.map(\.id))
        var measured = BeliefFilter(horizon)
        measured.sources = Set(
            sources.values.filter { $0.type != "forecaster" && $0.type != "scheduler" }.map(\.id))
        var forecasts = BeliefFilter(horizon)
        forecasts.sources = forecasters
        // What was said afterwards was no forecast.
        forecasts.minimumHorizon = TimeSpan(microseconds: 1)
        var result = ForecastErrors()
        let zone = Zone.named(sensor.timezone) ?? .utc
        var read = 0
        for day in 0..<days where read < Self.mostForecasts {
            if isCancelled() { throw CancellationError() }
            let range = EventRange(from: end - .days(Int64(day + 1)), until: end - .days(Int64(day)))
            let (truth, found) = try context.store.read { transaction in
                let truth = try transaction.chosenBeliefs(of: sensor, in: range, filter: measured)
                return (
                    truth,
                    try truth.starts.isEmpty
                        ? BeliefColumns() : transaction.beliefs(of: sensor, in: range, filter: forecasts)
                )
            }
            let known = Dictionary(zip(truth.starts, truth.values), uniquingKeysWith: { $1 })
            result.take(found, known, zone)
            result.days += 1
            read += found.count
        }
        return result
    }
}

extension ForecastErrors {
    /// Takes forecasts into account, of which all quantiles of one stand together, the latest of a source first.
    fileprivate mutating func take(_ forecasts: BeliefColumns, _ known: [Int64: Double], _ zone: Zone) {
        var index = 0
        var latest: (start: Int64, range: Range<Int>)?
        while index < forecasts.count {
            let first = index
            let start = forecasts.starts[first]
            while index < forecasts.count, forecasts.starts[index] == start,
                forecasts.sources[index] == forecasts.sources[first],
                forecasts.horizons[index] == forecasts.horizons[first]
            {
                index += 1
            }
            let range = first..<index
            if let last = latest {
                if last.start != start {
                    takeLatest(last.range, of: forecasts, known, zone)
                    latest = (start, range)
                } else if forecasts.horizons[first] < forecasts.horizons[last.range.lowerBound] {
                    latest = (start, range)
                }
            } else {
                latest = (start, range)
            }
            guard let truth = known[start], truth.isFinite else { continue }
            let middle = middle(of: range, forecasts)
            if middle.value.isFinite { add(middle, error: middle.value - truth, truth: truth) }
        }
        if let latest { takeLatest(latest.range, of: forecasts, known, zone) }
    }

    private mutating func takeLatest(
        _ range: Range<Int>, of forecasts: BeliefColumns, _ known: [Int64: Double], _ zone: Zone
    ) {
        let start = forecasts.starts[range.lowerBound]
        guard let truth = known[start], truth.isFinite else { return }
        let middle = middle(of: range, forecasts)
        guard middle.value.isFinite else { return }
        addLast(error: middle.value - truth, truth: truth, at: zone.local(Instant(seconds: start)))
        if range.count > 1 { addBand(range.map { forecasts[$0] }, truth: truth) }
    }

    /// The quantile nearest to the median.
    private func middle(of range: Range<Int>, _ forecasts: BeliefColumns) -> Belief {
        let best = range.min {
            abs(forecasts.probabilities[$0] - ProbabilityCode.half)
                < abs(forecasts.probabilities[$1] - ProbabilityCode.half)
        }
        return forecasts[best ?? range.lowerBound]
    }
}
