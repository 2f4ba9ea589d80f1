import APIContract
import EnergyCore
import Services

/// Finding and changing accounts.
struct AccountRoutes {
    let services: FlexServices

    var routes: [Route] { [list, get, patch, auditLog] }

    private static let path = "/api/v3_0/accounts"
    private static let schema = Schema.reference("Account")

    private var list: Route {
        Route(
            .get, Self.path, .accounts, "List all accounts accessible to the current user",
            access: .signedIn("every user; only readable accounts are listed"),
            handler: { [services] request in
                var reader = request.queryReader
                let listing = ListingParameters(&reader, sortFields: AccountSort.allCases.map(\.rawValue))
                try reader.check(Location.query)
                let order = listing.order(
                    Dictionary(uniqueKeysWithValues: AccountSort.allCases.map { ($0.rawValue, $0) }))
                let found = try services.accounts.accounts(
                    filter: listing.filter, order: order, as: request.caller)
                return try .listing(found, listing, total: found.filtered) { entry in
                    listing.page == nil
                        ? AccountWire.json(entry.account)
                        : AccountWire.json(
                            entry.account, users: entry.counts.users, assets: entry.counts.assets)
                }
            }
        )
        .listing(sortFields: AccountSort.allCases.map(\.rawValue))
        .answer(200, "The accounts", SchemaCatalogue.listOrPage(of: Self.schema))
    }

    private var get: Route {
        Route(
            .get, Self.path + "/{id}", .accounts, "Fetch a given account",
            access: .signedIn("read permission on the account"),
            handler: { [services] request in
                .object(AccountWire.json(try services.accounts.account(request.integer("id"), as: request.caller)))
            }
        ).pathID("Account").answer(200, "The account", Self.schema)
    }

    private var patch: Route {
        Route(
            .patch, Self.path + "/{id}", .accounts, "Update an account",
            access: .signedIn("update permission on the account; the consultancy may be changed by admins only"),
            handler: { [services] request in
                let fields = try request.bodyReader().fields
                let id = try request.integer("id")
                return .object(AccountWire.json(try services.accounts.update(id, fields, as: request.caller)))
            }
        )
        .pathID("Account").json(Self.changes, required: false).answer(200, "The changed account", Self.schema)
        .answer(
            401, "Not signed in, or not allowed to change the consultancy",
            .oneOf([.reference("Unauthorized"), .reference("Failure")]))
    }

    private static let changes = Schema.object([
        "name?": .string(maximum: 100), "primary_color?": .string.orNull, "secondary_color?": .string.orNull,
        "logo_url?": .string(maximum: 255).orNull, "consultancy_account_id?": .id.orNull,
    ])

    private var auditLog: Route {
        Route(
            .get, Self.path + "/{id}/auditlog", .accounts, "Get the history of actions for a specific account",
            access: .signedIn("account-admins and consultants of the account, admins"),
            handler: { [services] request in
                let scope = AuditScope.account(try request.integer("id"))
                return .list(
                    try services.audit.log(scope, AuditQuery(), as: request.caller).records.map { record in
                        .object([
                            "event": .string(record.event), "event_datetime": .string(record.at.httpText),
                            "active_user_id": .int(record.activeUserID),
                        ])
                    })
            }
        ).pathID("Account").answer(200, "The records, oldest first", .list(of: AuditSchemas.ofAccount))
    }
}

/// Records of what happened, as answers show them.
enum AuditSchemas {
    static let ofAccount = Schema.object([
        "event": .string, "event_datetime": .string, "active_user_id": .integer.orNull,
    ])
    static let named = Schema.object([
        "event": .string, "event_datetime": .string, "active_user_id": .integer.orNull,
        "active_user_name": .string.orNull,
    ])
}
