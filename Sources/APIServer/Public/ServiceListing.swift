import APIContract
import EnergyCore

/// `GET /api/v3_0`: one entry per operation.
enum ServiceListing {
    /// The operation that lists the given ones and itself.
    static func route(of routes: [Route]) -> Route {
        let entries = routes.filter { !$0.isHidden && $0.path.hasPrefix(prefix) }.map(entry).sorted {
            $0.path < $1.path
        }
        return Route(
            .get, "/api/v3_0", .publicInformation, "Obtain a service listing for this version", access: .anonymous,
            handler: { request in
                let services = entries.map { entry in
                    JSONValue.object([
                        "url": .string(request.origin + entry.path), "name": .string(entry.name),
                        "description": .string(entry.description),
                    ])
                }
                return .object([
                    "message": .string(Sentences.processed), "status": .string("PROCESSED"), "version": .string("3.0"),
                    "services": .array(services),
                ])
            }
        ).answer(
            200, "The services",
            .object([
                "message": .string, "status": .string, "version": .string,
                "services": .list(of: .object(["url": .string, "name": .string, "description": .string])),
            ]))
    }

    private static let prefix = "/api/v3_0"

    private static func entry(_ route: Route) -> (path: String, name: String, description: String) {
        let path = route.path.replacing("{", with: "<").replacing("}", with: ">")
        return (path, "\(route.method.rawValue) \(path.dropFirst(prefix.count))", route.summary + ".")
    }
}
