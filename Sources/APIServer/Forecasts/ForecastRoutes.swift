import APIContract
import EnergyCore
import Services

/// Asking for forecasts and fetching them.
struct ForecastRoutes {
    let services: FlexServices
    let patience: ResultPatience

    var routes: [Route] { [trigger, get] }

    private static let path = "/api/v3_0/sensors/{id}/forecasts"

    private var trigger: Route {
        Route(
            .post, Self.path + "/trigger", .forecasts, "Trigger forecasting job for one sensor",
            access: .signedIn("create-children permission on the sensor, read permission on all regressors"),
            handler: { [services] request in
                let id = try request.integer("id", location: Location.sensorData)
                let fields = try request.requiredBodyReader().fields
                try services.requireSensor(id)
                let job = try services.forecasts.trigger(.object(fields), for: id, as: request.caller)
                return .accepted(job, as: "forecast", request)
            }
        )
        .details(
            "The answer names a job; its forecasts are stored as data, and can be fetched when the job is finished."
        )
        .pathID("Sensor").json(Self.triggerSchema, example: ["start": "2026-06-02T00:00:00+00:00", "duration": "P1D"])
        .answer(200, "The job", ScheduleSchemas.accepted).quota(.trigger)
        .missingSensor(.field(Location.sensorData, "sensor")).faults(at: Location.sensorData)
    }

    private static let sensors = Schema.list(of: .oneOf([.id, .anyObject]))

    private static let triggerSchema = Schema.object([
        "start?": Schema.string.orNull.described("Datetime or date."),
        "end?": Schema.string.orNull.described("Datetime, or date that counts in full."),
        "duration?": Schema.duration.orNull, "max-forecast-horizon?": Schema.duration.orNull,
        "forecast-frequency?": Schema.duration.orNull, "probabilistic?": Schema.flag.orNull,
        "prior?": Schema.datetime.orNull,
        "config?": Schema.object(
            [
                "model?": Schema.string.orNull, "future-regressors?": sensors.orNull,
                "past-regressors?": sensors.orNull,
                "regressors?": sensors.orNull, "missing-threshold?": Schema.number.orNull,
                "ensure-positive?": Schema.flag.orNull, "train-start?": Schema.string.orNull,
                "train-period?": Schema.duration.orNull, "max-training-period?": Schema.duration.orNull,
                "retrain-frequency?": Schema.duration.orNull,
            ], open: true
        ).orNull,
    ])

    private var get: Route {
        Route(
            .get, Self.path + "/{uuid}", .forecasts, "Check forecast job status for a sensor and fetch results",
            access: .signedIn("read permission on the sensor"),
            handler: { [services, patience] request in
                let id = try request.integer("id")
                _ = try services.sensors.sensor(id, as: request.caller)
                try patience.wait(for: request.text("uuid"), services.jobs)
                return Self.answer(
                    try services.forecasts.answer(for: request.text("uuid"), sensor: id, as: request.caller))
            }
        )
        .pathID("Sensor").path("uuid", .string, "Job ID, as the trigger answered it")
        .answer(200, "The forecasts, or the jobs that hold them", Self.resultSchema)
        .answer(202, "Not over yet", Self.stateSchema).answer(400, "Nothing was stored", .reference("Refusal"))
        .answer(
            422, "The job failed, or there is no such job", .oneOf([Self.stateSchema, .reference("Unprocessable")]))
    }

    private static let stateSchema = Schema.object(["status": .string, "message": .string])

    private static let resultSchema = Schema.oneOf([
        .object(["values": .list(of: Schema.number.orNull), "start": .datetime, "duration": .string, "unit": .string]),
        .object(["message": .string, "forecasts": .list(of: .string)]),
    ])

    private static func answer(_ answer: ForecastAnswer) -> APIAnswer {
        switch answer {
        case .unknown(let sentence), .otherSensor(let sentence):
            APIAnswer(.unprocessable(Location.json, .string(sentence)))
        case .pending(let status, let sentence):
            .json(["status": .string(status), "message": .string(sentence)], status: 202)
        case .failed(let sentence):
            .json(["status": "FAILED", "message": .string(sentence)], status: 422)
        case .nothing:
            APIAnswer(.rejected(400, "UNKNOWN_FORECAST", nothing))
        case .several(let jobs):
            .json(["message": .string(Sentences.severalForecasts), "forecasts": .array(jobs.map(JSONValue.string))])
        case .found(let forecast):
            APIAnswer(200, .written(json(forecast)))
        }
    }

    private static let nothing =
        Sentences.unknownForecast + " A forecasting job has been processed with your job ID, but the forecast was not"
        + " found in the database."

    /// Written by hand: most of it are numbers.
    private static func json(_ forecast: ForecastValues) -> [UInt8] {
        var writer = JSONWriter(capacity: forecast.values.count * 8 + 128)
        writer.raw("{\"values\":")
        writer.write(forecast.values.map { $0 ?? .nan })
        writer.raw(",\"start\":")
        writer.write(forecast.start.text(in: Zone.named(forecast.sensor.timezone) ?? .utc))
        writer.raw(",\"duration\":")
        writer.write(forecast.duration.isoText(.days))
        writer.raw(",\"unit\":")
        writer.write(forecast.sensor.unit)
        writer.raw("}")
        return writer.bytes
    }
}
