import APIContract
import EnergyCore
import Services

/// `POST /api/v3_0/assets/{id}/copy`
struct AssetCopyRoute {
    let services: FlexServices

    var route: Route {
        Route(
            .post, "/api/v3_0/assets/{id}/copy", .assets, "Copy an asset with all below it, without data",
            access: .signedIn("read permission on the asset, create-children permission where the copy goes"),
            handler: { [services] request in
                let id = try request.integer("id")
                var reader = request.queryReader
                let account = reader.integer(reader.has("account") ? "account" : "account_id")
                let parent = reader.integer(reader.has("parent") ? "parent" : "parent_asset_id")
                try reader.check(Location.query)
                try services.requireAsset(id)
                let copy = try services.assets.copy(id, toAccount: account, under: parent, as: request.caller)
                guard let details = try services.assets.details(of: [copy]).first else {
                    throw NotFound(.asset, copy.id)
                }
                return .json(.object(AssetWire(details).json), status: 201)
            }
        )
        .pathID("Asset")
        .query("account", .id, "Account of the copy; the original's if left out.")
        .query("parent", .id, "Asset below which the copy goes; beside the original if left out.")
        .answer(201, "The copy", .reference("Asset"))
        .faults(at: Location.query)
    }
}
