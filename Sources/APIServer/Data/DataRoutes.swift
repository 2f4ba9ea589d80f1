import APIContract
import EnergyCore
import Services

/// Reading, recording and deleting the data of sensors.
struct DataRoutes {
    let services: FlexServices

    var routes: [Route] { [get, post, delete, deprecatedGet, deprecatedPost] }

    private static let path = "/api/v3_0/sensors/{id}/data"

    private var get: Route {
        Route(
            .get, Self.path, .data, "Get sensor data", access: .signedIn("read permission on the sensor"),
            handler: { [services] request in
                let id = try request.integer("id", location: Location.sensorData)
                return try Self.values(of: id, SensorDataFields(request).object, request, services)
            }
        )
        .details("The parameters may also be sent as a JSON body; the query wins.")
        .pathID("Sensor").parametersOfData().answer(200, "The values, one per step", Self.answerSchema)
        .missingSensor(.text { "Sensor \($0) not found" }).faults(at: Location.sensorData)
        .quick { [services] parameters, query in Self.isShort(parameters, query, services) }
    }

    /// Steps of an answer that is made in little time.
    private static let fewSteps: Int64 = 3000

    /// Whether the answer has so few steps that it is not worth a detour over another thread.
    private static func isShort(_ parameters: [String: String], _ query: QueryString, _ services: FlexServices) -> Bool
    {
        guard let id = FieldValues.integer(parameters["id"] ?? ""), let text = query["duration"],
            let duration = try? ISODuration(parsing: text), duration.months == 0, duration.years == 0,
            let sensor = try? services.context.records().sensor(id)
        else { return false }
        var step = sensor.resolution.microseconds
        if let text = query["resolution"] {
            guard let asked = try? ISODuration(parsing: text) else { return false }
            step = min(step, asked.span.microseconds)
        }
        return step > 0 && duration.span.microseconds / step <= fewSteps
    }

    private var post: Route {
        Route(
            .post, Self.path, .data, "Post sensor data", access: .signedIn("create-children permission on the sensor"),
            handler: { [services] request in
                try .receipt(services.data.store(Self.checked(request, services)))
            }
        )
        .together { [services] request in try Self.checked(request, services) }
        .details(
            "Equal steps: the duration divided by the number of values. Values are converted to the sensor's unit and"
                + " spread over its resolution. Nulls are skipped."
        )
        .pathID("Sensor").json(Self.postSchema, example: Self.example).largeBody
        .answer(200, "Recorded, or known already", Self.receiptSchema)
        .answer(403, "Not allowed, or a value would replace another", .reference("Refusal"))
        .missingSensor(.text { "Sensor \($0) not found" }).faults(at: Location.sensorData)
    }

    private var delete: Route {
        Route(
            .delete, Self.path, .sensors, "Delete sensor data", access: .signedIn("delete permission on the sensor"),
            handler: { [services] request in
                let id = try request.integer("id")
                let query = try DeletionQuery(fields: request.bodyReader().fields)
                try services.data.delete(query, of: id, as: request.caller)
                return .empty
            }
        )
        .details("All data, or those of a source, or of events in a period.")
        .pathID("Sensor")
        .json(.object(["source?": .id, "start?": .datetime, "until?": .datetime]), required: false)
        .answer(204, "Deleted")
    }

    private static func values(
        of id: SensorID, _ fields: JSONObject, _ request: APIRequest, _ services: FlexServices
    ) throws -> APIAnswer {
        try services.requireSensor(id)
        let query = try DataQuery(fields: fields)
        let answer = try services.data.data(of: id, query, as: .live, caller: request.caller)
        return APIAnswer(200, .written(json(answer)))
    }

    /// Written by hand: most of it are numbers.
    private static func json(_ answer: DataAnswer) -> [UInt8] {
        var writer = JSONWriter(capacity: answer.values.count * 8 + 256)
        writer.raw("{\"values\":")
        writer.write(answer.values)
        writer.raw(",\"start\":")
        writer.write(answer.start.text)
        writer.raw(",\"duration\":")
        writer.write(answer.duration.isoText(.hours))
        writer.raw(",\"unit\":")
        writer.write(answer.unit)
        writer.raw(",\"resolution\":")
        writer.write(answer.resolution.isoText(.hours))
        writer.raw(",\"message\":\"Request has been processed.\",\"status\":\"PROCESSED\"}")
        return writer.bytes
    }

    private static func checked(_ request: APIRequest, _ services: FlexServices) throws -> CheckedPost {
        let id = try request.integer("id", location: Location.sensorData)
        try services.requireSensor(id)
        let fields = SensorDataFields(request, columns: ["values"])
        let post = try DataPost(fields: fields.object, values: fields.values)
        return try services.data.check(post, to: id, as: request.caller)
    }
}

extension DataRoutes {
    static let answerSchema = Schema.object([
        "values": .list(of: Schema.number.orNull), "start": .datetime, "duration": .string, "unit": .string,
        "resolution": .string, "message": .string, "status": .string,
    ])

    static let receiptSchema = Schema.object(["message": .string, "status": .string, "results?": .string])

    private static let values = Schema.oneOf([.number, .list(of: Schema.number.orNull)])

    static let postSchema = Schema.object([
        "values": values, "start": .datetime, "duration": .duration, "unit": .string, "prior?": .datetime,
        "horizon?": .duration, "type?": .choice(MessageType.allCases.map { "Post\($0.rawValue)" }),
    ])

    private static let example: JSONValue = [
        "values": [-11.28, -11.28, -11.28, -11.28], "start": "2026-06-07T00:00:00+02:00", "duration": "PT1H",
        "unit": "kW",
    ]

    /// The address of the sensor is a field here.
    private var deprecatedGet: Route {
        Route(
            .get, "/api/v3_0/sensors/data", .data, "Get sensor data by entity address",
            access: .signedIn("read permission on the sensor"),
            handler: { [services] request in
                var fields = request.query.object
                fields["auth_token"] = nil
                let id = try Self.addressed(&fields, services, Location.query)
                return try Self.values(of: id, fields, request, services).header("Deprecation", "true")
            }
        ).missingSensor(.field(Location.query, "sensor")).faults(at: Location.query).hidden
    }

    private var deprecatedPost: Route {
        Route(
            .post, "/api/v3_0/sensors/data", .data, "Post sensor data by entity address",
            access: .signedIn("create-children permission on the sensor"),
            handler: { [services] request in
                let fields = SensorDataFields(request)
                var object = fields.object
                let id = try Self.addressed(&object, services, Location.json)
                let post = try DataPost(fields: object)
                return .receipt(try services.data.post(post, to: id, as: request.caller)).header("Deprecation", "true")
            }
        ).missingSensor(.field(Location.json, "sensor")).faults(at: Location.json).largeBody.hidden
    }

    private static func addressed(
        _ fields: inout JSONObject, _ services: FlexServices, _ location: String
    ) throws -> SensorID {
        var reader = FieldReader(fields)
        let address = reader.string("sensor", .required)
        try reader.check(location)
        fields["sensor"] = nil
        do {
            let id = try EntityAddresses.sensorID(in: address ?? "")
            try services.requireSensor(id)
            return id
        } catch let error as EntityAddressError {
            throw APIFailure.unprocessable(location, field: "sensor", error.message)
        } catch is NotFound {
            let text = "sensor with entity address \(address ?? "") doesn't exist."
            throw APIFailure.unprocessable(location, field: "sensor", text)
        }
    }
}

extension Route {
    /// The parameters of requests for data.
    fileprivate func parametersOfData() -> Route {
        query("start", .datetime, "Start of the first event, with an offset from UTC.", required: true)
            .query("duration", .duration, "Length of the period.", required: true)
            .query("unit", .string, "Unit of the answer; the sensor's unit must be convertible to it.", required: true)
            .query("resolution", .duration, "Step of the answer; the sensor's own if left out.")
            .query("horizon", .duration, "Only what was recorded at least so long before it could be known.")
            .query("prior", .datetime, "Only what was recorded before this time.")
            .query("source", .id, "Only what this data source recorded.")
    }
}

extension APIAnswer {
    /// What became of posted data.
    static func receipt(_ receipt: DataReceipt) -> APIAnswer {
        switch receipt {
        case .processed:
            .json(["message": .string(Sentences.processed), "status": "PROCESSED"])
        case .alreadyReceived:
            .json([
                "message": .string(Sentences.alreadyReceived), "results": "PROCESSED",
                "status": "ALREADY_RECEIVED_AND_SUCCESSFULLY_PROCESSED",
            ])
        }
    }
}

extension FlexServices {
    /// Throws if there is no such sensor; for operations that say so before anything else.
    func requireSensor(_ id: SensorID) throws {
        if try context.records().sensor(id) == nil { throw NotFound(.sensor, id) }
    }
}
