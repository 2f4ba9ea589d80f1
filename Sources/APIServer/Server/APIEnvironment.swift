import APIContract
import EnergyCore
import Logging
import Services

/// What all operations share.
struct APIEnvironment: Sendable {
    let services: FlexServices
    let live: Live<APISettings>
    var settings: APISettings { live.current }
    let authenticator: Authenticator
    let limiter = RateLimiter()
    let metrics = Metrics()
    let patience: ResultPatience
    let logger: Logger

    init(services: FlexServices, live: Live<APISettings>, logger: Logger) {
        self.services = services
        self.live = live
        let settings = live.current
        self.logger = logger
        authenticator = Authenticator(services: services)
        patience = ResultPatience(limit: settings.resultPatience, mostWaiting: settings.workers / 2)
    }

    var cors: CORSPolicy {
        CORSPolicy(origins: settings.corsOrigins, supportsCredentials: settings.corsSupportsCredentials)
    }

    /// Whether the store answers.
    var isStoreReadable: Bool { (try? services.context.records()) != nil }

    private static let anonymousBody = 64 << 10

    /// How long a body may be. Whoever shows no token gets little.
    func bodyLimit(takesLargeBody: Bool, hasToken: Bool) -> Int {
        guard hasToken else { return min(Self.anonymousBody, settings.maximumBody) }
        return takesLargeBody ? settings.maximumUpload : settings.maximumBody
    }

    /// Signs in, counts, lets the operation work, and answers in any case. May wait for the disk.
    func perform(_ route: Route, _ parameters: [String: String], _ incoming: IncomingRequest) -> APIAnswer {
        do {
            let (request, standing) = try admit(route, parameters, incoming)
            return Self.counted(try route.handler(request), standing)
        } catch {
            return refusal(error, route)
        }
    }

    /// Signs in, counts, and checks a post up to where it would be stored.
    func check(
        _ posting: Route.Posting, _ route: Route, _ parameters: [String: String], _ incoming: IncomingRequest
    ) -> Checked {
        do {
            let (request, standing) = try admit(route, parameters, incoming)
            return .post(try posting(request), standing)
        } catch {
            return .refused(refusal(error, route))
        }
    }

    /// What became of a post before it is stored.
    enum Checked {
        case post(CheckedPost, RateLimiter.Standing?)
        case refused(APIAnswer)
    }

    /// What became of a post when it was stored.
    func answer(
        _ result: Result<DataReceipt, any Error>, _ route: Route, _ standing: RateLimiter.Standing?
    ) -> APIAnswer {
        switch result {
        case .success(let receipt): Self.counted(.receipt(receipt), standing)
        case .failure(let error): refusal(error, route)
        }
    }

    private func admit(
        _ route: Route, _ parameters: [String: String], _ incoming: IncomingRequest
    ) throws -> (APIRequest, RateLimiter.Standing?) {
        let caller = try signIn(route, incoming)
        let standing = try count(route, caller, incoming)
        let request = APIRequest(
            method: route.method, path: incoming.target.path, query: incoming.target.query,
            parameters: parameters, contentType: incoming.contentType, host: incoming.host,
            origin: "http://\(incoming.authority)", body: incoming.body,
            clientVersion: incoming.clientVersion, signedIn: caller)
        return (request, standing)
    }

    private static func counted(_ answer: APIAnswer, _ standing: RateLimiter.Standing?) -> APIAnswer {
        guard let standing else { return answer }
        var answer = answer
        answer.headers += standing.headers
        return answer
    }

    private func refusal(_ error: any Error, _ route: Route) -> APIAnswer {
        if let failure = ErrorMapper.failure(for: error, route.faults) { return APIAnswer(failure) }
        logger.error(
            "An operation failed",
            metadata: ["operation": "\(route.method.rawValue) \(route.path)", "error": "\(error)"])
        return APIAnswer(ErrorMapper.internalError)
    }

    private func signIn(_ route: Route, _ incoming: IncomingRequest) throws -> Caller? {
        guard case .signedIn = route.access else { return nil }
        var token = incoming.token
        if token == nil, ContentType.isJSON(incoming.contentType),
            case .object(let object) = WireJSON.parse(incoming.body), case .string(let text) = object["auth_token"]
        {
            token = PresentedToken(text)
        }
        guard let token else { throw APIFailure.unauthenticated }
        return try authenticator.caller(for: token)
    }

    private func count(_ route: Route, _ caller: Caller?, _ incoming: IncomingRequest) throws -> RateLimiter.Standing? {
        let limits = settings.rateLimits
        let now = services.clock.now
        if route.quota == .trigger, let limit = limits.triggersPerFiveMinutes, let account = caller?.accountID {
            let standing = limiter.count("account \(account)", limit: limit, window: .minutes(5), now: now)
            if standing.isExceeded { throw standing.refusal("5 minutes") }
        }
        guard route.quota != .none, let limit = limits.requestsPerMinute else { return nil }
        let who = caller?.userID.map { "user \($0)" } ?? "address \(incoming.remoteAddress ?? "")"
        let standing = limiter.count(who, limit: limit, window: .minutes(1), now: now)
        if standing.isExceeded { throw standing.refusal("1 minute") }
        return standing
    }
}
