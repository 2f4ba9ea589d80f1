import APIContract
import EnergyCore

/// The description of the API in the form of OpenAPI 3.1, made from the operations themselves.
struct OpenAPIDocument {
    let routes: [Route]
    let settings: APISettings
    let platformName: String

    var json: JSONValue {
        .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string(platformName), "version": .string(settings.announcedVersion),
                "description": .string(
                    "Energy flexibility management: assets, sensors, their data, forecasts and schedules."),
            ]),
            "tags": .array(
                Route.Group.allCases.filter { group in shown.contains { $0.group == group } }
                    .map { .object(["name": .string($0.rawValue)]) }),
            "paths": .object(paths),
            "components": .object([
                "schemas": .object(SchemaCatalogue.all),
                "securitySchemes": .object([
                    "ApiKeyAuth": .object([
                        "type": .string("apiKey"), "in": .string("header"), "name": .string(settings.tokenHeader),
                    ])
                ]),
            ]),
        ])
    }

    private var shown: [Route] { routes.filter { !$0.isHidden } }

    private var paths: JSONObject {
        var paths = JSONObject()
        for route in shown {
            var item = JSONObject()
            if case .object(let known) = paths[route.path] { item = known }
            item[route.method.rawValue.lowercased()] = .object(operation(route))
            paths[route.path] = .object(item)
        }
        return paths
    }

    private func operation(_ route: Route) -> JSONObject {
        var operation: JSONObject = [
            "tags": .array([.string(route.group.rawValue)]), "summary": .string(route.summary),
            "operationId": .string(Self.identifier(route)),
        ]
        let details = [route.details, permission(route)].filter { !$0.isEmpty }
        if !details.isEmpty { operation["description"] = .string(details.joined(separator: "\n\n")) }
        if !route.parameters.isEmpty { operation["parameters"] = .array(route.parameters.map(parameter)) }
        if let body = route.body { operation["requestBody"] = .object(requestBody(body)) }
        operation["responses"] = .object(responses(route))
        if case .signedIn = route.access { operation["security"] = .array([.object(["ApiKeyAuth": .array([])])]) }
        return operation
    }

    private func permission(_ route: Route) -> String {
        if case .signedIn(let permission) = route.access { "Access: \(permission)." } else { "" }
    }

    static func identifier(_ route: Route) -> String {
        let all = route.path.split { "/{}_-.".contains($0) }
        let words = all.filter { $0 != "api" && $0 != "v3" && $0 != "0" }
        let names = (words.isEmpty ? all : words).map(String.init)
        return ([route.method.rawValue.lowercased()] + names).joined(separator: "_")
    }

    private func parameter(_ parameter: Route.Parameter) -> JSONValue {
        .object([
            "name": .string(parameter.name), "in": .string(parameter.isInPath ? "path" : "query"),
            "required": .bool(parameter.isInPath || parameter.isRequired), "description": .string(parameter.summary),
            "schema": .object(parameter.schema.json),
        ])
    }

    private func requestBody(_ body: Route.Body) -> JSONObject {
        var content: JSONObject = ["schema": .object(body.schema.json)]
        if let example = body.example { content["example"] = example }
        return ["required": .bool(body.isRequired), "content": .object([body.contentType: .object(content)])]
    }

    private func responses(_ route: Route) -> JSONObject {
        var responses = JSONObject()
        for answer in route.answers + Self.usualRefusals(route) where responses["\(answer.status)"] == nil {
            var response: JSONObject = ["description": .string(answer.summary)]
            if let schema = answer.schema {
                response["content"] = .object([
                    answer.contentType: .object(["schema": .object(schema.json)])
                ])
            }
            responses["\(answer.status)"] = .object(response)
        }
        return responses
    }

    /// The refusals that an operation can answer with because of what it takes.
    private static func usualRefusals(_ route: Route) -> [Route.Answer] {
        var refusals: [Route.Answer] = []
        func add(_ status: Int, _ summary: String, _ schema: String) {
            refusals.append(Route.Answer(status: status, summary: summary, schema: .reference(schema)))
        }
        if case .signedIn = route.access {
            add(401, "Not signed in", "Unauthorized")
            add(403, "Signed in, but not allowed", "Refusal")
        }
        let takesInput = !route.parameters.isEmpty || route.body != nil
        if takesInput {
            add(422, "Something in the request cannot be processed", "Unprocessable")
            add(404, "No such record or page", "Failure")
        }
        if route.body != nil {
            add(400, "The body cannot be read", "Failure")
            add(413, "The body is too long", "Failure")
        }
        if route.quota != .none { add(429, "Too many requests", "Refusal") }
        return refusals
    }
}
