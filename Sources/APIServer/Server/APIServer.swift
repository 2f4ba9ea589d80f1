import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Services

/// The HTTP server: a service that runs until it is asked to shut down.
///
/// Give it to a `ServiceGroup` for a headless program, or start it beside something else with `BackgroundServer`.
package struct APIServer: Service {
    private let services: FlexServices
    /// How requests are answered can be changed while the server runs; what concerns connections stays.
    package let live: Live<APISettings>
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - port: 0 lets the system choose one.
    ///   - onReady: called with the port once clients can connect.
    package init(
        services: FlexServices, settings: APISettings = APISettings(), host: String = "127.0.0.1", port: Int = 5000,
        logger: Logger, onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.services = services
        live = Live(settings)
        self.host = host
        self.port = port
        self.logger = logger
        self.onReady = onReady
    }

    /// Serves until the surrounding group shuts down gracefully; requests in flight are answered first.
    ///
    /// Throws `ServerError.portBusy` if another program listens there already.
    package func run() async throws {
        let settings = live.current
        let workers = WorkerLanes(count: settings.workers)
        let responder = APIResponder.build(services: services, live: live, logger: logger)
        let connections = Connections(
            server: ConnectionHandler.Server(
                responder: responder, settings: settings, workers: workers, bytes: ReplyBytes(clock: services.clock),
                posts: PostLane(responder: responder, workers: workers[.changing])))
        let server = Server(
            childChannelSetup: connections,
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.maximumConnections)),
            onServerRunning: { [port, onReady] channel in
                channel.eventLoop.execute { channel.keepFromChildren() }
                await onReady(channel.localAddress?.port ?? port)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        do {
            try await server.run()
        } catch {
            try? await workers.shutDown()
            throw ServerError(error, host: host, port: port) ?? error
        }
        try await workers.shutDown()
    }
}

extension APIResponder {
    /// The whole API over some services, without a network.
    package static func build(services: FlexServices, settings: APISettings, logger: Logger) -> APIResponder {
        build(services: services, live: Live(settings), logger: logger)
    }

    static func build(services: FlexServices, live: Live<APISettings>, logger: Logger) -> APIResponder {
        let environment = APIEnvironment(services: services, live: live, logger: logger)
        return APIResponder(table: RouteTable(APIRoutes.all(environment)), environment: environment)
    }
}
