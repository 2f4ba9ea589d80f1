import APIContract
import EnergyCore
import NIOHTTP1
import Services

/// Answers every request: finds the operation, signs in, lets the operation work, and turns whatever comes out into an
/// answer of the contract. Knows nothing of connections.
package struct APIResponder: Sendable {
    let table: RouteTable
    let environment: APIEnvironment

    /// Looks at the head of a request, before its body is there. Does not wait for anything.
    package func open(
        method: String, target text: String, headers: HTTPHeaders, remoteAddress: String?
    ) -> OpenRequest {
        let target = RequestTarget(text)
        let token = PresentedToken(headers, target.query, header: environment.settings.tokenHeader)
        let outcome = outcome(method, target, headers)
        var takesLargeBody = false
        if case .route(let route, _) = outcome { takesLargeBody = route.takesLargeBody }
        return OpenRequest(
            started: .now, method: method, target: target, headers: headers, remoteAddress: remoteAddress,
            token: token, outcome: outcome,
            bodyLimit: environment.bodyLimit(takesLargeBody: takesLargeBody, hasToken: token != nil))
    }

    /// Lets the operation work. May wait for the disk.
    package func answer(_ request: OpenRequest, body: [UInt8]) -> Reply {
        switch request.outcome {
        case .answer(let answer): return reply(answer, to: request)
        case .route(let route, let parameters):
            return reply(environment.perform(route, parameters, incoming(request, body)), to: request)
        }
    }

    func incoming(_ request: OpenRequest, _ body: [UInt8]) -> IncomingRequest {
        IncomingRequest(
            target: request.target, contentType: request.headers.first(name: "Content-Type") ?? "",
            authority: request.headers.first(name: "Host") ?? "", body: body, token: request.token,
            clientVersion: request.headers.first(name: "FlexMeasures-Client-Version"),
            remoteAddress: request.remoteAddress)
    }

    /// The answer to a request whose body was not taken.
    func refuse(_ request: OpenRequest, _ failure: APIFailure) -> Reply {
        reply(APIAnswer(failure), to: request)
    }

    /// The published operations, by method and path.
    package var operations: [(method: String, path: String)] {
        table.routes.filter { !$0.isHidden }.map { ($0.method.rawValue, $0.path) }
    }

    /// The published operations in the form of OpenAPI.
    package var openAPI: JSONValue {
        OpenAPIDocument(
            routes: table.routes, settings: environment.settings,
            platformName: environment.services.settings.platformName
        ).json
    }

    private func outcome(_ method: String, _ target: RequestTarget, _ headers: HTTPHeaders) -> OpenRequest.Outcome {
        switch table.match(method == "HEAD" ? .get : Route.Method(rawValue: method), target.parts) {
        case .route(let index, let parameters): return .route(table.routes[index], parameters: parameters)
        case .otherMethods(let methods):
            let allow = RouteTable.allow(methods)
            guard method == "OPTIONS" else {
                return .answer(APIAnswer(APIFailure.methodNotAllowed(allow: allow)))
            }
            var answer = APIAnswer(200, .other(contentType: "text/html; charset=utf-8", [])).header("Allow", allow)
            if headers.contains(name: "Access-Control-Request-Method") {
                answer.headers += environment.cors.preflightHeaders(
                    origin: headers.first(name: "Origin"),
                    requested: headers.first(name: "Access-Control-Request-Headers"))
            }
            return .answer(answer)
        case .nothing:
            return .answer(SunsetVersions.answer(target.path) ?? APIAnswer(APIFailure.notFound))
        }
    }

    func reply(_ answer: APIAnswer, to request: OpenRequest) -> Reply {
        var headers: [(name: String, value: String)] = []
        headers.reserveCapacity(answer.headers.count + 8)
        let body: [UInt8]
        switch answer.body {
        case .none:
            headers.append(("Content-Type", ContentType.json))
            body = []
        case .json(let value):
            headers.append(("Content-Type", ContentType.json))
            body = WireJSON.bytes(value)
        case .written(let json):
            headers.append(("Content-Type", ContentType.json))
            body = json
        case .other(let contentType, let content):
            headers.append(("Content-Type", contentType))
            body = content
        }
        if request.target.path.hasPrefix("/api") {
            headers.append(("FlexMeasures-Version", environment.settings.announcedVersion))
            if request.target.path.hasPrefix("/api/v3_0") { headers.append(("API-Version", "v3_0")) }
        }
        headers += answer.headers
        headers += environment.cors.headers(origin: request.headers.first(name: "Origin"))
        let duration = ContinuousClock.now - request.started
        environment.metrics.note(
            method: request.method, path: request.label, status: answer.status, duration: duration)
        environment.services.requests.note(
            method: request.method, path: request.label, status: answer.status, duration: duration)
        return Reply(status: answer.status, headers: headers, body: body, isHead: request.isHead)
    }
}
