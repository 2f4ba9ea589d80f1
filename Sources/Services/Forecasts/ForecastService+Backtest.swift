import EnergyCore
import Forecasting
import Store

extension ForecastService {
    /// How good forecasts of a sensor would have been at past moments: skill against the better seasonal naive by
    /// horizon, bias by hour, coverage of the band. Nothing is stored. Blocks until it is there.
    ///
    /// - Parameters:
    ///   - count: how many moments; they lie `spacing` apart, the latest one horizon ago.
    ///   - asOf: what was recorded later does not count.
    ///   - progress: told the number of moments done.
    package func backtest(
        of sensorID: SensorID, config: JSONValue = .null, horizon: TimeSpan = .hours(48), count: Int = 14,
        spacing: TimeSpan = .hours(30), asOf: BeliefHorizon, as caller: Caller, isCancelled: () -> Bool = { false },
        progress: (Int) -> Void = { _ in }
    ) throws -> BacktestSummary {
        let sensor = try context.sensor(sensorID, for: .read, caller)
        guard sensor.resolution > .zero else {
            throw FieldErrors("sensor", "Cannot forecast an instantaneous sensor.")
        }
        var message = JSONObject()
        if !config.isNull { message["config"] = config }
        let now = context.clock.now
        let moment = asOf.moment(now: now)
        let plan = try ForecastPlanning(context: context).plan(.object(message), sensor: sensorID, now: moment)
        for reference in plan.config.pastRegressors + plan.config.futureRegressors {
            _ = try context.sensor(reference.sensor, for: .read, caller)
        }
        let records = try context.records()
        var input = try context.store.read { transaction in
            try ForecastReadings(transaction: transaction, records: records, sensor: sensor, config: plan.config)
                .input(from: plan.start, until: plan.start + sensor.resolution, believedAt: moment, prior: nil)
        }
        // Silence at the end is no place to test on.
        while let last = input.values.last, last.isNaN { input.values.removeLast() }
        input.horizon = max(1, Int(horizon.microseconds / sensor.resolution.microseconds))
        let steps = Int(spacing.microseconds / sensor.resolution.microseconds)
        do {
            return try BacktestRun(input, count: count, spacing: max(1, steps))
                .summary(isCancelled: isCancelled, progress: progress)
        } catch {
            if error == .cancelled { throw JobCancelled() }
            throw error
        }
    }
}
