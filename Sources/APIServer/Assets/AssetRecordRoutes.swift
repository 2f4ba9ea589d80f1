import APIContract
import EnergyCore
import Services

/// What hangs on an asset: its sensors, its log and its jobs.
struct AssetRecordRoutes {
    let services: FlexServices

    var routes: [Route] { [sensors, auditLog, jobs] }

    private static let path = "/api/v3_0/assets/{id}"

    private var sensors: Route {
        let sortFields = ["id", "name", "resolution"]
        return Route(
            .get, Self.path + "/sensors", .assets, "Return all sensors under an asset",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in
                let id = try request.integer("id")
                var reader = request.queryReader
                let listing = ListingParameters(&reader, sortFields: sortFields)
                try reader.check(Location.query)
                let found = try services.sensors.sensors(
                    ofAsset: id, filter: listing.filter,
                    order: listing.order(["id": .id, "name": .name, "resolution": .resolution]), as: request.caller)
                let addresses = try request.addresses(services)
                return try .page(found, listing.page ?? 1, listing) { SensorWire.listed($0, addresses: addresses) }
            }
        )
        .pathID("Asset").listing(sortFields: sortFields)
        .answer(200, "A page of sensors", SchemaCatalogue.page(of: .reference("Sensor")))
        .missingAsset(at: Location.path, "id")
    }

    private var auditLog: Route {
        let sortFields = ["event_datetime"]
        return Route(
            .get, Self.path + "/auditlog", .assets, "Get history of asset related actions",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in
                let id = try request.integer("id")
                try services.audit.requireRead(.asset(id), as: request.caller)
                var reader = request.queryReader
                let listing = ListingParameters(&reader, sortFields: sortFields)
                try reader.check(Location.query)
                var query = listing.auditQuery(sortFields)
                query.page = listing.page ?? 1
                let log = try services.audit.log(.asset(id), query, as: request.caller)
                let records = log.records.map { JSONValue.object(AuditRecordWire.json($0, at: $0.at.naiveText)) }
                return .page(records, total: log.total, filtered: log.filtered)
            }
        )
        .pathID("Asset").listing(sortFields: sortFields)
        .answer(200, "A page of records", SchemaCatalogue.page(of: AuditSchemas.named))
        .missingAsset(at: Location.path, "id")
    }

    private var jobs: Route {
        Route(
            .get, Self.path + "/jobs", .assets, "Get all background jobs related to an asset",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in
                let id = try request.integer("id")
                let records = try services.context.records()
                let jobs = try services.jobs.jobs(ofAsset: id, as: request.caller)
                return .object([
                    "jobs": .array(jobs.map { .object(JobWire.listed($0, asset: id, records)) }),
                    "redis_connection_err": nil,
                ])
            }
        )
        .pathID("Asset").answer(200, "The jobs", JobWire.listSchema).missingAsset(at: Location.path, "id")
    }
}
