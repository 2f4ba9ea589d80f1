import APIContract
import EnergyCore
import Services

/// What users prefer to see first.
struct PreferenceRoutes {
    let services: FlexServices

    var routes: [Route] { [defaultView, legends] }

    private static let views = ["Audit Log", "Context", "Graphs", "Properties", "Status"]
    private static let answerSchema = Schema.object(["message": .string, "status": .integer])

    private var defaultView: Route {
        Route(
            .post, "/api/v3_0/assets/default_asset_view", .assets, "Update the default asset view for the current user",
            access: .signedIn("every user"),
            handler: { [services] request in
                var reader = try request.bodyReader()
                let isDefault = reader.boolean("use_as_default") ?? true
                let view = reader.choice("default_asset_view", isDefault ? .required : .optional, of: Self.views)
                reader.refuseUnknown()
                try reader.check(Location.json)
                try services.users.setPreference(
                    "default_asset_view", to: isDefault ? .text(view) : nil, as: request.caller)
                return .object(["message": .string(Sentences.defaultViewUpdated)])
            }
        )
        .json(
            .object(["default_asset_view?": .choice(Self.views), "use_as_default?": Schema.flag.byDefault(.bool(true))])
        )
        .answer(200, "Remembered", Self.answerSchema)
    }

    private var legends: Route {
        Route(
            .post, "/api/v3_0/assets/keep_legends_below_graphs", .assets,
            "Toggle whether for the current user legends are always combined below graphs",
            access: .signedIn("every user"),
            handler: { [services] request in
                var reader = try request.bodyReader()
                let isBelow = reader.boolean("keep_legends_below_graphs") ?? true
                reader.refuseUnknown()
                try reader.check(Location.json)
                try services.users.setPreference(
                    "keep_legends_below_graphs", to: .bool(isBelow), as: request.caller)
                return .object(["message": .string(Sentences.legendPositionUpdated)])
            }
        )
        .json(.object(["keep_legends_below_graphs?": Schema.flag.byDefault(.bool(true))]), required: false)
        .answer(200, "Remembered", Self.answerSchema)
    }
}
