import APIContract
import EnergyCore
import Services

/// Who or what recorded data.
struct SourceRoutes {
    let services: FlexServices

    var routes: [Route] { [list] }

    private var list: Route {
        Route(
            .get, "/api/v3_0/sources", .sources, "List data sources",
            access: .signedIn("every user; only readable sources are listed"),
            handler: { [services] request in
                var reader = request.queryReader
                let name = reader.has("only-latest") ? "only-latest" : "only_latest"
                let onlyLatest = reader.boolean(name) ?? true
                try reader.check(Location.query)
                let sources = try services.sources.sources(onlyLatest: onlyLatest, as: request.caller)
                let types = Set(sources.map(\.type)).sorted()
                return .object([
                    "sources": .array(sources.map { .object(Self.json($0)) }),
                    "types": .array(types.map(JSONValue.string)),
                ])
            }
        )
        .query(
            "only_latest", .boolean.byDefault(.bool(true)), "Of sources that differ only in their version, the highest."
        )
        .answer(
            200, "The sources and their types",
            .object(["sources": .list(of: Self.schema), "types": .list(of: .string), "status": .integer]))
    }

    private static func json(_ source: DataSource) -> JSONObject {
        [
            "id": .int(source.id), "name": .string(source.name), "type": .string(source.type),
            "model": .text(source.model), "version": .text(source.version), "user_id": .int(source.userID),
            "description": .string(source.description),
        ]
    }

    private static let schema = Schema.object([
        "id": .id, "name": .string, "type": .string, "model": .string.orNull, "version": .string.orNull,
        "user_id": .id.orNull, "description": .string,
    ])
}
