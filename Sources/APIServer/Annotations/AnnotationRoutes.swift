import APIContract
import EnergyCore
import Services

/// Remarks about stretches of time, on accounts, assets and sensors.
struct AnnotationRoutes {
    let services: FlexServices

    var routes: [Route] {
        [
            create("accounts", .signedIn("create-children permission on the account")) { .account($0) },
            create("assets", .signedIn("create-children permission on the asset")) { .asset($0) }
                .missingAsset(at: Location.path, "id"),
            create("sensors", .signedIn("create-children permission on the sensor")) { .sensor($0) },
            chartAnnotations,
        ]
    }

    private func create(
        _ records: String, _ access: Route.Access, target: @escaping @Sendable (Int) -> AnnotationTarget
    ) -> Route {
        Route(
            .post, "/api/v3_0/\(records)/{id}/annotations", .annotations,
            "Annotate a stretch of time on \(records == "accounts" || records == "assets" ? "an" : "a") \(records.dropLast())",
            access: access,
            handler: { [services] request in
                let id = try request.integer("id")
                let fields = try request.bodyReader().fields
                let (annotation, isNew) = try services.annotations.create(
                    fields, on: target(id), as: request.caller)
                return .json(.object(Self.json(annotation)), status: isNew ? 201 : 200)
            }
        )
        .pathID("Record").json(Self.newSchema)
        .answer(201, "The new annotation", Self.schema).answer(200, "The same annotation exists already", Self.schema)
    }

    private static let newSchema = Schema.object([
        "content": .string(maximum: 1024), "start": .datetime, "end": .datetime,
        "type?": Schema.choice(AnnotationService.types).byDefault("label"), "prior?": .datetime,
    ])

    private static let schema = Schema.object([
        "id": .id, "content": .string, "type": .string, "start": .string, "end": .string, "prior": .string.orNull,
        "source_id": .id,
    ])

    private static func json(_ annotation: Annotation) -> JSONObject {
        [
            "id": .int(annotation.id), "content": .string(annotation.content), "type": .string(annotation.type),
            "start": .string(annotation.start.text(offset: 0)), "end": .string(annotation.end.text(offset: 0)),
            "prior": .text(annotation.beliefTime?.text(offset: 0)), "source_id": .int(annotation.sourceID),
        ]
    }

    private var chartAnnotations: Route {
        Route(
            .get, "/api/v3_0/assets/{id}/chart_annotations", .charts,
            "Download the annotations of an asset for use in charts",
            access: .signedIn("read permission on the asset"),
            handler: { [services] request in try Self.chartRecords(request, services) }
        )
        .pathID("Asset")
        .query("start", .datetime, "Only annotations that end later.")
        .query("end", .datetime, "Only annotations that start before.")
        .query("prior", .datetime, "Only what was remarked by then.")
        .query("clip", .boolean, "Cut annotations to the period.")
        .answer(200, "The annotations of the asset and its account", .list(of: Self.recordSchema))
        .faults(at: Location.query)
    }

    private static let recordSchema = Schema.object([
        "start": .integer, "end": .integer, "belief_time": .integer.orNull, "content": .list(of: .string),
        "source": .object(["id": .id, "name": .string]), "type": .string,
    ])

    private static func chartRecords(_ request: APIRequest, _ services: FlexServices) throws -> APIAnswer {
        let id = try request.integer("id")
        try services.requireAsset(id)
        var reader = request.queryReader
        let start = (reader.datetime("start") ?? reader.datetime("event_starts_after"))?.instant
        let end = (reader.datetime("end") ?? reader.datetime("event_ends_before"))?.instant
        let prior = (reader.datetime("prior") ?? reader.datetime("beliefs_before"))?.instant
        let clips = reader.boolean("clip") ?? false
        try reader.check(Location.query)
        let caller = try request.caller
        let asset = try services.assets.asset(id, as: caller)
        var found = try services.annotations.annotations(on: .asset(id), from: start, to: end, as: caller)
        if let account = asset.accountID {
            found += try services.annotations.annotations(on: .account(account), from: start, to: end, as: caller)
        }
        let sources = try services.context.records().sources
        let records = found.filter { annotation in
            guard let prior, let time = annotation.beliefTime else { return true }
            return time <= prior
        }.map { annotation -> JSONValue in
            var shown = annotation
            if clips {
                shown.start = max(shown.start, start ?? shown.start)
                shown.end = min(shown.end, end ?? shown.end)
            }
            return .object(record(shown, sources[annotation.sourceID]))
        }
        return .list(records)
    }

    private static func record(_ annotation: Annotation, _ source: DataSource?) -> JSONObject {
        func milliseconds(_ instant: Instant) -> JSONValue { .int(instant.microseconds / 1000) }
        return [
            "start": milliseconds(annotation.start), "end": milliseconds(annotation.end),
            "belief_time": annotation.beliefTime.map(milliseconds) ?? .null,
            "content": .array([.string(annotation.content)]),
            "source": .object(["id": .int(annotation.sourceID), "name": .string(source?.name ?? "")]),
            "type": .string(annotation.type),
        ]
    }
}
