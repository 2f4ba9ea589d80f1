import APIContract
import EnergyCore
import Services

/// Finding, making, changing and deleting assets.
struct AssetRoutes {
    let services: FlexServices

    var routes: [Route] { [list, create, get, patch, delete, publicAssets, types] }

    private static let path = "/api/v3_0/assets"
    private static let schema = Schema.reference("Asset")

    private var list: Route {
        Route(
            .get, Self.path, .assets,
            "List all assets owned by user's accounts, or a certain account or all accessible accounts",
            access: .signedIn("every user; another account needs read permission on it"),
            handler: { [services] request in try Self.list(request, services) }
        )
        .query("account_id", .id, "Assets of this account.")
        .query("all_accessible", .boolean, "Assets of every account that the user may read, and public ones.")
        .query("include_public", .boolean, "Public assets as well.")
        .query("root", .id, "Only this asset and its descendants.")
        .query("depth", .integer(minimum: 0), "Only so many levels below the root or below top-level assets.")
        .query("fields", .string, "Only these fields, separated by |.")
        .listing(sortFields: AssetSort.allCases.map(\.rawValue))
        .answer(200, "The assets", SchemaCatalogue.listOrPage(of: Self.schema))
        .missingAsset(at: Location.query, "root").faults(at: Location.query)
    }

    private static func list(_ request: APIRequest, _ services: FlexServices) throws -> APIAnswer {
        var reader = request.queryReader
        var query = AssetQuery()
        let account = reader.has("account_id") ? "account_id" : "account"
        query.accountID = reader.integer(account)
        query.allAccessible = reader.boolean("all_accessible") ?? false
        query.includesPublic = reader.boolean("include_public") ?? false
        query.root = reader.integer("root")
        query.depth = reader.integer("depth", minimum: 0)
        let fields = readFields(&reader)
        let listing = ListingParameters(&reader, sortFields: AssetSort.allCases.map(\.rawValue))
        try reader.check(Location.query)
        query.filter = listing.filter
        query.order = listing.order(Dictionary(uniqueKeysWithValues: AssetSort.allCases.map { ($0.rawValue, $0) }))
        let found = try services.assets.assets(query, as: request.caller)
        guard let page = listing.page else { return .list(try json(found.items, fields, services)) }
        let assets = try found.page(page, size: listing.size)
        return .page(try json(assets, fields, services), total: found.total, filtered: found.filtered)
    }

    /// The fields to answer with; nil: all.
    private static func readFields(_ reader: inout FieldReader) -> [String]? {
        guard let text = reader.string("fields"), !text.isEmpty else { return nil }
        let names = text.split(separator: "|").map(String.init)
        for name in names where !AssetWire.fields.contains(name) {
            reader.refuse("fields", FieldTexts.assetField(name))
        }
        return names
    }

    private static func json(_ assets: [Asset], _ fields: [String]?, _ services: FlexServices) throws -> [JSONValue] {
        try services.assets.details(of: assets).map { details in
            .object(AssetWire(details).json(only: fields ?? AssetWire.fields))
        }
    }

    private static func json(_ asset: Asset, _ services: FlexServices) throws -> JSONObject {
        guard let details = try services.assets.details(of: [asset]).first else { throw NotFound(.asset, asset.id) }
        return AssetWire(details).json
    }

    private var create: Route {
        Route(
            .post, Self.path, .assets, "Create a new asset",
            access: .signedIn("create-children permission on the account"),
            handler: { [services] request in
                let fields = try request.bodyReader().fields
                let asset = try services.assets.create(fields, as: request.caller)
                return .json(.object(try Self.json(asset, services)), status: 201)
            }
        )
        .json(AssetSchemas.new, example: AssetSchemas.example)
        .answer(201, "The new asset", Self.schema)
        .missingAsset(at: Location.json, "parent_asset_id").missingSensor(.field(Location.json, Location.schema))
    }

    private var get: Route {
        Route(
            .get, Self.path + "/{id}", .assets, "Fetch a given asset",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in
                let details = try services.assets.details(request.integer("id"), as: request.caller)
                return .object(AssetWire(details).json)
            }
        ).pathID("Asset").answer(200, "The asset", Self.schema).quick
    }

    private var patch: Route {
        Route(
            .patch, Self.path + "/{id}", .assets, "Update an asset given its identifier",
            access: .signedIn("update permission on the asset"),
            handler: { [services] request in
                let id = try request.integer("id")
                let fields = try request.requiredBodyReader().fields
                let asset = try services.assets.update(id, fields, as: request.caller)
                return .object(try Self.json(asset, services))
            }
        )
        .details("Any subset of the fields. Fields that hold JSON are sent as text; objects are accepted as well.")
        .pathID("Asset").json(AssetSchemas.changes).answer(200, "The changed asset", Self.schema)
        .missingSensor(.field(Location.json, Location.schema))
    }

    private var delete: Route {
        Route(
            .delete, Self.path + "/{id}", .assets, "Delete an asset",
            access: .signedIn("delete permission on the asset"),
            handler: { [services] request in
                try services.assets.delete(request.integer("id"), as: request.caller)
                return .empty
            }
        )
        .details("Its descendants, their sensors and all their data are deleted as well.")
        .pathID("Asset").answer(204, "Deleted")
    }

    private var publicAssets: Route {
        Route(
            .get, Self.path + "/public", .assets, "Return all public assets", access: .signedIn("every user"),
            handler: { [services] request in
                var reader = request.queryReader
                let fields = Self.readFields(&reader)
                try reader.check(Location.query)
                return .list(try Self.json(services.assets.publicAssets(), fields, services))
            }
        )
        .query("fields", .string, "Only these fields, separated by |.")
        .answer(200, "The public assets", .list(of: Self.schema))
    }

    private var types: Route {
        Route(
            .get, Self.path + "/types", .assets, "Get list of available asset types", access: .signedIn("every user"),
            handler: { [services] _ in
                .list(
                    try services.assets.types().map { type in
                        .object([
                            "id": .int(type.id), "name": .string(type.name), "description": .string(type.description),
                        ])
                    })
            }
        ).answer(200, "The asset types", .list(of: .reference("AssetType")))
    }
}

extension AssetWire {
    init(_ details: AssetDetails) {
        self.init(asset: details.asset, owner: details.owner, children: details.children, sensors: details.sensors)
    }
}
