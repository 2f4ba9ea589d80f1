import EnergyCore
import Store

/// Turns messages into plans, and plans into payloads of jobs and back.
struct ForecastPlanning {
    let context: ServiceContext

    func plan(_ message: JSONValue, sensor: SensorID, now: Instant) throws -> ForecastPlan {
        try form(sensor: sensor, now: now, records: try context.records()).plan(message)
    }

    /// The message and the moment it came are kept; reading them again gives the same plan.
    func payload(_ message: JSONObject, sensor: SensorID, now: Instant, source: DataSourceID, cycle: Int) -> JSONObject
    {
        [
            "sensor": .int(sensor), "message": .object(message), "now": .int(now.microseconds), "source": .int(source),
            "cycle": .int(cycle),
        ]
    }

    func plan(from payload: JSONObject, sensor: Sensor) throws(FieldErrors) -> ForecastPlan {
        guard case .int(let moment)? = payload["now"], let records = try? context.records() else {
            throw FieldErrors("now", FieldText.missing)
        }
        let reader = form(sensor: sensor.id, now: Instant(microseconds: moment), records: records)
        return try reader.plan(payload["message"] ?? .object(JSONObject()))
    }

    func source(of config: ForecastConfig) -> DataSource {
        config.source(
            named: context.settings.defaultSourceName, defaultTrainPeriod: context.settings.forecasts.trainingPeriod)
    }

    private func form(sensor: SensorID, now: Instant, records: Directory) -> ForecastRequestForm {
        ForecastRequestForm(
            records: records, sensorID: sensor, serverZone: Zone.named(context.settings.timezone) ?? .utc,
            planningHorizon: context.settings.planning.horizon, now: now)
    }
}
