import APIContract
import EnergyCore
import Services

/// Finding, making and changing users.
struct UserRoutes {
    let services: FlexServices

    var routes: [Route] { [list, create, get, patch, reset, auditLog] }

    private static let path = "/api/v3_0/users"
    private static let schema = Schema.reference("User")
    private static let sortFields = ["username", "email", "lastLogin", "lastSeen"]

    private var list: Route {
        Route(
            .get, Self.path, .users, "List users", access: .signedIn("every user; only readable users are listed"),
            handler: { [services] request in try Self.list(request, services) }
        )
        .query("account_id", .id, "Users of this account.")
        .query("include_inactive", .boolean, "Inactive users as well.")
        .listing(sortFields: Self.sortFields)
        .answer(200, "The users", SchemaCatalogue.listOrPage(of: .reference("ListedUser")))
    }

    private static func list(_ request: APIRequest, _ services: FlexServices) throws -> APIAnswer {
        var reader = request.queryReader
        var query = UserQuery()
        query.accountID = reader.integer("account_id")
        query.includesInactive = reader.boolean("include_inactive") ?? false
        let listing = ListingParameters(&reader, sortFields: sortFields)
        try reader.check(Location.query)
        query.filter = listing.filter
        query.order = listing.order([
            "username": .username, "email": .email, "lastLogin": .lastLogin, "lastSeen": .lastSeen,
        ])
        let found = try services.users.users(query, as: request.caller)
        let records = try services.context.records()
        let now = services.clock.now
        let zone = try request.readersZone(services)
        return try .listing(found, listing) { user in
            UserWire.listed(user, account: records.accounts[user.accountID], now: now, zone: zone)
        }
    }

    private var create: Route {
        Route(
            .post, Self.path, .users, "Create new user", access: .signedIn("create-children permission on the account"),
            handler: { [services] request in
                let fields = try request.bodyReader().fields
                return .json(.object(UserWire.json(try services.users.create(fields, as: request.caller))), status: 201)
            }
        )
        .json(.object(["email": .string, "username": .string, "account_id": .id]))
        .answer(201, "The new user", Self.schema)
    }

    private var get: Route {
        Route(
            .get, Self.path + "/{id}", .users, "Fetch a user", access: .signedIn("read permission on the user"),
            handler: { [services] request in
                .object(UserWire.json(try services.users.user(request.integer("id"), as: request.caller)))
            }
        ).pathID("User").answer(200, "The user", Self.schema)
    }

    private var patch: Route {
        Route(
            .patch, Self.path + "/{id}", .users, "Update a user",
            access: .signedIn("update permission on the user; nobody may change own roles or activity"),
            handler: { [services] request in
                let fields = try request.bodyReader().fields
                let id = try request.integer("id")
                return .object(UserWire.json(try services.users.update(id, fields, as: request.caller)))
            }
        ).pathID("User").json(Self.changes, required: false).answer(200, "The changed user", Self.schema)
    }

    private static let changes = Schema.object([
        "email?": .string, "username?": .string, "active?": .flag, "timezone?": .string,
        "flexmeasures_roles?": .list(of: .integer), "last_login_at?": .datetime, "last_seen_at?": .datetime,
    ])

    private var reset: Route {
        Route(
            .patch, Self.path + "/{id}/password-reset", .users, "Password reset",
            access: .signedIn("update permission on the user"),
            handler: { [services] request in
                try services.users.resetPassword(of: request.integer("id"), as: request.caller)
                return .object([:])
            }
        )
        .details("The user gets a random password and a mail with a link to choose another; all tokens are revoked.")
        .pathID("User").answer(200, "The password was reset", .object(["status": .integer]))
    }

    private var auditLog: Route {
        let sortFields = ["username", "email", "event_datetime", "lastLogin", "lastSeen"]
        return Route(
            .get, Self.path + "/{id}/auditlog", .users, "Get history of user actions",
            access: .signedIn("the user, account-admins and consultants of the account, admins"),
            handler: { [services] request in
                let id = try request.integer("id")
                try services.audit.requireRead(.user(id), as: request.caller)
                var reader = request.queryReader
                let listing = ListingParameters(&reader, sortFields: sortFields)
                try reader.check(Location.query)
                let log = try services.audit.log(.user(id), listing.auditQuery(sortFields), as: request.caller)
                let now = services.clock.now
                let zone = try request.readersZone(services)
                let records = log.records.map { record in
                    JSONValue.object(AuditRecordWire.json(record, at: record.at.wordsAgo(now: now, in: zone)))
                }
                guard listing.page != nil else { return .list(records) }
                return .page(records, total: log.total, filtered: log.filtered)
            }
        )
        .pathID("User").listing(sortFields: sortFields)
        .answer(200, "The records", SchemaCatalogue.listOrPage(of: AuditSchemas.named))
    }
}

extension APIRequest {
    /// The zone in which the caller reads times.
    func readersZone(_ services: FlexServices) throws -> Zone {
        let user = try caller.userID.flatMap { try services.context.records().users[$0] }
        return user.flatMap { Zone.named($0.timezone) } ?? .utc
    }
}
