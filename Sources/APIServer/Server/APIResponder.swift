import APIContract
import EnergyCore
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Services

/// Answers every request: finds the operation, reads the body, signs in, lets the operation work, and
/// turns whatever comes out into an answer of the contract.
package struct APIResponder: HTTPResponder {
    package typealias Context = ServerContext

    let table: RouteTable
    let environment: APIEnvironment

    package func respond(to request: Request, context: ServerContext) async throws -> Response {
        let started = ContinuousClock.now
        let target = RequestTarget(request.head.path ?? "/")
        let origin = request.headers[.origin]
        var label = "other"
        var answer: APIAnswer
        do {
            let match = try route(request.method, target, origin: origin, requested: request.headers)
            label = match.route.path
            answer = try await self.answer(request, target, match, context)
        } catch let failure as APIFailure {
            answer = APIAnswer(failure)
        } catch let shortcut as Shortcut {
            answer = shortcut.answer
        }
        answer.headers += environment.cors.headers(origin: origin)
        environment.metrics.note(
            method: request.method.rawValue, path: label, status: answer.status, duration: .now - started)
        return response(answer, isHead: request.method == .head, path: target.path)
    }

    /// The published operations, by method and path.
    package var operations: [(method: String, path: String)] {
        table.routes.filter { !$0.isHidden }.map { ($0.method.rawValue, $0.path) }
    }

    /// An answer that needs no operation.
    private struct Shortcut: Error {
        let answer: APIAnswer
    }

    private struct Match {
        let route: Route
        let parameters: [String: String]
    }

    private func route(
        _ method: HTTPRequest.Method, _ target: RequestTarget, origin: String?, requested: HTTPFields
    ) throws -> Match {
        let wanted = method == .head ? Route.Method.get : Route.Method(rawValue: method.rawValue)
        switch table.match(wanted, target.parts) {
        case .route(let index, let parameters):
            return Match(route: table.routes[index], parameters: parameters)
        case .otherMethods(let methods):
            let allow = RouteTable.allow(methods)
            guard method == .options else { throw APIFailure.methodNotAllowed(allow: allow) }
            var answer = APIAnswer(200, .other(contentType: "text/html; charset=utf-8", [])).header("Allow", allow)
            if requested[.accessControlRequestMethod] != nil {
                answer.headers += environment.cors.preflightHeaders(
                    origin: origin, requested: requested[.accessControlRequestHeaders])
            }
            throw Shortcut(answer: answer)
        case .nothing:
            if let sunset = SunsetVersions.answer(target.path) { throw Shortcut(answer: sunset) }
            throw APIFailure.notFound
        }
    }

    private func answer(
        _ request: Request, _ target: RequestTarget, _ match: Match, _ context: ServerContext
    ) async throws -> APIAnswer {
        let presented = PresentedToken(request.headers, target.query, header: environment.tokenHeader)
        let body = try await BodyReading.bytes(
            of: request, limit: environment.bodyLimit(match.route, hasToken: presented != nil),
            timeout: environment.settings.bodyTimeout)
        let incoming = IncomingRequest(
            target: target, contentType: request.headers[.contentType] ?? "", authority: request.head.authority ?? "",
            body: body, token: presented, clientVersion: request.headers[.clientVersion],
            remoteAddress: context.remoteAddress)
        return try await environment.workers.runIfActive { [environment] in
            environment.perform(match.route, match.parameters, incoming)
        }
    }

    private func response(_ answer: APIAnswer, isHead: Bool, path: String) -> Response {
        var headers = HTTPFields()
        let bytes: ByteBuffer
        switch answer.body {
        case .none:
            headers[.contentType] = ContentType.json
            bytes = ByteBuffer()
        case .json(let value):
            headers[.contentType] = ContentType.json
            bytes = ByteBuffer(bytes: WireJSON.bytes(value))
        case .written(let json):
            headers[.contentType] = ContentType.json
            bytes = ByteBuffer(bytes: json)
        case .other(let contentType, let content):
            headers[.contentType] = contentType
            bytes = ByteBuffer(bytes: content)
        }
        if path.hasPrefix("/api") {
            headers.append(HTTPField(name: .flexMeasuresVersion, value: environment.settings.announcedVersion))
            if path.hasPrefix("/api/v3_0") { headers.append(HTTPField(name: .apiVersion, value: "v3_0")) }
        }
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        let body: ResponseBody =
            isHead
            ? ResponseBody(contentLength: bytes.readableBytes) { try await $0.finish(nil) }
            : ResponseBody(byteBuffer: bytes)
        return Response(status: .init(code: answer.status), headers: headers, body: body)
    }
}

extension HTTPField.Name {
    static let flexMeasuresVersion = HTTPField.Name.fixed("FlexMeasures-Version")
    static let clientVersion = HTTPField.Name.fixed("FlexMeasures-Client-Version")
    static let apiVersion = HTTPField.Name.fixed("API-Version")

    /// A name that is known to be well-formed.
    private static func fixed(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }
}
