import APIContract
import EnergyCore
import Services

/// Finding, making, changing and deleting sensors.
struct SensorRoutes {
    let services: FlexServices

    var routes: [Route] { [list, create, get, patch, delete] }

    private static let path = "/api/v3_0/sensors"
    private static let schema = Schema.reference("Sensor")

    private var list: Route {
        Route(
            .get, Self.path, .sensors, "Get list of sensors",
            access: .signedIn("every user; another account or asset needs read permission on it"),
            handler: { [services] request in try Self.list(request, services) }
        )
        .query("account_id", .id, "Sensors of this account's assets.")
        .query("asset_id", .id, "Sensors of this asset and its descendants.")
        .query("include_consultancy_clients", .boolean, "Sensors of client accounts as well, for consultants.")
        .query("include_public_assets", .boolean, "Sensors of public assets as well.")
        .query("unit", .string, "Sensors with exactly this unit.")
        .listing()
        .answer(200, "The sensors", SchemaCatalogue.listOrPage(of: Self.schema))
        .missingAsset(at: Location.query, "asset_id").faults(at: Location.query)
    }

    private static func list(_ request: APIRequest, _ services: FlexServices) throws -> APIAnswer {
        var reader = request.queryReader
        var query = SensorQuery()
        query.accountID = reader.integer("account_id")
        query.assetID = reader.integer("asset_id")
        query.includesClients = reader.boolean("include_consultancy_clients") ?? false
        query.includesPublic = reader.boolean("include_public_assets") ?? false
        query.unit = reader.string("unit")
        let listing = ListingParameters(&reader)
        if let unit = query.unit, !Unit.isValid(unit) { reader.refuse("unit", FieldTexts.invalidUnit(unit)) }
        try reader.check(Location.query)
        query.filter = listing.filter
        let found = try services.sensors.sensors(query, as: request.caller)
        let addresses = try request.addresses(services)
        return try .listing(found, listing, total: found.filtered) { SensorWire.json($0, addresses: addresses) }
    }

    private var create: Route {
        Route(
            .post, Self.path, .sensors, "Create a new sensor",
            access: .signedIn("create-children permission on the asset"),
            handler: { [services] request in
                let fields = try request.bodyReader().fields
                let sensor = try services.sensors.create(fields, as: request.caller)
                return .json(.object(SensorWire.json(sensor, addresses: try request.addresses(services))), status: 201)
            }
        )
        .json(SensorSchemas.new, example: SensorSchemas.example).answer(201, "The new sensor", Self.schema)
        .missingAsset(at: Location.json, "generic_asset_id")
    }

    private var get: Route {
        Route(
            .get, Self.path + "/{id}", .sensors, "Fetch a given sensor",
            access: .signedIn("read permission on the sensor"),
            handler: { [services] request in
                let sensor = try services.sensors.sensor(request.integer("id"), as: request.caller)
                return .object(SensorWire.json(sensor, addresses: try request.addresses(services)))
            }
        ).pathID("Sensor").answer(200, "The sensor", Self.schema).quick
    }

    private var patch: Route {
        Route(
            .patch, Self.path + "/{id}", .sensors, "Update a sensor",
            access: .signedIn("update permission on the sensor"),
            handler: { [services] request in
                let fields = try request.bodyReader().fields
                let id = try request.integer("id")
                let sensor = try services.sensors.update(id, fields, as: request.caller)
                return .object(SensorWire.json(sensor, addresses: try request.addresses(services)))
            }
        )
        .details("Any subset of the fields. Data that are recorded already are not converted.")
        .pathID("Sensor").json(SensorSchemas.changes, required: false).answer(200, "The changed sensor", Self.schema)
    }

    private var delete: Route {
        Route(
            .delete, Self.path + "/{id}", .sensors, "Delete a sensor",
            access: .signedIn("delete permission on the sensor"),
            handler: { [services] request in
                try services.sensors.delete(request.integer("id"), as: request.caller)
                return .empty
            }
        ).details("All its data are deleted as well.").pathID("Sensor").answer(204, "Deleted")
    }
}

/// What bodies about sensors hold.
enum SensorSchemas {
    private static let json = Schema.oneOf([.jsonText, .anyObject]).described("JSON text, or the object itself.")

    static let new = Schema.object([
        "name": .string, "unit": .string, "event_resolution": .duration, "generic_asset_id": .id,
        "timezone?": .string, "attributes?": json,
    ])

    static let changes = Schema.object([
        "name?": .string, "unit?": .string, "event_resolution?": .duration, "timezone?": .string, "attributes?": json,
    ])

    static let example: JSONValue = [
        "name": "power", "unit": "kW", "event_resolution": "PT15M", "generic_asset_id": 1,
        "timezone": "Europe/Amsterdam",
    ]
}

extension APIRequest {
    /// How sensors are addressed, seen from where the request came in.
    func addresses(_ services: FlexServices) throws -> EntityAddresses {
        EntityAddresses(
            host: host, hosts: services.settings.hostsAndAuthStart, now: services.clock.now,
            zone: Zone.named(services.settings.timezone) ?? .utc)
    }
}
