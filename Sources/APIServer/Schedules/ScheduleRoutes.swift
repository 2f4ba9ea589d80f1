import APIContract
import EnergyCore
import Scheduling
import Services

/// Asking for schedules and fetching them.
struct ScheduleRoutes {
    let services: FlexServices
    let patience: ResultPatience

    var routes: [Route] { [triggerSensor, triggerAsset, get] }

    private var triggerSensor: Route {
        Route(
            .post, "/api/v3_0/sensors/{id}/schedules/trigger", .schedules, "Trigger scheduling job for one device",
            access: .signedIn("create-children permission on the sensor"),
            handler: { [services] request in
                let id = try request.integer("id")
                try services.requireSensor(id)
                let message = try request.bodyReader().fields
                try Self.checkFlags(message, Location.json)
                return try Self.trigger(message, .sensor(id), request, services)
            }
        )
        .details("The answer names a job; its schedule can be fetched when the job is finished.")
        .pathID("Sensor").json(ScheduleSchemas.sensorTrigger, example: ScheduleSchemas.example)
        .answer(200, "The job", ScheduleSchemas.accepted).quota(.trigger)
    }

    private var triggerAsset: Route {
        Route(
            .post, "/api/v3_0/assets/{id}/schedules/trigger", .schedules,
            "Trigger scheduling job for any number of devices",
            access: .signedIn("create-children permission on the asset"),
            handler: { [services] request in
                let id = try request.integer("id", location: Location.argumentsAndJSON)
                let fields = try request.requiredBodyReader().fields
                try services.requireAsset(id)
                try Self.checkFlags(fields, Location.argumentsAndJSON)
                return try Self.trigger(try Self.merged(request.query, fields), .asset(id), request, services)
            }
        )
        .pathID("Asset").json(ScheduleSchemas.assetTrigger).answer(200, "The job", ScheduleSchemas.accepted)
        .missingAsset(at: Location.argumentsAndJSON, "id").faults(at: Location.argumentsAndJSON).quota(.trigger)
    }

    /// Both spellings of the wish for a new job have to be truth values.
    private static func checkFlags(_ message: JSONObject, _ location: String) throws {
        var reader = FieldReader(message)
        for name in ["force_new_job_creation", "force-new-job-creation"] { _ = reader.boolean(name) }
        try reader.check(location)
    }

    private static func trigger(
        _ message: JSONObject, _ target: ScheduleService.Target, _ request: APIRequest, _ services: FlexServices
    ) throws -> APIAnswer {
        let job = try services.schedules.trigger(message, for: target, as: request.caller)
        return .accepted(job, as: "schedule", request)
    }

    /// Fields may come in the query as well, but not in both places.
    private static func merged(_ query: QueryString, _ body: JSONObject) throws -> JSONObject {
        var merged = body
        for (name, value) in query.object where ScheduleSchemas.fields.contains(name) {
            if body[name] != nil {
                let text = "\(name) already set in the URL path or query parameters"
                throw APIFailure.unprocessable(Location.argumentsAndJSON, .array([.string(text)]))
            }
            merged[name] = value
        }
        return merged
    }

    private var get: Route {
        Route(
            .get, "/api/v3_0/sensors/{id}/schedules/{uuid}", .schedules, "Get schedule for one device",
            access: .signedIn("read permission on the sensor"),
            handler: { [services, patience] request in
                let id = try request.integer("id")
                try services.requireSensor(id)
                let query = try ScheduleQuery(request.queryReader)
                let job = request.text("uuid")
                let caller = try request.caller
                _ = try services.sensors.sensor(id, as: caller)
                try patience.wait(for: job, services.jobs)
                switch try services.schedules.answer(for: job, sensor: id, duration: query.duration, as: caller) {
                case .unknown: throw APIFailure.rejected(400, "UNRECOGNIZED_UDI_EVENT", Sentences.unknownUDIEvent(job))
                case .none(let sentence): throw APIFailure.rejected(400, "UNKNOWN_SCHEDULE", sentence)
                case .found(let plan): return APIAnswer(200, .written(try ScheduleWire.json(plan, query)))
                }
            }
        )
        .pathID("Sensor").path("uuid", .string, "Job ID, as the trigger answered it")
        .query("duration", .duration, "How much of the schedule; six hours if left out.")
        .query("unit", .string, "Unit of the answer; the sensor's if left out.")
        .query(
            "sign-convention", .choice(ScheduleQuery.SignConvention.allCases.map(\.rawValue)),
            "Which way power is positive."
        )
        .answer(200, "The planned values", ScheduleWire.schema)
        .answer(400, "No such job, or its schedule is not there (yet)", .reference("Refusal"))
        .faults(at: Location.argumentsAndJSON)
    }
}

extension APIAnswer {
    /// The job that a trigger started. Clients that say their version read it under its newer name as well.
    static func accepted(_ job: JobID, as name: String, _ request: APIRequest) -> APIAnswer {
        var body: JSONObject = [
            name: .string(job), "status": "PROCESSED", "message": .string(Sentences.processed),
        ]
        if request.clientVersion != nil { body["job"] = .string(job) }
        return .json(.object(body))
    }
}
