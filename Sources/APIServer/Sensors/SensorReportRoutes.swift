import APIContract
import EnergyCore
import Services

/// Statistics and freshness of the data of a sensor.
struct SensorReportRoutes {
    let services: FlexServices

    var routes: [Route] { [statistics, status] }

    private var statistics: Route {
        Route(
            .get, "/api/v3_0/sensors/{id}/stats", .sensors, "Get sensor stats",
            access: .signedIn("read permission on the sensor"),
            handler: { [services] request in
                let id = try request.integer("id")
                try services.requireSensor(id)
                var reader = request.queryReader
                _ = reader.boolean("sort_keys")
                try reader.check(Location.query)
                var fields = request.query.object
                if fields["sort"] == nil { fields["sort"] = fields["sort_keys"] }
                let query = try StatisticsQuery(fields: fields)
                let reports = try services.data.statistics(of: id, query, as: .live, caller: request.caller)
                return .object(DataService.json(reports, isSorted: query.isSorted))
            }
        )
        .pathID("Sensor")
        .query("sort", .boolean.byDefault(.bool(true)), "Answer objects; otherwise lists that keep the order.")
        .query("sort_keys", .boolean.byDefault(.bool(true)), "Another name for sort.")
        .query("event_start_time", .datetime, "Only events that start then or later.")
        .query("event_end_time", .datetime, "Only events that start before.")
        .answer(200, "One entry per data source", .anyObject)
        .faults(at: Location.query)
    }

    private var status: Route {
        Route(
            .get, "/api/v3_0/sensors/{id}/status", .data, "Get sensor status",
            access: .signedIn("read permission on the sensor"),
            handler: { [services] request in
                let id = try request.integer("id")
                let statuses = try services.status.status(of: id, as: .live, caller: request.caller)
                return .object(["sensors_data": .array(statuses.map { .object($0.json) })])
            }
        ).pathID("Sensor").answer(200, "One entry per type of source", Self.statusSchema)
    }

    private static let statusSchema = Schema.object([
        "sensors_data": .list(
            of: .object([
                "id": .id, "name": .string, "asset_name": .string, "resolution": .string, "relation": .string,
                "source_type": .string.orNull, "stale": .boolean, "staleness": .string.orNull,
                "staleness_since": .string.orNull, "reason": .string,
            ])),
        "status": .integer,
    ])
}
