import APIContract
import EnergyCore
import Services

/// What anybody may ask: versions, services, health.
struct PublicRoutes {
    let environment: APIEnvironment

    init(_ environment: APIEnvironment) {
        self.environment = environment
    }

    var routes: [Route] { [versions, versionsWithoutSlash, health, ping, metrics] }

    private var versions: Route {
        let version = environment.settings.announcedVersion
        return Route(
            .get, "/api/", .publicInformation, "List available API versions", access: .anonymous,
            handler: { _ in
                .object([
                    "message": .string(Sentences.versions), "versions": .array([.string("v3_0")]),
                    "flexmeasures_version": .string(version),
                ])
            }
        ).answer(
            200, "The versions",
            .object([
                "message": .string, "versions": .list(of: .string), "flexmeasures_version": .string, "status": .integer,
            ])
        ).quick
    }

    private var versionsWithoutSlash: Route {
        Route(
            .get, "/api", .publicInformation, "Redirect to the list of versions", access: .anonymous,
            handler: { request in APIAnswer(308, .none).header("Location", "\(request.origin)/api/") }
        ).hidden
    }

    private var health: Route {
        let environment = environment
        return Route(
            .get, "/api/v3_0/health/ready", .publicInformation, "Check readiness status", access: .anonymous,
            handler: { _ in
                let isReady = environment.isStoreReadable
                return .object(
                    ["database_sql": .bool(isReady), "database_redis": .bool(isReady)], status: isReady ? 200 : 503)
            }
        ).quota(.none).answer(200, "Ready", Self.healthSchema).answer(503, "Not ready", Self.healthSchema)
    }

    private static let healthSchema = Schema.object([
        "database_sql": .boolean, "database_redis": .boolean.described("Whether the job queue works."),
        "status": .integer,
    ])

    private var ping: Route {
        Route(
            .get, "/api/ops/ping", .operations, "Check that the server answers", access: .anonymous,
            handler: { _ in .object(["message": .string("ok")]) }
        ).quota(.none).answer(200, "It does", .object(["message": .string, "status": .integer])).quick
    }

    private var metrics: Route {
        let environment = environment
        return Route(
            .get, "/metrics", .operations, "Counters of requests, for monitoring", access: .anonymous,
            handler: { _ in
                guard environment.settings.servesMetrics else { throw APIFailure.notFound }
                let text = environment.metrics.text()
                return APIAnswer(200, .other(contentType: "text/plain; version=0.0.4", Array(text.utf8)))
            }
        ).quota(.none).hidden
    }
}
