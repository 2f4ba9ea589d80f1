import EnergyCore
import Forecasting
import Store

/// Trains on a sensor's data and stores forecasts: what jobs and commands have in common.
struct ForecastWork {
    let context: ServiceContext
    let sensor: Sensor
    /// Where the forecasts go; another sensor if the command says so.
    let target: Sensor
    let source: DataSourceID
    let plan: ForecastPlan

    /// What became of one training.
    struct Outcome: Hashable, Sendable {
        var beliefs = 0
        var beliefTimes = 0
        var report: ForecastReport?
    }

    /// Forecasts from every viewpoint and stores all of it in one transaction, or nothing.
    func run(
        _ viewpoints: [ForecastPlan.Viewpoint], isCancelled: () -> Bool = { false },
        report: (Double, String) -> Void = { _, _ in }
    ) throws -> Outcome {
        guard let first = viewpoints.first else { return Outcome() }
        report(0, "training")
        let trained: TrainedForecaster
        let input = try readings(from: first)
        do {
            trained = try Forecaster().train(input, isCancelled: isCancelled)
        } catch {
            throw failure(error)
        }
        var batches: [BeliefBatch] = []
        for (number, viewpoint) in viewpoints.enumerated() {
            if isCancelled() { throw JobCancelled() }
            report(0.8 + 0.2 * Double(number) / Double(viewpoints.count), "forecasting")
            let known = number == 0 ? input : try readings(from: viewpoint)
            do {
                batches.append(batch(try trained.forecast(known), believedAt: viewpoint.believedAt))
            } catch {
                throw failure(error)
            }
        }
        if isCancelled() { throw JobCancelled() }
        let rows = batches.reduce(0) { $0 + $1.count }
        try context.write { transaction in
            for batch in batches {
                _ = try transaction.save(batch, rule: SaveRule(mayReplace: true, dropsUnchanged: false))
            }
        }
        return Outcome(
            beliefs: plan.isProbabilistic ? rows / 3 : rows, beliefTimes: viewpoints.count, report: trained.report)
    }

    private func readings(from viewpoint: ForecastPlan.Viewpoint) throws -> ForecastInput {
        let records = try context.records()
        return try context.store.read { transaction in
            try ForecastReadings(transaction: transaction, records: records, sensor: sensor, config: plan.config)
                .input(
                    from: viewpoint.start, until: viewpoint.start + plan.horizon, believedAt: viewpoint.believedAt,
                    prior: plan.prior)
        }
    }

    private func batch(_ result: ForecastResult, believedAt: Instant) -> BeliefBatch {
        var batch = BeliefBatch(sensor: target, source: source)
        batch.reserveCapacity(result.values.count * (plan.isProbabilistic ? 3 : 1))
        for (i, value) in result.values.enumerated() {
            let start = (result.start + result.resolution * i).seconds
            guard plan.isProbabilistic else {
                batch.append(start: start, believedAt: believedAt, value: value)
                continue
            }
            let horizon = batch.horizon(ofEventAt: start, believedAt: believedAt)
            batch.append(start: start, horizon: horizon, probability: 0.1, value: result.low[i])
            batch.append(start: start, horizon: horizon, probability: 0.5, value: value)
            batch.append(start: start, horizon: horizon, probability: 0.9, value: result.high[i])
        }
        return batch
    }

    private func failure(_ error: ForecastError) -> any Error {
        switch error {
        case .cancelled: JobCancelled()
        case .instantaneous: JobFailure(errorClass: "str", message: "Cannot forecast an instantaneous sensor.")
        case .noObservations:
            JobFailure(errorClass: "str", message: "Not enough data to forecast sensor \(sensor.id): no observations.")
        }
    }
}
